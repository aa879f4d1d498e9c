import { perLanguage } from '../../base/i18n/language';
import type { PickedFile, RejectedFile } from '../upload';

const names = perLanguage((_, culture) => new Intl.Collator(culture, { numeric: true }));

/**
 * Reads the files in dropped folders at any depth. Unreadable entries are rejected by name without affecting the rest.
 *
 * @param pick Names a file.
 */
export async function readFolders(
  folders: readonly FileSystemDirectoryEntry[],
  pick: (file: File, folder: string) => PickedFile,
): Promise<{ readonly accepted: readonly PickedFile[]; readonly rejected: readonly RejectedFile[] }> {
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
