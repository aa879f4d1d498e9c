import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { openFolderDisk } from '../../../../../src/upload/recovery/journal/folder-disk';
import { createTemporaryFolder } from '../../../../helpers/temporary-folder';

const folder = createTemporaryFolder();

/** Open files of this process below the folder. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

test('FolderDisk keeps a file open to which it appends, and closes it at the end', async () => {
  const disk = await openFolderDisk(folder);
  await disk.append('a', 'one');
  await disk.append('a', 'two');
  expect(openFiles()).toHaveLength(1);
  await disk.close();
  expect(openFiles()).toEqual([]);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('onetwo');
});

test('FolderDisk refuses to append after its end, when the folder may belong to another process', async () => {
  const disk = await openFolderDisk(folder);
  await disk.close();
  await expect(disk.append('b', 'late')).rejects.toThrow('closed');
  expect([openFiles(), readdirSync(folder)]).toEqual([[], ['a']]);
});

test('FolderDisk closes a file that it opens while it ends', async () => {
  const disk = await openFolderDisk(folder);
  const appended = disk.append('c', 'late').catch(() => undefined);
  await disk.close();
  await appended;
  expect(openFiles()).toEqual([]);
});
