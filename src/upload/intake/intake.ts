import { sleep } from '../../base/async';
import { FileUnreadableError, toProblem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import type { Runtime } from '../../base/runtime';
import type { PickedFile, RejectedFile } from '../upload';
import { placesOf } from '../places';
import { attachmentName } from './attachment-name';

/** Files of one drop, paste or pick. */
export interface Picked {
  readonly accepted: readonly PickedFile[];
  readonly rejected: readonly RejectedFile[];
}

/** Yields to the browser; resolves in a later task. */
export type YieldToMain = () => Promise<void>;

/** Files per task: the browser reads the size of each from disk. */
const FILES_PER_TASK = 50;

/** Reads the files of an `<input type=file>`; with `webkitdirectory` each has a folder. */
export async function pickFromInput(files: Iterable<File>, yieldToMain: YieldToMain): Promise<Picked> {
  return { accepted: await pickAll(files, yieldToMain), rejected: [] };
}

/**
 * Reads the files of a paste. Screenshots are always called `image.png`, so they are named after the work item.
 *
 * @param workItem `Bug 7`.
 * @param pastedBefore Screenshots that already have this name, numbers aside.
 */
export function pickFromPaste(files: Iterable<File>, workItem: string, at: Date, pastedBefore = 0): Picked {
  const accepted = Array.from(files, (file) => pick(file, ''));
  const isNumbered = pastedBefore + countScreenshots(accepted) > 1;
  let number = pastedBefore;
  return {
    accepted: accepted.map((file) => {
      if (!isScreenshot(file.source)) return file;
      const name = pastedName(workItem, at, file.source.type);
      return { ...file, name: isNumbered ? numbered(name, ++number) : name };
    }),
    rejected: [],
  };
}

/** Reads any number of files without blocking the page. */
async function pickAll(files: Iterable<File>, yieldToMain: YieldToMain): Promise<PickedFile[]> {
  const picked: PickedFile[] = [];
  for (const file of Array.from(files)) {
    if (picked.length > 0 && picked.length % FILES_PER_TASK === 0) await yieldToMain();
    picked.push(pick(file, folderOf(file.webkitRelativePath)));
  }
  return picked;
}

/** A picked file with its attachment name. Empty files are allowed. */
export function pick(file: File, folder: string): PickedFile {
  return { name: attachmentName(file.name), size: file.size, folder, source: file };
}

/**
 * Name for a pasted screenshot, since browsers call every one `image.png`: `Bug 7 2026-02-03 14.05.12.png`.
 *
 * @param workItem `Bug 7`, or `New Bug` before the first save.
 * @param at Time of the paste; written in local time.
 */
export function pastedName(workItem: string, at: Date, mimeType: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const extension = /^image\/(png|jpeg|gif|webp|bmp)$/.exec(mimeType)?.[1]?.replace('jpeg', 'jpg') ?? 'png';
  return `${workItem} ${date} ${time}.${extension}`;
}

/**
 * Accepts files up to the capacity of the work item and rejects the rest by name before sending.
 *
 * @param taken Attachments on the work item plus uploads in progress.
 * @param limit Attachments per work item; may be `Infinity`.
 */
export function fitIntoWorkItem(picked: Picked, taken: number, limit: number): Picked {
  let room = Math.max(0, limit - taken);
  const accepted: PickedFile[] = [];
  const rejected = [...picked.rejected];
  for (const file of picked.accepted) {
    const places = placesOf(file);
    if (places <= room) accepted.push(file);
    else rejected.push({ ...file, problem: { kind: 'attachment-limit' } });
    room -= Math.min(places, room);
  }
  return { accepted, rejected };
}

/**
 * Verifies that a file is readable by reading its first byte. Fails for a file moved, deleted or changed since it was
 * picked, and for a folder disguised as a file by the browser.
 *
 * @throws FileUnreadableError
 */
export async function assertReadable(file: { name: string; source: Blob }): Promise<void> {
  try {
    await file.source.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new FileUnreadableError(file.name, { cause });
  }
}

function countScreenshots(files: readonly PickedFile[]): number {
  return files.filter(({ source }) => isScreenshot(source)).length;
}

/** Whether a pasted file is a picture without a name of its own. */
function isScreenshot(source: Blob): source is File {
  return source instanceof File && /^image\.(png|jpe?g|gif|webp|bmp)$/i.test(source.name);
}

/** Whether a file is a pasted picture with the work item and the time as its name, so that it repeats no other. */
export function isNamedByTime({ name, source }: PickedFile): boolean {
  return isScreenshot(source) && name !== source.name;
}

function numbered(name: string, number: number): string {
  return name.replace(/(\.[^.]*)$/, ` (${number})$1`);
}

function folderOf(relativePath: string): string {
  return relativePath.split('/').slice(0, -1).join('/');
}

/**
 * Reads the files of a drop, including those in dropped folders at any depth.
 *
 * Call it synchronously in the drop handler: the browser empties `transfer` when the handler returns. Unreadable
 * entries are rejected by name without affecting the rest. Entries are read only for folders: the sandboxed frame of
 * Azure DevOps Server cannot read entries, but it can accept files.
 */
export function readDrop(transfer: DataTransfer, yieldToMain: YieldToMain): Promise<Picked> {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file');
  if (items.length === 0) return pickFromInput(Array.from(transfer.files), yieldToMain);
  const dropped = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const folders = dropped.flatMap(({ entry }) => (entry && isFolder(entry) ? [entry] : []));
  const files = dropped.flatMap(({ entry, file }) => (file && !entry?.isDirectory ? [file] : []));
  return pickAll(files, yieldToMain).then((accepted) => addFolders(folders, accepted));
}

/** The code to read folders is loaded with the first one. */
async function addFolders(
  folders: readonly FileSystemDirectoryEntry[],
  accepted: readonly PickedFile[],
): Promise<Picked> {
  if (folders.length === 0) return { accepted, rejected: [] };
  try {
    const { readFolders } = await loadModule(
      () => import(/* webpackChunkName: "folders" */ './read-folders'),
    );
    const found = await readFolders(folders, pick);
    return { ...found, accepted: [...accepted, ...found.accepted] };
  } catch (error) {
    const problem = toProblem(error);
    return { accepted, rejected: folders.map(({ name }) => ({ name, size: 0, folder: '', problem })) };
  }
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** Sources of files. */
export interface Intake {
  readonly fromInput: (files: Iterable<File>) => Promise<Picked>;
  /** Numbers the screenshots of one second, also from several pastes. */
  readonly fromPaste: (files: Iterable<File>, workItem: string, at: Date) => Picked;
  /** Call it synchronously in the drop handler. */
  readonly fromDrop: (transfer: DataTransfer) => Promise<Picked>;
}

/** Creates the intake of a frame. */
export function createIntake(runtime: Runtime): Intake {
  const yieldToMain = (): Promise<void> => sleep(runtime, 0);
  /** Screenshots of the last second with a paste. */
  let last = { prefix: '', count: 0 };
  return {
    fromInput: (files) => pickFromInput(files, yieldToMain),
    fromPaste(files, workItem, at) {
      const prefix = pastedName(workItem, at, '');
      const pastedBefore = last.prefix === prefix ? last.count : 0;
      const picked = pickFromPaste(files, workItem, at, pastedBefore);
      last = { prefix, count: pastedBefore + countScreenshots(picked.accepted) };
      return picked;
    },
    fromDrop: (transfer) => readDrop(transfer, yieldToMain),
  };
}
