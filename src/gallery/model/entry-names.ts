/** Target of a file in an archive. */
export interface EntryPlace {
  /** Path from `entryFolder` and `safePath`; empty for none. */
  readonly folder: string;
  /** Unchecked file name. */
  readonly name: string;
}

/**
 * Maximum length of a name, in bytes of UTF-8. Linux file systems allow 255 bytes, Windows 255 characters. A longer name
 * loses the end of its stem, to keep the extension.
 */
const MAX_NAME_BYTES = 240;

/** Maximum length of a folder name, in characters; it counts toward the 260 of a Windows path. */
const MAX_FOLDER_LENGTH = 80;

const MAX_EXTENSION_LENGTH = 20;

/** Characters forbidden by Windows, path separators, and bidirectional controls that disguise a name. */
const FORBIDDEN = /[<>:"/\\|?*\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Reserved device names of Windows, with any extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

/**
 * Returns paths for the files of an archive, safe to unpack on every operating system and unique regardless of case.
 * Duplicates get a number: `a.png`, `a (1).png`.
 *
 * @param taken Reserved paths.
 * @returns One path per file, in order, with its folder: `7 Crash/a.png`.
 */
export function entryPaths(places: readonly EntryPlace[], taken: readonly string[] = []): readonly string[] {
  const used = new Set(taken.map(fold));
  /** Next number by path. Counting from 1 for each file takes quadratic time. */
  const next = new Map<string, number>();
  return places.map(({ folder, name }) => {
    const inFolder = (entry: string): string => (folder === '' ? entry : `${folder}/${entry}`);
    const plain = inFolder(fitName(name, ''));
    let path = plain;
    for (let number = next.get(fold(plain)) ?? 1; used.has(fold(path)); number++) {
      path = inFolder(fitName(name, ` (${number})`));
      next.set(fold(plain), number + 1);
    }
    used.add(fold(path));
    return path;
  });
}

/** Whether Windows opens a device in place of a file of this name. */
export function isDeviceName(name: string): boolean {
  return DEVICE.test(name);
}

/** Returns the folder name of a work item: `7 Crash`. */
export function entryFolder(workItemId: number, title: string): string {
  return folderName(`${workItemId} ${title.replace(FORBIDDEN, '_')}`);
}

/** Returns the path of the folder that a file came from, valid on every operating system and without `..`. */
export function safePath(folder: string): string {
  const names = folder.split('/').filter((name) => !/^[. ]*$/.test(name));
  return names.map((name) => folderName(safeName(name))).join('/');
}

function folderName(safe: string): string {
  return trimEnd(Array.from(safe).slice(0, MAX_FOLDER_LENGTH).join(''));
}

/** Returns a file or folder name valid on every operating system. */
export function safeName(name: string): string {
  return fitName(name, '');
}

function fitName(name: string, suffix: string): string {
  const trimmedName = trimEnd(name.replace(FORBIDDEN, '_')) || 'unnamed';
  const clean = isDeviceName(trimmedName) ? `_${trimmedName}` : trimmedName;
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= MAX_EXTENSION_LENGTH ? clean.slice(dot) : '';
  const stem = Array.from(clean.slice(0, clean.length - extension.length));
  while (bytesOf(stem.join('') + suffix + extension) > MAX_NAME_BYTES) stem.pop();
  return trimEnd(stem.join('') + suffix + extension);
}

/** Windows drops trailing dots and spaces, and two names would become one. */
function trimEnd(name: string): string {
  return name.replace(/[. ]+$/, '');
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Case-insensitive file systems fold more pairs than `toLowerCase` does. */
function fold(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
