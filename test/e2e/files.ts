import { createHash, randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from './expect';
import type { Emulator } from 'azure-devops-emulator';

/** Test file: a name and the expected bytes. */
export interface TestFile {
  name: string;
  bytes: Buffer;
}

/** Random bytes under a name. Size in bytes. */
export function makeFile(name: string, size: number): TestFile {
  return { name, bytes: randomBytes(size) };
}

/** File in the form accepted by a file dialog. */
export function pickable({ name, bytes }: TestFile): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: 'application/octet-stream', buffer: bytes };
}

/** Writes files into `folder` and returns their paths. */
export async function writeFiles(folder: string, files: readonly TestFile[]): Promise<string[]> {
  return Promise.all(
    files.map(async ({ name, bytes }) => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      return path;
    }),
  );
}

/** Writes a sparse file of that size: all its bytes are 0 and it takes no space on disk. */
export async function writeSparseFile(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  await file.truncate(size);
  await file.close();
}

/** Hashes of large files shared by the tests of a worker. */
const hashes = new WeakMap<Buffer, string>();

/** SHA-256 in hexadecimal. */
function sha256(bytes: Buffer): string {
  const hash = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, hash);
  return hash;
}

/** Attachments of a work item on the server, by name. */
export function attachmentsOf(
  emulator: Emulator,
  workItemId: number,
): { name: string; size: number; sha256: string; comment: string; attachmentId: string }[] {
  return emulator.store
    .workItem(workItemId)
    .relations.filter(({ rel }) => rel === 'AttachedFile')
    .map(({ url, attributes }) => {
      const attachmentId = /attachments\/([0-9a-f-]{36})/.exec(url)?.[1] ?? '';
      const stored = emulator.store.attachment(attachmentId);
      return {
        name: String(attributes['name']),
        comment: String(attributes['comment']),
        size: Number(attributes['resourceSize']),
        sha256: stored?.sha256 ?? 'not stored',
        attachmentId,
      };
    });
}

/** Expects exactly these attachments on the server, each once and byte for byte. */
export function expectAttached(emulator: Emulator, workItemId: number, files: readonly TestFile[]): void {
  const key = (file: { name: string; sha256: string }): string => `${file.name} ${file.sha256}`;
  const stored = attachmentsOf(emulator, workItemId);
  expect(stored.map(key).sort()).toEqual(
    files.map(({ name, bytes }) => key({ name, sha256: sha256(bytes) })).sort(),
  );
  expect(new Set(stored.map(({ attachmentId }) => attachmentId)).size).toBe(files.length);
}

/** Requests without preflights and without those of the page in the role of Azure Boards. */
export function requestsOf(emulator: Emulator, method: string, path: RegExp): string[] {
  return emulator.requests.records
    .filter((record) => record.method === method && path.test(record.url))
    .map(({ url }) => url);
}
