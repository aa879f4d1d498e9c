import { perLanguage } from '../../base/i18n/language';
import type { PickedFile, RejectedFile } from '../upload';
import { pick, pickAll, pickFromInput } from './pick-files';
import type { YieldToMain, Picked } from './pick-files';

const names = perLanguage((_, culture) => new Intl.Collator(culture, { numeric: true }));

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
  return pickAll(files, yieldToMain).then((accepted) => readFolders(folders, accepted));
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

/** A reader returns at most 100 entries per call, and an empty list at the end. */
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

/** Natural order: `page 2` before `page 10`. With limited capacity, the first files are attached. */
function byName(a: FileSystemEntry, b: FileSystemEntry): number {
  return names().compare(a.name, b.name);
}
