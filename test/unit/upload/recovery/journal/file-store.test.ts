import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeLine } from '../../../../../src/upload/recovery/journal/file-lines';
import type { FileStore } from '../../../../../src/upload/recovery/journal/file-store';
import { openFileStore } from '../../../../../src/upload/recovery/journal/file-store';
import { openFolderDisk } from '../../../../../src/upload/recovery/journal/folder-disk';
import type { JournalStore } from '../../../../../src/upload/recovery/journal/journal-store';
import type { KeptBatch } from '../../../../../src/upload/recovery/journal/kept-batch';
import { createMemoryStore } from '../../../../../src/upload/recovery/journal/memory-store';
import type { DiskFiles } from '../../../../helpers/dying-disk';
import { createDyingDisk, createMemoryDisk } from '../../../../helpers/dying-disk';
import { keptBatch, keptUpload } from '../../../../helpers/kept';
import { referenceTo } from '../../../../helpers/uploads';

const NOW = 1_000_000;

let root: string;
let folder: string;
const opened: FileStore[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stapler-files-'));
  folder = join(root, 'journal');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close().catch(() => undefined)));
  rmSync(root, { recursive: true });
});

async function openStore(of = folder, disk?: Parameters<typeof openFileStore>[2]): Promise<FileStore> {
  const store = await openFileStore(of, NOW, disk);
  opened.push(store);
  return store;
}

const logOf = (of = folder): string => join(of, 'journal.log');

/** The value as JSON keeps it. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify({ value })) as unknown;
}

/** A batch with its members in the order of their names. */
function sorted([id, batch]: readonly [string, unknown]): unknown {
  return [id, Object.entries(batch as object).sort(([a], [b]) => (a < b ? -1 : 1))];
}

/** Everything that can be read from a store, as JSON. */
async function contentOf(store: JournalStore, batchIds: readonly string[]): Promise<string> {
  const files = await Promise.all(
    batchIds.map(async (id) =>
      Promise.all(
        [...(await store.readFiles(id))].map(async ([file, blob]) => [id, file, await blob.text()]),
      ),
    ),
  );
  const batches = [...(await store.readBatches())].sort(([a], [b]) => (a < b ? -1 : 1)).map(sorted);
  return JSON.stringify({
    batches,
    files: files.map((each) => each.sort()),
    setAside: await store.countSetAside(),
  });
}

/** Batch of `count` uploads. */
function batchOf(count: number, facts: Partial<KeptBatch> = {}): KeptBatch {
  const uploads = Array.from({ length: count }, (_, index) =>
    keptUpload({ id: `${index}`, name: `${index}.log` }),
  );
  return keptBatch({ owner: 'me', uploads, ...facts });
}

/** Changes of a store, by name. */
const CHANGES: Readonly<Record<string, (store: JournalStore) => Promise<unknown>>> = {
  add: (store) => store.add([batchOf(1, { id: 'new' }), batchOf(0, { id: 'newer' })]),
  save: (store) =>
    store.save([
      {
        ...batchOf(2, { id: 'one' }),
        uploads: [keptUpload({ id: '1', name: 'ü' }), keptUpload({ id: '0' })],
      },
      batchOf(2, { id: 'two', changedAt: 2_000 }),
    ]),
  'save without uploads': (store) => store.save([batchOf(0, { id: 'one' }), batchOf(1, { id: 'two' })]),
  claim: (store) => store.claim(['one', 'two'], 'you', new Set(['me'])),
  setAside: (store) => store.setAside(['one', 'two'], NOW),
  keepFile: (store) => store.keepFile('one', '', new Blob(['another plan'])),
  dropFiles: (store) => store.dropFiles('one', ['', 'a']),
  sweepFiles: (store) => store.sweepFiles((ids) => Promise.resolve(ids)),
  expire: (store) => store.expire(1_500),
  releaseOwnership: (store) => store.releaseOwnership('me', ['one', 'two']),
  clear: (store) => store.clear(),
};

async function prepare(store: JournalStore): Promise<void> {
  await store.add([
    batchOf(2, { id: 'one' }),
    batchOf(1, { id: 'two' }),
    batchOf(1, { id: 'late', changedAt: 2_000 }),
  ]);
  await store.keepFile('one', '', new Blob(['plan']));
  await store.keepFile('one', 'a', new Blob(['a']));
  await store.keepFile('gone', '', new Blob(['orphan']));
}

const IDS = ['one', 'two', 'late', 'new', 'newer', 'gone'];

describe('FileStore', () => {
  it('reads everything again after it was opened by another process', async () => {
    const before = await openStore();
    await prepare(before);
    await before.save([
      { ...batchOf(2, { id: 'one' }), uploads: [keptUpload({ id: '1', stage: 'paused' })] },
    ]);
    await before.setAside(['two'], NOW);
    await before.renewLease('me', 5);
    // Not closed, as if it were killed.
    const after = await openStore();
    expect(await contentOf(after, IDS)).toEqual(await contentOf(before, IDS));
    expect(await after.readLeases()).toEqual(new Map([['me', 5]]));
  });

  it('keeps the type of a file', async () => {
    const store = await openStore();
    await store.keepFile('one', '', new Blob(['{}'], { type: 'application/json' }));
    const after = await openStore();
    expect((await after.readFiles('one')).get('')?.type).toBe('application/json');
  });

  it('lets only the user read its files, and gives them names without data', async () => {
    const store = await openStore();
    await store.add([keptBatch({ id: '../batch' })]);
    await store.keepFile('../batch', '/etc/passwd', new Blob(['a']));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const names = readdirSync(folder);
    expect(names.every((name) => /^(journal\.log|[0-9a-f]{32}\.file)$/.test(name))).toBe(true);
    expect(names.map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it('removes the files of removed batches, and leaves nothing once it is empty', async () => {
    const store = await openStore();
    await prepare(store);
    await store.clear();
    await store.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes files that a killed process left', async () => {
    const names = [
      `${'0'.repeat(32)}.file`,
      `${'1'.repeat(32)}.file.new`,
      'journal.log.new',
      'lock-1',
      'notes.txt',
    ];
    await (await openStore()).close();
    for (const name of names) writeFileSync(join(folder, name), 'x');
    await openStore();
    expect(readdirSync(folder).sort()).toEqual(['lock-1', 'notes.txt']);
  });

  it('leaves out a file that is damaged or missing', async () => {
    const store = await openStore();
    for (const id of ['a', 'b', 'c']) await store.keepFile('one', id, new Blob([id]));
    const [first, second] = readdirSync(folder).filter((name) => name.endsWith('.file'));
    writeFileSync(join(folder, first!), 'x');
    rmSync(join(folder, second!));
    expect((await store.readFiles('one')).size).toBe(1);
  });

  it('rejects a call on a full disk, stays as it was, and can remove its batches then', async () => {
    const real = await openFolderDisk(folder);
    let isFull = false;
    const disk = {
      ...real,
      append: (name: string, text: string) =>
        isFull ? Promise.reject(new Error('ENOSPC')) : real.append(name, text),
    };
    const store = await openStore(folder, Promise.resolve(disk));
    await store.add([batchOf(1)]);
    isFull = true;
    await expect(store.save([batchOf(1, { changedAt: 2_000 })])).rejects.toThrow('ENOSPC');
    await expect(store.add([batchOf(1, { id: 'new' })])).rejects.toThrow('ENOSPC');
    expect([...(await store.readBatches())]).toEqual([['batch', batchOf(1)]]);
    isFull = false;
    expect(await store.releaseOwnership('me', ['batch', 'new'])).toEqual(['batch']);
    expect((await (await openStore()).readBatches()).size).toBe(0);
  });

  it('writes a few MB for a run of 2,000 files', async () => {
    const real = await openFolderDisk(folder);
    let bytes = 0;
    const count = <T extends string | Uint8Array>(data: T): T => {
      bytes += Buffer.byteLength(data);
      return data;
    };
    const store = await openStore(
      folder,
      Promise.resolve({
        ...real,
        append: (name: string, text: string) => real.append(name, count(text)),
        replace: (name: string, data: string | Uint8Array) => real.replace(name, count(data)),
      }),
    );
    const reference = referenceTo(1);
    let batch = batchOf(2_000);
    await store.add([batch]);
    for (const stage of ['linking', 'linked'] as const) {
      for (let done = 0; done < 2_000; done += 40) {
        const uploads = batch.uploads.map((upload, index) =>
          index >= done && index < done + 40 ? { ...upload, stage, reference } : upload,
        );
        batch = { ...batch, uploads };
        await store.save([batch]);
      }
    }
    expect(bytes).toBeLessThan(4_000_000);
    expect((await (await openStore()).readBatches()).get('batch')).toEqual(JSON.parse(JSON.stringify(batch)));
  });

  it('compacts its log when it has grown', async () => {
    const store = await openStore();
    const uploads = [keptUpload({ name: 'x'.repeat(100_000) })];
    await store.add([batchOf(0, { uploads })]);
    for (let save = 0; save < 60; save++)
      await store.save([batchOf(0, { uploads: [{ ...uploads[0]!, attempt: save }] })]);
    expect(statSync(logOf()).size).toBeLessThan(4_300_000);
    expect((await (await openStore()).readBatches()).get('batch')).toMatchObject({
      uploads: [{ attempt: 59 }],
    });
  });
});

describe('FileStore with a damaged log', () => {
  it('sets damaged lines aside and keeps the others', async () => {
    const store = await openStore();
    await store.add([batchOf(1, { id: 'one' })]);
    await store.add([batchOf(1, { id: 'two' })]);
    await store.add([batchOf(1, { id: 'three' })]);
    const lines = readFileSync(logOf(), 'utf8').split('\n');
    lines[1] = lines[1]!.replace('two', 'tow');
    const newer = writeLine({ of: 'a later version' }).trimEnd();
    writeFileSync(logOf(), [lines[0], 'garbage', '', lines[1], newer, ...lines.slice(2)].join('\n'));
    appendFileSync(logOf(), Buffer.from([0, 255, 10]));
    for (let opening = 0; opening < 2; opening++) {
      const after = await openStore();
      expect([...(await after.readBatches()).keys()]).toEqual(['one', 'three']);
      expect(await after.countSetAside()).toBe(4);
    }
    expect(readFileSync(logOf(), 'utf8')).toContain('a later version');
  });

  it('sets aside a change without its batch', async () => {
    const store = await openStore();
    await store.add([batchOf(2)]);
    await store.save([batchOf(2, { changedAt: 3 })]);
    const [, second] = readFileSync(logOf(), 'utf8').split('\n');
    writeFileSync(logOf(), `${second}\n`);
    const after = await openStore();
    expect([(await after.readBatches()).size, await after.countSetAside()]).toEqual([0, 1]);
  });

  it('reads entries of another version as they are', async () => {
    const store = await openStore();
    const odd = { id: 'odd', format: 99, owner: 5, uploads: 'none' };
    await store.add([odd as unknown as KeptBatch]);
    const after = await openStore();
    expect((await after.readBatches()).get('odd')).toEqual(odd);
    expect(await after.claim(['odd'], 'me', new Set(['5']))).toEqual([]);
    await after.setAside(['odd'], NOW);
    expect(await after.countSetAside()).toBe(1);
  });

  it('opens any bytes, and what is written then is read again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await (await openStore()).close();
        writeFileSync(logOf(), bytes);
        const store = await openStore();
        await store.add([batchOf(1)]);
        expect((await (await openStore()).readBatches()).size).toBe(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('A process killed during a call of FileStore', () => {
  const openIn = (files: DiskFiles): Promise<FileStore> => openFileStore('', NOW, createMemoryDisk(files));

  it.each(Object.entries(CHANGES))(
    'leaves the state before or after %s, wherever its line is cut',
    async (_, change) => {
      const files: DiskFiles = new Map();
      const store = await openIn(files);
      await prepare(store);
      const before = await contentOf(store, IDS);
      const filesBefore = new Map(files);
      const start = files.get('journal.log')!.length;
      await change(store);
      const after = await contentOf(store, IDS);
      expect(after).not.toBe(before);
      const log = files.get('journal.log')!;
      expect(log.length).toBeGreaterThan(start);
      for (let length = start; length <= log.length; length++) {
        // A file is removed only after the line about it.
        const left = new Map([...filesBefore, ...files, ['journal.log', log.subarray(0, length)]]);
        const next = await openIn(left);
        expect(await contentOf(next, IDS)).toBe(length === log.length ? after : before);
      }
    },
  );

  it.each(Object.entries(CHANGES))(
    'leaves the state before or after %s, at any change of the folder',
    async (_, change) => {
      const counted = createDyingDisk(createMemoryDisk());
      const store = await openFileStore('', NOW, counted.disk);
      await prepare(store);
      const before = await contentOf(store, IDS);
      const prepared = counted.changes();
      await change(store);
      const after = await contentOf(store, IDS);
      const seen = new Set<string>();
      for (let at = prepared + 1; at <= counted.changes(); at++) {
        for (const when of ['before', 'midway', 'after'] as const) {
          const files: DiskFiles = new Map();
          const { disk, died } = createDyingDisk(createMemoryDisk(files), { at, when });
          const dying = await openFileStore('', NOW, disk);
          await prepare(dying);
          void change(dying);
          await died;
          const content = await contentOf(await openIn(files), IDS);
          expect([before, after]).toContain(content);
          seen.add(content);
        }
      }
      expect(seen.size).toBe(2);
    },
  );

  it.each(['before', 'midway', 'after'] as const)('%s a compaction leaves the same state', async (when) => {
    const files: DiskFiles = new Map();
    const store = await openIn(files);
    await prepare(store);
    await store.save([batchOf(1, { id: 'two' })]);
    const content = await contentOf(store, IDS);
    const { disk, died } = createDyingDisk(createMemoryDisk(files), { at: 1, when });
    void openFileStore('', NOW, disk);
    await died;
    expect(await contentOf(await openIn(files), IDS)).toEqual(content);
  });
});

test('FileStore does the same as the store in memory, and remembers it', async () => {
  const id = fc.constantFrom('1', '2', '3');
  const owner = fc.constantFrom('me', 'you');
  const uploadId = fc.constantFrom('a', 'b', 'c', '');
  const upload = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c'),
      attempt: fc.nat(2),
      name: fc.string({ unit: 'binary', maxLength: 3 }),
    })
    .map(keptUpload);
  const uploads = fc.uniqueArray(upload, { selector: (each) => each.id });
  const batch = fc.record({ id, owner, uploads, changedAt: fc.nat(5) }).map(keptBatch);
  const batches = fc.uniqueArray(batch, { selector: (each) => each.id });
  const ids = fc.uniqueArray(id);
  type Call = (store: JournalStore) => Promise<unknown>;
  const call: fc.Arbitrary<Call> = fc.oneof(
    {
      weight: 3,
      arbitrary: batches.map(
        (all): Call =>
          (store) =>
            store.add(all),
      ),
    },
    {
      weight: 5,
      arbitrary: batches.map(
        (all): Call =>
          (store) =>
            store.save(all),
      ),
    },
    fc.tuple(ids, owner, owner).map(
      ([all, to, from]): Call =>
        (store) =>
          store.claim(all, to, new Set([from])),
    ),
    ids.map(
      (all): Call =>
        (store) =>
          store.setAside(all, NOW),
    ),
    fc.tuple(id, uploadId, fc.string()).map(
      ([of, file, text]): Call =>
        (store) =>
          store.keepFile(of, file, new Blob([text])),
    ),
    fc.tuple(id, fc.uniqueArray(uploadId)).map(
      ([of, all]): Call =>
        (store) =>
          store.dropFiles(of, all),
    ),
    fc.constant<Call>((store) => store.sweepFiles((all) => Promise.resolve([...all].slice(0, 1)))),
    fc.nat(5).map(
      (before): Call =>
        (store) =>
          store.expire(before),
    ),
    fc.tuple(owner, ids).map(
      ([of, all]): Call =>
        async (store) =>
          [...(await store.releaseOwnership(of, all))].sort(),
    ),
    {
      weight: 1,
      arbitrary: fc.constant<Call>(async (store) => {
        await store.sweepFiles((all) => Promise.resolve(all));
        await store.clear();
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 15 }), async (calls) => {
      const files: DiskFiles = new Map();
      const open = (): Promise<FileStore> => openFileStore('', NOW, createMemoryDisk(files));
      let store = await open();
      const memory = createMemoryStore();
      const all = ['1', '2', '3'];
      for (const [index, each] of calls.entries()) {
        expect(asJson(await each(store))).toEqual(asJson(await each(memory)));
        expect(await contentOf(store, all)).toEqual(await contentOf(memory, all));
        // The next process; this one is not closed.
        if (index % 4 === 3) store = await open();
        expect(await contentOf(store, all)).toEqual(await contentOf(memory, all));
      }
      expect(await contentOf(await open(), all)).toEqual(await contentOf(memory, all));
    }),
    { numRuns: 100 },
  );
});
