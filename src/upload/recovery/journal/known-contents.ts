import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { is, optional, pipe, regex, string } from 'valibot';
import type { AttachmentReference } from '../../../azure/work-item';
import type { Runtime } from '../../../base/runtime';
import { countSchema, finiteSchema, objectOf } from '../../../base/schema';
import { readLines, writeLine } from './file-lines';
import { createFolder, FILE_MODE } from './folder-disk';

/** Content of an attachment. */
export interface KnownContent {
  /** In bytes. */
  readonly size: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Of the file before its metadata or secrets were removed. */
  readonly originalSha256?: string;
}

/** Contents of attachments that this machine has sent or read. They save downloads and are never needed. */
export interface KnownContents {
  readonly find: (id: AttachmentReference['id']) => KnownContent | undefined;
  /**
   * Adds a content. It is known at once.
   *
   * @returns Resolves once it is stored, or cannot be stored. Never rejects.
   */
  readonly add: (id: AttachmentReference['id'], content: KnownContent) => Promise<void>;
}

interface Entry extends KnownContent {
  readonly id: AttachmentReference['id'];
  /** In milliseconds since the epoch. */
  readonly at: number;
}

const hashSchema = pipe(string(), regex(/^[0-9a-f]{64}$/));

const entrySchema = objectOf<Entry>({
  id: pipe(string(), regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)),
  size: countSchema,
  sha256: hashSchema,
  originalSha256: optional(hashSchema),
  at: finiteSchema,
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days of one file. Whole files are removed, so that no process rewrites a file of others. */
const DAYS_PER_FILE = 30;

/** Older entries are ignored. */
const MAX_AGE_DAYS = 90;

/** A file, and its number since the epoch. */
const FILE_NAME = /^contents-(\d{1,9})\.log$/;

/**
 * Opens the known contents in a folder. Any number of processes may use it: each line is one write at the end of a
 * file. Lines of others since then are unknown to this process.
 *
 * @param folder Created unless it exists.
 */
export async function openKnownContents(
  folder: string,
  { now }: Pick<Runtime, 'now'>,
): Promise<KnownContents> {
  const known = new Map<string, KnownContent>();
  const oldest = now() - MAX_AGE_DAYS * DAY_MS;
  // Without its files, nothing is known.
  for (const name of await listFiles(folder).catch(() => [])) {
    const path = join(folder, name);
    if (numberOf(name) < numberAt(oldest)) await rm(path, { force: true }).catch(() => undefined);
    else for (const entry of await readEntries(path, oldest)) known.set(entry.id, contentOf(entry));
  }

  return {
    find: (id) => known.get(id),

    async add(id, content) {
      const before = known.get(id);
      if (before?.size === content.size && before.sha256 === content.sha256) return;
      known.set(id, content);
      const entry: Entry = { ...content, id, at: now() };
      const path = join(folder, `contents-${numberAt(entry.at)}.log`);
      // The first line break ends the line of a process that was killed.
      await appendFile(path, `\n${writeLine(entry)}`, { mode: FILE_MODE }).catch(() => undefined);
    },
  };
}

/** Returns the files in order, so that later lines count. */
async function listFiles(folder: string): Promise<readonly string[]> {
  await createFolder(folder);
  const names = (await readdir(folder)).filter((name) => FILE_NAME.test(name));
  return names.sort((a, b) => numberOf(a) - numberOf(b));
}

async function readEntries(path: string, oldest: number): Promise<readonly Entry[]> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  return readLines(bytes)
    .values.filter((value) => is(entrySchema, value))
    .filter(({ at }) => at >= oldest);
}

function contentOf({ size, sha256, originalSha256 }: Entry): KnownContent {
  return { size, sha256, ...(originalSha256 !== undefined && { originalSha256 }) };
}

function numberOf(name: string): number {
  return Number(FILE_NAME.exec(name)?.[1]);
}

function numberAt(time: number): number {
  return Math.floor(time / (DAYS_PER_FILE * DAY_MS));
}
