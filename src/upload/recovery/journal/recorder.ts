import { coalesce, createMutex } from '../../../base/async';
import type { Runtime } from '../../../base/runtime';
import type { BatchId, UploadId } from '../../upload';
import type { UploadJournal } from '../../upload-journal';
import type { Fingerprint } from './fingerprint';
import type { SaveResult } from './journal-store';
import type { BatchRecord, KeptBatch, KeptUpload } from './kept-batch';
import { adoptRecord, createBatchRecords, createRecord, factsOf, keptFacts, toBatch } from './kept-batch';

/** Dependencies of `createWriteBehind`. */
export interface WriteBehindOptions<Item> {
  readonly runtime: Runtime;
  /** Returns the delay before changes are written, unless a caller waits for them. */
  readonly delayMs: (items: ReadonlySet<Item>) => number;
  /** Writes changed items. Never rejects, and is never called during another write. */
  readonly write: (items: readonly Item[]) => Promise<void>;
}

/** Write-behind buffer of changed items. */
export interface WriteBehind<Item> {
  /** Marks an item as changed, without scheduling a write. */
  readonly mark: (item: Item) => void;
  /** Marks an item as changed and schedules a write. */
  readonly markSoon: (item: Item) => void;
  /** Removes an item from the changes. */
  readonly unmark: (item: Item) => void;
  /** Whether a changed item matches. */
  readonly hasMarked: (matches: (item: Item) => boolean) => boolean;
  /** Writes all changes. Resolves once they are written. */
  readonly flush: () => Promise<void>;
  /** Resolves once all changes of matching items are written. */
  readonly whenFlushed: (matches: (item: Item) => boolean) => Promise<void>;
}

/** Creates an empty buffer. One write at a time; the next one takes all changes made meanwhile. */
function createWriteBehind<Item>(options: WriteBehindOptions<Item>): WriteBehind<Item> {
  const { runtime, delayMs, write } = options;
  const dirty = new Set<Item>();
  let writing: readonly Item[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const serialize = createMutex();
  const flushLater = coalesce(
    runtime,
    () => delayMs(dirty),
    () => void flush(),
  );

  function flush(): Promise<void> {
    if (dirty.size === 0) return last;
    next ??= serialize(() => {
      next = undefined;
      last = writeDirty();
      return last;
    });
    return next;
  }

  async function writeDirty(): Promise<void> {
    writing = [...dirty];
    dirty.clear();
    await write(writing);
    writing = [];
  }

  return {
    mark: (item) => dirty.add(item),
    unmark: (item) => dirty.delete(item),
    markSoon(item) {
      dirty.add(item);
      flushLater();
    },
    hasMarked: (matches) => [...dirty].some(matches),
    flush,
    async whenFlushed(matches) {
      if ([...dirty].some(matches)) await flush();
      else if (writing.some(matches)) await last;
    },
  };
}

/** Dependencies of `createRecorder`. */
export interface RecorderOptions {
  readonly owner: string;
  readonly runtime: Runtime;
  /** Writes new and changed batches. Never rejects, and is never called during another write. */
  readonly write: (added: readonly KeptBatch[], changed: readonly KeptBatch[]) => Promise<SaveResult>;
  /** Called when files are no longer needed, after the write of this fact. */
  readonly onFileDone: (batchId: BatchId, ids: readonly UploadId[]) => void;
  /** Called with a file for another frame, in case this one is gone. */
  readonly onFile: (batchId: BatchId, id: UploadId, source: Blob) => void;
  /** Called with uploads claimed by another frame. */
  readonly onLost: (ids: readonly UploadId[]) => void;
}

/** Records the state of uploads. */
export interface Recorder extends UploadJournal {
  /** Latest entry of an upload. */
  readonly find: (id: UploadId) => KeptUpload | undefined;
  /**
   * Makes a claimed batch this frame's.
   *
   * @returns Uploads of an earlier record of the same batch, lost unnoticed.
   */
  readonly adopt: (batch: KeptBatch) => readonly UploadId[];
  readonly updateKeptFile: (id: UploadId, facts: { fingerprint?: Fingerprint; isFileKept: boolean }) => void;
  /** Recorded batches. */
  readonly batchIds: () => readonly BatchId[];
  /** Recorded batches that are written, or being written. */
  readonly writtenIds: () => readonly BatchId[];
  /** Writes all changes. Resolves once they are written. */
  readonly flush: () => Promise<void>;
  /** Writes all batches to another store. */
  readonly rewrite: () => void;
  /** Saves all written batches again, which reveals those claimed by another frame. */
  readonly checkOwnership: () => void;
  /** Stops recording all current batches. */
  readonly discardAll: () => void;
}

/** Minimum delay of changes without a waiting caller. */
const MIN_WRITE_DELAY_MS = 200;

/** Uploads per millisecond of delay: a write of 10,000 takes 56 ms of the main thread, so it waits for two seconds. */
const UPLOADS_PER_MS = 5;

/** A change of one upload writes its whole batch, so large batches wait longer. */
function writeDelayOf(records: ReadonlySet<BatchRecord>): number {
  const uploads = [...records].reduce((sum, record) => sum + record.uploads.size, 0);
  return Math.max(MIN_WRITE_DELAY_MS, uploads / UPLOADS_PER_MS);
}

/** Creates a recorder. A thousand files dropped together are one write, and so are their changes of a moment. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { owner, runtime, onFile, onFileDone, onLost } = options;
  const { now } = runtime;
  const records = createBatchRecords();
  const buffer = createWriteBehind<BatchRecord>({ runtime, delayMs: writeDelayOf, write });

  async function write(all: readonly BatchRecord[]): Promise<void> {
    const added = all.filter(({ isNew, uploads }) => isNew && uploads.size > 0);
    const changed = all.filter(({ isNew }) => !isNew);
    for (const record of all) {
      record.isNew = false;
      records.removeEmpty(record);
    }
    const doneFiles = all.map(({ id, doneFiles: ids }) => [id, ids.splice(0)] as const);
    const rowOf = (record: BatchRecord): KeptBatch => toBatch(record, owner, now());
    const { lost, discarded } = await options.write(added.map(rowOf), changed.map(rowOf));
    for (const [id, files] of doneFiles) if (files.length > 0 && !lost.includes(id)) onFileDone(id, files);
    for (const id of discarded) drop(id);
    const ids = lost.flatMap(drop);
    if (ids.length > 0) onLost(ids);
  }

  /** Stops recording a batch. Returns its uploads. */
  function drop(id: BatchId): readonly UploadId[] {
    const record = records.get(id);
    if (record) buffer.unmark(record);
    return records.remove(id);
  }

  function change(id: UploadId, update: (kept: KeptUpload) => KeptUpload): void {
    const record = records.of(id);
    const kept = record?.uploads.get(id);
    if (!record || !kept) return;
    record.uploads.set(id, update(kept));
    buffer.markSoon(record);
  }

  function discard(ids: readonly UploadId[]): void {
    for (const id of ids) {
      const record = records.of(id);
      if (!record) continue;
      if (record.uploads.get(id)?.isFileKept) record.doneFiles.push(id);
      records.removeUpload(id);
      buffer.markSoon(record);
    }
    // No later frame may hear of a finished batch.
    if (buffer.hasMarked(({ uploads }) => uploads.size === 0)) void buffer.flush();
  }

  return {
    create(uploads, sources) {
      const [first] = uploads;
      if (!first) return;
      const record = createRecord(first, uploads, sources, now());
      records.add(record);
      buffer.mark(record);
      record.whenCreated = buffer.flush();
      for (const [id, source] of sources) onFile(record.id, id, source);
    },

    update(upload) {
      const facts = keptFacts(upload);
      if (!facts) {
        discard([upload.id]);
        return;
      }
      const record = records.of(upload.id);
      if (record) record.target = upload.target;
      change(upload.id, (kept) => {
        const isStored = facts.reference !== undefined;
        if (isStored && kept.isFileKept) record?.doneFiles.push(upload.id);
        return { ...kept, ...facts, isFileKept: kept.isFileKept && !isStored };
      });
    },

    dropFile(id) {
      records.of(id)?.doneFiles.push(id);
      change(id, (kept) => ({ ...kept, isFileKept: false }));
      void buffer.flush();
    },

    updateSession: (id, session) => change(id, (kept) => ({ ...kept, session })),

    updateFile(id, source) {
      change(id, (kept) => ({ ...kept, ...factsOf(source) }));
      const record = records.of(id);
      if (record) onFile(record.id, id, source);
    },

    updateKeptFile: (id, facts) => change(id, (kept) => ({ ...kept, ...facts })),

    discard,

    async whenCreated(ids) {
      await Promise.all(ids.map((id) => records.of(id)?.whenCreated ?? Promise.resolve()));
    },

    async whenFlushed(ids) {
      const awaited = new Set(ids.map((id) => records.of(id)));
      await buffer.whenFlushed((record) => awaited.has(record));
    },

    flush: buffer.flush,

    find: (id) => records.of(id)?.uploads.get(id),

    adopt(batch) {
      const before = drop(batch.id);
      records.add(adoptRecord(batch));
      return before;
    },

    batchIds: () => records.all().map(({ id }) => id),
    writtenIds: () =>
      records
        .all()
        .filter(({ isNew }) => !isNew)
        .map(({ id }) => id),

    rewrite() {
      for (const record of records.all()) {
        record.isNew = true;
        buffer.markSoon(record);
      }
    },

    checkOwnership() {
      for (const record of records.all()) if (!record.isNew) buffer.mark(record);
      void buffer.flush();
    },

    discardAll() {
      for (const { id } of records.all()) drop(id);
    },
  };
}
