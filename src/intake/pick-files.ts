import type { PickedFile, RejectedFile } from '../model/upload';
import { attachmentName } from '../model/attachment-name';
import { pastedName } from './file-name';

/** Files of one drop, paste or pick. */
export interface Picked {
  readonly accepted: readonly PickedFile[];
  readonly rejected: readonly RejectedFile[];
}

/** Yields to the browser; resolves in a later task. */
export type Breathe = () => Promise<void>;

/** Files per task: the browser reads the size of each from disk. */
const AT_ONCE = 50;

/** Reads the files of an `<input type=file>`; with `webkitdirectory` each has a folder. */
export async function pickFromInput(files: Iterable<File>, breathe: Breathe): Promise<Picked> {
  return { accepted: await pickAll(files, breathe), rejected: [] };
}

/**
 * Reads the files of a paste. Screenshots are always called `image.png`, so they are named after the work item.
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

/** Reads any number of files without blocking the page. */
export async function pickAll(files: Iterable<File>, breathe: Breathe): Promise<PickedFile[]> {
  const picked: PickedFile[] = [];
  for (const file of Array.from(files)) {
    if (picked.length > 0 && picked.length % AT_ONCE === 0) await breathe();
    picked.push(pick(file, folderOf(file.webkitRelativePath)));
  }
  return picked;
}

/** A picked file with its attachment name. Empty files are allowed. */
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
