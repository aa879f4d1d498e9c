import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { writePlan } from '../../src/bulk/run/kept-plan';
import { planItemOf } from '../../src/bulk/run/plan-item';
import type { LinkTarget } from '../../src/azure/work-item';
import type { Runtime } from '../../src/base/runtime';
import { fingerprintOf } from '../../src/upload/recovery/journal/fingerprint';
import { openIndexedDbStore } from '../../src/upload/recovery/journal/indexed-db-store';
import type { UploadState } from '../../src/upload/upload';
import { pair, planFile } from './bulk';
import { createTestFrames, createTestJournal } from './journal';
import { DRAFT, ITEM_7, referenceTo, uploadIn, workItemWith } from './uploads';

/** Folder of journals written by earlier versions of Stapler, numbered from 1. */
export const JOURNALS = 'test/journals';

/** Organization and user of the written journals. */
export const PARTITION = '["fabrikam","jamal"]';

const DATABASE = 'stapler-journal';

/** One object store of a database. */
interface StoreDump {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly indexes: readonly { readonly name: string; readonly keyPath: string | string[] }[];
  readonly rows: readonly { readonly key: IDBValidKey; readonly value: unknown }[];
}

/** The database of a journal, as JSON. */
export interface JournalDump {
  readonly databaseVersion: number;
  readonly stores: readonly StoreDump[];
}

/** Uploads of a written journal, by name of the file. Each version of Stapler must be able to read all of them. */
const UPLOADS: readonly (readonly [name: string, state: UploadState])[] = [
  ['kept.txt', { status: 'queued', attempt: 1 }],
  ['chunked.bin', { status: 'uploading', attempt: 2, step: 'sending' }],
  ['paused.txt', { status: 'paused', attempt: 1 }],
  ['uploaded.txt', { status: 'uploaded', attempt: 1, reference: referenceTo(4) }],
  ['linking.txt', { status: 'linking', attempt: 3, reference: referenceTo(5) }],
  ['linked.txt', { status: 'linked', reference: referenceTo(6), revision: 8 }],
  [
    'refused.txt',
    {
      ...{ status: 'failed', phase: 'linking', attempt: 1, retryable: true, reference: referenceTo(7) },
      problem: {
        ...{ kind: 'rule-broken', status: 400, serverCode: 'TF401320', brokenRules: ['Team: empty.'] },
        ...{ typeKey: 'RuleValidationException', activityId: 'a-1', serverMessage: 'TF401320: Rule Error.' },
      },
    },
  ],
  [
    'large.iso',
    {
      ...{ status: 'failed', phase: 'uploading', attempt: 1, retryable: false },
      problem: { kind: 'file-too-large', status: 400, limitBytes: 62_914_560, range: 'bytes 0-9/100' },
    },
  ],
];

/** Clock that stands still, with timers that are four times as fast: the database needs real ones. */
const STILL: Runtime = {
  now: () => 1_700_000_000_000,
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs / 4);
    return () => clearTimeout(timer);
  },
  random: () => 0.5,
  onConnectivity: () => undefined,
  onReturn: () => undefined,
  onFreeze: () => undefined,
};

/** Writes a journal with the current code: a drop on a work item, one on a new work item, and a plan. */
export async function writeJournal(): Promise<JournalDump> {
  globalThis.indexedDB = new IDBFactory();
  const frames = createTestFrames();
  const journal = createTestJournal({
    owner: 'frame-1',
    runtime: STILL,
    openStore: openIndexedDbStore,
    createLeases: () => frames.leasesFor('frame-1'),
    fingerprintOf,
  });
  await journal.open(PARTITION);

  const batches = [
    dropOf('batch-1', ITEM_7, UPLOADS),
    dropOf('batch-2', DRAFT, UPLOADS.slice(3, 4)),
    dropOf('batch-3', { kind: 'plan', planId: 'plan-1' }, UPLOADS.slice(0, 1)),
  ];
  for (const drop of batches) {
    const queued = drop.map(({ upload }) => ({
      ...upload,
      state: { status: 'queued', attempt: 1 } as const,
    }));
    journal.create(queued, new Map(drop.map(({ upload, source }) => [upload.id, source])));
  }
  await journal.annotate(
    'batch-3',
    writePlan(
      { pairs: [pair('f1', 8, { kind: 'attach' })] },
      [planFile('f1')],
      [planItemOf(workItemWith([], { id: 8 }))],
      new Map([['f1', 'batch-3-kept.txt']]),
    ),
  );
  const uploads = batches.flat().map(({ upload }) => upload);
  const ids = uploads.map(({ id }) => id);
  while (!ids.every((id) => journal.isFileKept(id))) await pause();
  for (const upload of uploads) journal.update(upload);
  journal.updateSession('batch-1-chunked.bin', {
    reference: referenceTo(2),
    bytesAccepted: 8,
    chunkBytes: 8,
    isDoubtful: false,
  });
  await journal.whenFlushed(ids);
  // The files of stored uploads are removed after that.
  for (;;) {
    const dump = await dumpDatabase();
    const files = dump.stores.find(({ name }) => name === 'files')?.rows.length;
    if (files === KEPT_FILES) return dump;
    await pause();
  }
}

function dropOf(batchId: string, target: LinkTarget, named: typeof UPLOADS) {
  return named.map(([name, state]) => {
    const id = `${batchId}-${name}`;
    const content = `Content of ${name}.`;
    const file = { name, size: content.length, folder: 'logs' };
    return {
      upload: uploadIn(state, { id, batchId, target, file, isLinkTried: state.status === 'linking' }),
      source: new File([content], name, { type: 'text/plain', lastModified: 1_700_000_000_000 }),
    };
  });
}

/** Files without a reference, and the plan. */
const KEPT_FILES = 6;

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

async function dumpDatabase(): Promise<JournalDump> {
  const db = await openDB(DATABASE);
  const stores = await Promise.all(
    [...db.objectStoreNames].map(async (name): Promise<StoreDump> => {
      const { store } = db.transaction(name);
      const [keyPath, indexNames] = [store.keyPath, [...store.indexNames]];
      const indexes = indexNames.map((each) => ({ name: each, keyPath: store.index(each).keyPath }));
      const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
      const rows = await Promise.all(
        keys.map(async (key, index) => ({ key, value: await toJson(values[index]) })),
      );
      return { name, keyPath, indexes, rows };
    }),
  );
  const dump = { databaseVersion: db.version, stores };
  db.close();
  return dump;
}

async function toJson(value: unknown): Promise<unknown> {
  if (!(value instanceof Blob)) return JSON.parse(JSON.stringify(value)) as unknown;
  return { $blob: await value.text(), type: value.type };
}

/** Restores a journal as the database of a browser. */
export async function restoreJournal({ databaseVersion, stores }: JournalDump): Promise<void> {
  globalThis.indexedDB = new IDBFactory();
  const db = await openDB(DATABASE, databaseVersion, {
    upgrade(database) {
      for (const { name, keyPath, indexes } of stores) {
        const store = database.createObjectStore(name, { keyPath });
        for (const index of indexes) store.createIndex(index.name, index.keyPath);
      }
    },
  });
  for (const { name, keyPath, rows } of stores) {
    for (const { key, value } of rows)
      await db.put(name, fromJson(value), keyPath === null ? key : undefined);
  }
  db.close();
}

function fromJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$blob' in value)) return value;
  return new Blob([String(value.$blob)], { type: 'type' in value ? String(value.type) : '' });
}

/** Journals of earlier versions, oldest first. The last one has the current format. */
export function readJournals(): readonly (readonly [fileName: string, dump: JournalDump])[] {
  const names = readdirSync(JOURNALS).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return names.map((name) => [name, JSON.parse(readFileSync(join(JOURNALS, name), 'utf8')) as JournalDump]);
}
