import { createHash, randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';

/** A file of a test: a name and the bytes that must arrive. */
export interface TestFile {
  name: string;
  bytes: Buffer;
}

/** Random bytes under a name. Size in bytes. */
export function makeFile(name: string, size: number): TestFile {
  return { name, bytes: randomBytes(size) };
}

/** As a file dialog takes it. */
export function pickable({ name, bytes }: TestFile): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: 'application/octet-stream', buffer: bytes };
}

/** Writes files into `folder` and answers with their paths. */
export async function writeFiles(folder: string, files: readonly TestFile[]): Promise<string[]> {
  return Promise.all(
    files.map(async ({ name, bytes }) => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      return path;
    }),
  );
}

/** A file of that size that takes no room on the disk: all its bytes are 0. */
export async function writeSparseFile(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  await file.truncate(size);
  await file.close();
}

/** Of large files that several tests of a worker share, once each. */
const hashes = new WeakMap<Buffer, string>();

/** SHA-256 in hexadecimal. */
function sha256(bytes: Buffer): string {
  const hash = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, hash);
  return hash;
}

/** The attachments that the server has for a work item, by name. */
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

/** Proves on the server's side that exactly these files are attached, each once and byte for byte. */
export function expectAttached(emulator: Emulator, workItemId: number, files: readonly TestFile[]): void {
  const key = (file: { name: string; sha256: string }): string => `${file.name} ${file.sha256}`;
  const stored = attachmentsOf(emulator, workItemId);
  expect(stored.map(key).sort()).toEqual(
    files.map(({ name, bytes }) => key({ name, sha256: sha256(bytes) })).sort(),
  );
  expect(new Set(stored.map(({ attachmentId }) => attachmentId)).size).toBe(files.length);
}

/** Requests that were made, without preflights and without those of the page that plays Azure Boards. */
export function requestsOf(emulator: Emulator, method: string, path: RegExp): string[] {
  return emulator.requests.records
    .filter((record) => record.method === method && path.test(record.url))
    .map(({ url }) => url);
}
