/** Where a file goes in an archive. */
export interface EntryPlace {
  /** Name of its folder as `entryFolder` gives it; empty for none. */
  readonly folder: string;
  /** As the file is called, whatever that is. */
  readonly name: string;
}

/**
 * Longest name in bytes of UTF-8: a file system of Linux takes 255, of Windows as many characters. What is longer loses
 * from its middle, so that the extension stays.
 */
const MOST_BYTES = 240;

/** Longest folder name in characters; Windows counts it into the 260 of a path. */
const MOST_FOLDER = 80;

const LONGEST_EXTENSION = 20;

/** What Windows takes in no name, a path separator among it, and marks that make a name look like another. */
const BARRED = /[<>:"/\\|?*\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Names that Windows keeps for devices, whatever follows the first dot (Microsoft, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

/**
 * Names of files in an archive that every machine can unpack: no two of them are the same, whatever the case. Those that
 * are get a number: `a.png`, `a (1).png`.
 *
 * @param taken Paths that are not to be given away.
 * @returns The path of each file, in their order, its folder in front: `7 Crash/a.png`.
 */
export function entryPaths(places: readonly EntryPlace[], taken: readonly string[] = []): readonly string[] {
  const used = new Set(taken.map(fold));
  /** Where the numbers of a path go on: many files of one name would count from 1 each. */
  const next = new Map<string, number>();
  return places.map(({ folder, name }) => {
    const inFolder = (entry: string): string => (folder === '' ? entry : `${folder}/${entry}`);
    const plain = inFolder(fitting(name, ''));
    let path = plain;
    for (let number = next.get(fold(plain)) ?? 1; used.has(fold(path)); number++) {
      path = inFolder(fitting(name, ` (${number})`));
      next.set(fold(plain), number + 1);
    }
    used.add(fold(path));
    return path;
  });
}

/** The folder of a work item's files: `7 Crash`. */
export function entryFolder(workItemId: number, title: string): string {
  const safe = `${workItemId} ${title.replace(BARRED, '_')}`;
  return trimmed(Array.from(safe).slice(0, MOST_FOLDER).join(''));
}

/** A name for one file or folder that every machine takes. */
export function safeName(name: string): string {
  return fitting(name, '');
}

function fitting(name: string, mark: string): string {
  const bare = trimmed(name.replace(BARRED, '_')) || 'unnamed';
  const clean = DEVICE.test(bare) ? `_${bare}` : bare;
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= LONGEST_EXTENSION ? clean.slice(dot) : '';
  const stem = Array.from(clean.slice(0, clean.length - extension.length));
  while (bytesOf(stem.join('') + mark + extension) > MOST_BYTES) stem.pop();
  return trimmed(stem.join('') + mark + extension);
}

/** Windows drops dots and spaces at the end, so that two names would become one. */
function trimmed(name: string): string {
  return name.replace(/[. ]+$/, '');
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** File systems that take no notice of case know more pairs than `toLowerCase` does. */
function fold(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
