import { extensionOf } from '../../../base/file-kind';
import { readOfficeAuthors } from './office-authors';
import { readPdfAuthor } from './pdf-author';

/** Authors in the fields of a document, not all of them empty; or the reason why they are not known. */
export type AuthorsFound =
  /** `removal`: whether the fields can be emptied. */
  | {
      readonly kind: 'authors';
      readonly names: readonly string[];
      readonly removal: 'possible' | 'signed' | 'none';
    }
  /** `packed`: the fields of a PDF, or encrypted ones of it. */
  | { readonly kind: 'authors-unread'; readonly reason: 'packed' | 'locked' };

/** Larger documents are not read, in bytes. */
const MAX_BYTES = 24 * 1024 * 1024;

const OFFICE: readonly string[] = ['docx', 'xlsx', 'pptx'];

/** Start of a compound file: a document of these types has a password then. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** Whether a file of this name and size can have authors that are looked for. */
export function mayHaveAuthors({ name, size }: { readonly name: string; readonly size: number }): boolean {
  const extension = extensionOf(name);
  return size > 0 && size <= MAX_BYTES && (extension === 'pdf' || OFFICE.includes(extension));
}

/**
 * Looks for authors in a document; `undefined` without any, and for a file of another type than its name says.
 *
 * @throws The error of the file if it cannot be read.
 */
export async function findAuthors(name: string, file: Blob): Promise<AuthorsFound | undefined> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (extensionOf(name) === 'pdf') {
    if (String.fromCharCode(...start) !== '%PDF') return undefined;
    const author = await readPdfAuthor(file);
    if (author.kind === 'unknown') return { kind: 'authors-unread', reason: 'packed' };
    return author.names.length > 0 ? { kind: 'authors', names: author.names, removal: 'none' } : undefined;
  }
  if (COMPOUND.every((byte, index) => start[index] === byte))
    return { kind: 'authors-unread', reason: 'locked' };
  const found = await readOfficeAuthors(file);
  if (!found || found.names.length === 0) return undefined;
  return { kind: 'authors', names: found.names, removal: found.isSigned ? 'signed' : 'possible' };
}
