import { perLanguage } from '../i18n/language';
import type { PickedFile, RejectedFile } from '../model/upload';
import { pick, pickAll, pickFromInput } from './pick-files';
import type { Breathe, Picked } from './pick-files';

const names = perLanguage((_, culture) => new Intl.Collator(culture, { numeric: true }));

/**
 * The files of a drop, those in dropped folders included, however deep.
 *
 * Call it before anything is awaited in the handler: the browser empties `transfer` when the handler returns. What
 * cannot be read is rejected by name and stops nothing else. Only folders are asked for their entries: in the
 * sandboxed frame of Azure DevOps Server no entry can be read, and files shall arrive there all the same.
 */
export function readDrop(transfer: DataTransfer, breathe: Breathe): Promise<Picked> {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file');
  if (items.length === 0) return pickFromInput(Array.from(transfer.files), breathe);
  const dropped = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const folders = dropped.flatMap(({ entry }) => (entry && isFolder(entry) ? [entry] : []));
  const files = dropped.flatMap(({ entry, file }) => (file && !entry?.isDirectory ? [file] : []));
  return pickAll(files, breathe).then((accepted) => readFolders(folders, accepted));
}

async function readFolders(
  folders: readonly FileSystemDirectoryEntry[],
  files: readonly PickedFile[],
): Promise<Picked> {
  const accepted = [...files];
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

  for (const folder of folders) {
    const before = accepted.length + rejected.length;
    await readFolder(folder, '');
    if (accepted.length + rejected.length === before) {
      rejected.push({ name: folder.name, size: 0, folder: '', problem: { kind: 'folder-empty' } });
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
    if (some.length === 0) return children.sort(byName);
    children.push(...some);
  }
}

/** As people count: `page 2` before `page 10`. Where not all fit, the first ones do. */
function byName(a: FileSystemEntry, b: FileSystemEntry): number {
  return names().compare(a.name, b.name);
}
