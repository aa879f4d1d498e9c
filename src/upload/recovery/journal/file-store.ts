import { randomBytes } from 'node:crypto';
import { createMutex } from '../../../base/async';
import type { BatchId, UploadId } from '../../upload';
import { checksumOf, readLines, writeLine } from './file-lines';
import type { Change, FileBeside, FileState } from './file-state';
import {
  applyChange,
  changeOf,
  changesTo,
  copyState,
  memberOf,
  namesBeside,
  readChanges,
} from './file-state';
import type { FolderDisk } from './folder-disk';
import { openFolderDisk, UNFINISHED } from './folder-disk';
import type { JournalStore } from './journal-store';

/** Journal store in a folder. One process opens it at a time: see `lockFolder`. */
export interface FileStore extends JournalStore {
  /** Waits for calls in progress and closes the files. */
  readonly close: () => Promise<void>;
}

/** Changes since the last compaction, one line per call. */
const LOG = 'journal.log';

/** Name of a file beside the log. */
const BESIDE = /^[0-9a-f]{32}\.file$/;

/** A shorter log is not compacted, in bytes. */
const MIN_COMPACTED_BYTES = 4 * 1024 * 1024;

/** Growth of the log until it is compacted again. */
const MAX_GROWTH = 4;

/** Makes a change of the current call. */
type Make = (change: Change) => void;

/** Runs a call: its changes are written as one line, and made then. */
type Transact = <T>(plan: (state: FileState, make: Make) => T) => Promise<T>;

/**
 * Opens the store in a folder. The state is in memory, and the log has its changes. Bytes of files lie beside the log
 * under random names, written before the change that names them.
 *
 * @param folder Created unless it exists.
 * @param now In milliseconds since the epoch.
 * @param disk For tests.
 */
export async function openFileStore(
  folder: string,
  now: number,
  disk: FolderDisk | Promise<FolderDisk> = openFolderDisk(folder),
): Promise<FileStore> {
  const opened = await disk;
  const { transact, close } = await openLog(opened, now);
  return {
    ...createBatchCalls(transact),
    ...createFileCalls(transact, opened),
    ...createCleaningCalls(transact),

    readLeases: () => transact(({ leases }) => new Map(leases)),
    renewLease: (owner, until) => transact((_, make) => make({ kind: 'lease', owner, until })),

    close,
  };
}

interface Log {
  readonly transact: Transact;
  readonly close: () => Promise<void>;
}

async function openLog(disk: FolderDisk, now: number): Promise<Log> {
  const serialize = createMutex();
  const before = await disk.read(LOG);
  let state = readLog(before ?? Buffer.alloc(0), now);
  let bytes = before?.length ?? 0;
  let compactedBytes = bytes;
  let isClosed = false;
  // Also removes an unfinished last line: no other line may follow it.
  if (before?.equals(Buffer.from(snapshotOf(state))) === false) await compact();
  await removeUnused(await disk.list());

  async function compact(): Promise<void> {
    const snapshot = Buffer.from(snapshotOf(state));
    await disk.replace(LOG, snapshot);
    bytes = snapshot.length;
    compactedBytes = bytes;
  }

  /** Removes unfinished and unnamed files. They do no harm, so errors do not matter. */
  async function removeUnused(names: readonly string[]): Promise<void> {
    const used = namesBeside(state);
    const isUnused = (name: string): boolean =>
      name === LOG + UNFINISHED || (BESIDE.test(name.replace(UNFINISHED, '')) && !used.has(name));
    await Promise.all(names.filter(isUnused).map((name) => disk.remove(name).catch(() => undefined)));
  }

  return {
    transact: (plan) =>
      serialize(async () => {
        // The next process may have the folder.
        if (isClosed) throw new Error('The journal is closed.');
        const draft = copyState(state);
        const changes: Change[] = [];
        const result = plan(draft, (change) => {
          changes.push(change);
          applyChange(draft, change);
        });
        if (changes.length === 0) return result;
        const line = writeLine(changes);
        await disk.append(LOG, line);
        const namesBefore = namesBeside(state);
        state = draft;
        bytes += Buffer.byteLength(line);
        await removeUnused([...namesBefore]);
        // The log stays as it is after an error.
        if (bytes > Math.max(MIN_COMPACTED_BYTES, MAX_GROWTH * compactedBytes))
          await compact().catch(() => undefined);
        return result;
      }),

    close: () =>
      serialize(async () => {
        if (isClosed) return;
        isClosed = true;
        if (changesTo(state).length === 0) await disk.remove(LOG);
        await disk.close();
      }),
  };
}

/** Reads the log. Damaged lines, and those of other versions, are set aside; the others count. */
function readLog(bytes: Buffer, now: number): FileState {
  let state = copyState();
  const { values, damaged } = readLines(bytes);
  const setAside: unknown[] = [...damaged];
  for (const value of values) {
    const draft = copyState(state);
    if (readChanges(value)?.every((change) => applyChange(draft, change))) state = draft;
    else setAside.push(value);
  }
  for (const value of setAside)
    state.setAside.set(`line ${checksumOf(JSON.stringify(value))}`, { at: now, value });
  return state;
}

function snapshotOf(state: FileState): string {
  return changesTo(state)
    .map((change) => writeLine([change]))
    .join('');
}

type BatchCall = 'readBatches' | 'add' | 'save' | 'claim' | 'setAside' | 'countSetAside' | 'releaseOwnership';

function createBatchCalls(transact: Transact): Pick<JournalStore, BatchCall> {
  return {
    readBatches: () => transact(({ batches }) => new Map(batches)),

    add: (added) =>
      transact((_, make) => {
        for (const batch of added) make({ kind: 'batch', id: batch.id, batch });
      }),

    save: (saved) =>
      transact(({ batches }, make) => {
        const discarded = saved.filter(({ id }) => !batches.has(id));
        const lost = saved.filter(
          ({ id, owner }) => batches.has(id) && memberOf(batches.get(id), 'owner') !== owner,
        );
        for (const batch of saved) {
          const { id, uploads } = batch;
          if (discarded.includes(batch) || lost.includes(batch)) continue;
          make(uploads.length === 0 ? { kind: 'no-batch', id } : changeOf(batches.get(id), batch));
        }
        return { lost: lost.map(({ id }) => id), discarded: discarded.map(({ id }) => id) };
      }),

    claim: (ids, owner, expired) =>
      transact(({ batches }, make) =>
        ids.flatMap((id) => {
          const batch = batches.get(id);
          const before = memberOf(batch, 'owner');
          if (typeof before !== 'string' || !expired.has(before)) return [];
          const claimed = { ...(batch as object), owner };
          make({ kind: 'batch', id, batch: claimed });
          return [claimed];
        }),
      ),

    setAside: (ids, now) =>
      transact(({ batches }, make) => {
        for (const id of ids) {
          make({ kind: 'set-aside', key: `batch ${id}`, at: now, value: batches.get(id) });
          make({ kind: 'no-batch', id });
        }
      }),

    countSetAside: () => transact(({ setAside }) => setAside.size),

    releaseOwnership: (owner, ids) =>
      transact(({ batches }, make) => {
        const own = ids.filter((id) => memberOf(batches.get(id), 'owner') === owner);
        for (const id of own) make({ kind: 'no-batch', id });
        return own;
      }),
  };
}

type FileCall = 'keepFile' | 'readFiles' | 'dropFiles' | 'sweepFiles';

function createFileCalls(transact: Transact, disk: FolderDisk): Pick<JournalStore, FileCall> {
  const listFiles = (id: BatchId): Promise<ReadonlyMap<UploadId, FileBeside>> =>
    transact(({ files }) => new Map(files.get(id)));

  return {
    async keepFile(id, uploadId, blob) {
      const content = new Uint8Array(await blob.arrayBuffer());
      const name = `${randomBytes(16).toString('hex')}.file`;
      const { type, size } = blob;
      // Outside of the transaction: a large file must not delay batches.
      await disk.replace(name, content);
      const file = { name, type, size, checksum: checksumOf(content) };
      await transact((_, make) => make({ kind: 'file', id, uploadId, file }));
    },

    async readFiles(id) {
      const found = new Map<UploadId, Blob>();
      for (const [uploadId, { name, type, checksum }] of await listFiles(id)) {
        const content = await disk.read(name);
        if (content && checksumOf(content) === checksum)
          found.set(uploadId, new Blob([new Uint8Array(content)], { type }));
      }
      return found;
    },

    dropFiles: (id, uploadIds) =>
      transact(({ files }, make) => {
        for (const uploadId of uploadIds)
          if (files.get(id)?.has(uploadId)) make({ kind: 'no-file', id, uploadId });
      }),

    async sweepFiles(findGone) {
      const missing = await transact(
        ({ batches, files }) => new Set([...files.keys()].filter((id) => !batches.has(id))),
      );
      const gone = new Set(await findGone(missing));
      await transact(({ batches }, make) => {
        for (const id of gone) if (missing.has(id) && !batches.has(id)) make({ kind: 'no-batch', id });
      });
    },
  };
}

function createCleaningCalls(transact: Transact): Pick<JournalStore, 'expire' | 'clear'> {
  return {
    expire: (before) =>
      transact(({ batches, setAside, leases }, make) => {
        const isOld = (time: unknown): boolean => typeof time === 'number' && time < before;
        for (const [id, batch] of batches)
          if (isOld(memberOf(batch, 'changedAt'))) make({ kind: 'no-batch', id });
        for (const [key, { at }] of setAside) if (isOld(at)) make({ kind: 'no-set-aside', key });
        for (const [owner, until] of leases) if (isOld(until)) make({ kind: 'no-lease', owner });
      }),

    clear: () =>
      transact(({ batches, files, setAside }, make) => {
        for (const id of [...batches.keys(), ...files.keys()]) make({ kind: 'no-batch', id });
        for (const key of setAside.keys()) make({ kind: 'no-set-aside', key });
      }),
  };
}
