import type { TaskContext } from '../../workers/task-context';
import type { Archive, ArchiveEntry } from '../archive/open-archive';
import { openArchive } from '../archive/open-archive';
import { ViewerProblem } from '../viewer-problem';
import { isLocked } from './is-locked';
import type { XmlReader } from './read-xml';
import { readXml } from './read-xml';

/** Link of a part to another part, or out of the file. */
export interface Relationship {
  /** Last part of the address of its type, such as `image`. */
  readonly type: string;
  /** Path in lower case, or an unchecked address if it is external. */
  readonly target: string;
  readonly isExternal: boolean;
}

/** Relationships of a part, by id. */
export type Relationships = ReadonlyMap<string, Relationship>;

/** An opened file in the format of Office Open XML. */
export interface OfficePackage {
  readonly archive: Archive;
  /** Part with the document itself, and its relationships. */
  readonly main: { readonly entry: ArchiveEntry; readonly relationships: Relationships };
  /** Returns the part at the path of a relationship. */
  readonly partAt: (target: string) => ArchiveEntry | undefined;
  /** Reads the relationships of the part at a path. There are none if the part or their list is missing. */
  readonly relationshipsOf: (path: string) => Promise<Relationships>;
}

/** Maximum number of entries. */
const MAX_ENTRIES = 20_000;

/** Maximum size of a list of relationships, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Maximum number of relationships of a part. Each link of a document is one. */
const MAX_RELATIONSHIPS = 20_000;

/**
 * Opens a file, and finds its main part by the relationships of the file.
 *
 * @param usualPath Path of the main part in a file without these relationships.
 * @throws ViewerProblem If it is no such file, damaged, too large, or has a password.
 */
export async function openPackage(
  bytes: Blob,
  usualPath: string,
  context: TaskContext,
): Promise<OfficePackage> {
  const archive = await openEntries(bytes, context.signal);
  // Names of parts ignore case.
  const parts = new Map(archive.entries.map((entry) => [entry.path.toLowerCase(), entry]));
  const relationshipsOf = async (path: string): Promise<Relationships> => {
    const slash = path.lastIndexOf('/') + 1;
    const entry = parts.get(`${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`.toLowerCase());
    const found = new Map<string, Relationship>();
    if (entry && !(await readXml(entry, relationshipReader(found, path), { maxBytes: MAX_BYTES, context })))
      throw new ViewerProblem('too-many-parts');
    return found;
  };
  const path = targetOf(await relationshipsOf(''), 'officeDocument') ?? usualPath;
  const entry = parts.get(path);
  if (!entry) throw new ViewerProblem('entry-damaged');
  return {
    archive,
    main: { entry, relationships: await relationshipsOf(path) },
    partAt: (target) => parts.get(target),
    relationshipsOf,
  };
}

/** Returns the path of the first part of a type. */
export function targetOf(relationships: Relationships, ofType: string): string | undefined {
  for (const { type, target, isExternal } of relationships.values())
    if (type === ofType && !isExternal) return target;
  return undefined;
}

async function openEntries(bytes: Blob, signal: AbortSignal): Promise<Archive> {
  try {
    const archive = await openArchive(bytes, signal, MAX_ENTRIES);
    if (!archive.isTruncated) return archive;
  } catch (error) {
    signal.throwIfAborted();
    throw (await isLocked(bytes)) ? new ViewerProblem('locked', { cause: error }) : error;
  }
  throw new ViewerProblem('too-many-parts');
}

function relationshipReader(found: Map<string, Relationship>, path: string): XmlReader {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship') return;
      if (found.size === MAX_RELATIONSHIPS) throw new ViewerProblem('too-many-parts');
      const isExternal = TargetMode === 'External';
      const type = Type.slice(Type.lastIndexOf('/') + 1);
      found.set(Id, { type, target: isExternal ? Target : resolvePath(folder, Target), isExternal });
    },
  };
}

/** Returns the path of a target, relative to a folder or, with a slash, to the root. */
function resolvePath(folder: string, target: string): string {
  const resolved: string[] = [];
  for (const name of (target.startsWith('/') ? target : folder + target).toLowerCase().split('/')) {
    if (name === '..') resolved.pop();
    else if (name !== '' && name !== '.') resolved.push(name);
  }
  return resolved.join('/');
}
