import type { PickedFile, RejectedFile } from '../model/upload';
import { pick, pickFromInput } from './pick-files';
import type { Picked } from './pick-files';

/**
 * The files of a drop, those in dropped folders included, however deep.
 *
 * Call it before anything is awaited in the handler: the browser empties `transfer` when the handler returns. What
 * cannot be read is rejected by name and stops nothing else.
 */
export function readDrop(transfer: DataTransfer): Promise<Picked> {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plainFiles = Array.from(transfer.files);
  if (entries.length === 0 || entries.some((entry) => entry === null)) {
    return Promise.resolve(pickFromInput(plainFiles));
  }
  return readEntries(entries.filter((entry) => entry !== null));
}

async function readEntries(entries: readonly FileSystemEntry[]): Promise<Picked> {
  const accepted: PickedFile[] = [];
  const rejected: RejectedFile[] = [];

  async function readFile(entry: FileSystemFileEntry, folder: string): Promise<void> {
    try {
      accepted.push(pick(await fileOf(entry), folder));
    } catch {
      rejected.push({ name: entry.name, size: 0, folder, problem: { kind: 'file-unreadable' } });
    }
  }

  async function readFolder(entry: FileSystemDirectoryEntry, folder: string): Promise<void> {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    try {
      for (const child of await childrenOf(entry)) await readEntry(child, path);
    } catch {
      rejected.push({ name: entry.name, size: 0, folder, problem: { kind: 'folder-unreadable' } });
    }
  }

  function readEntry(entry: FileSystemEntry, folder: string): Promise<void> {
    if (isFolder(entry)) return readFolder(entry, folder);
    return readFile(entry as FileSystemFileEntry, folder);
  }

  for (const entry of entries) {
    const before = accepted.length + rejected.length;
    await readEntry(entry, '');
    if (accepted.length + rejected.length === before) {
      rejected.push({ name: entry.name, size: 0, folder: '', problem: { kind: 'folder-empty' } });
    }
  }
  return { accepted, rejected };
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader hands out at most 100 entries a call and an empty list at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return children;
    children.push(...some);
  }
}
