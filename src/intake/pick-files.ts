import type { PickedFile, RejectedFile } from '../model/upload';
import { attachmentName, pastedName } from './file-name';

/** What one drop, paste or pick came to. */
export interface Picked {
  readonly accepted: readonly PickedFile[];
  readonly rejected: readonly RejectedFile[];
}

/** The files of an `<input type=file>`; with `webkitdirectory` each carries its folders. */
export function pickFromInput(files: Iterable<File>): Picked {
  return {
    accepted: Array.from(files, (file) => pick(file, folderOf(file.webkitRelativePath))),
    rejected: [],
  };
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
