import type { PickedFile, RejectedFile } from '../model/upload';
import { attachmentName } from '../model/attachment-name';
import { pastedName } from './file-name';

/** What one drop, paste or pick came to. */
export interface Picked {
  readonly accepted: readonly PickedFile[];
  readonly rejected: readonly RejectedFile[];
}

/** Lets the page come to its own work; resolves in a later task. */
export type Breathe = () => Promise<void>;

/** So many files are looked at in one task: a browser asks the disk for the size of each. */
const AT_ONCE = 50;

/** The files of an `<input type=file>`; with `webkitdirectory` each carries its folders. */
export async function pickFromInput(files: Iterable<File>, breathe: Breathe): Promise<Picked> {
  return { accepted: await pickAll(files, breathe), rejected: [] };
}

/**
 * The files of a paste. A screenshot is always called `image.png`; it gets a name that says what it belongs to.
 *
 * @param workItem `Bug 7`.
 */
export function pickFromPaste(files: Iterable<File>, workItem: string, at: Date): Picked {
  const accepted = Array.from(files, (file) => pick(file, ''));
  const screenshots = accepted.filter((file) => isScreenshot(file.source)).length;
  let number = 0;
  return {
    accepted: accepted.map((file) => {
      if (!isScreenshot(file.source)) return file;
      const name = pastedName(workItem, at, file.source.type);
      return { ...file, name: screenshots > 1 ? numbered(name, ++number) : name };
    }),
    rejected: [],
  };
}

/** Files as picked, however many, without keeping the page from its own work. */
export async function pickAll(files: Iterable<File>, breathe: Breathe): Promise<PickedFile[]> {
  const picked: PickedFile[] = [];
  for (const file of Array.from(files)) {
    if (picked.length > 0 && picked.length % AT_ONCE === 0) await breathe();
    picked.push(pick(file, folderOf(file.webkitRelativePath)));
  }
  return picked;
}

/** A file as picked, with the name that its attachment gets. An empty file is a file like any other. */
export function pick(file: File, folder: string): PickedFile {
  return { name: attachmentName(file.name), size: file.size, folder, source: file };
}

function isScreenshot(source: Blob): boolean {
  return source instanceof File && /^image\.(png|jpe?g|gif|webp|bmp)$/i.test(source.name);
}

function numbered(name: string, number: number): string {
  return name.replace(/(\.[^.]*)$/, ` (${number})$1`);
}

function folderOf(relativePath: string): string {
  return relativePath.split('/').slice(0, -1).join('/');
}
