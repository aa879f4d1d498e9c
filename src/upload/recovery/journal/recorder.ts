import type { BatchId, Upload, UploadId } from '../../upload';
import type { UploadJournal } from '../../upload-journal';
import { coalesce } from '../../../base/coalesce';
import { createMutex } from '../../../base/keyed-mutex';
import type { Runtime } from '../../../base/runtime';
import type { LinkTarget } from '../../../azure/work-item';
import type { Fingerprint } from './fingerprint';
import type { SaveResult } from './journal-store';
import type { KeptBatch, KeptUpload } from './kept-batch';
import { FORMAT, keptFacts } from './kept-batch';

/** What a recorder is made of. */
export interface RecorderOptions {
  readonly owner: string;
  readonly runtime: Runtime;
  /** Writes batches that are new, and others anew. Never rejects, and is called again only after it has resolved. */
  readonly write: (added: readonly KeptBatch[], changed: readonly KeptBatch[]) => Promise<SaveResult>;
  /** The bytes of these are not needed any more, and what is written says so. */
  readonly onFileDone: (batchId: BatchId, ids: readonly UploadId[]) => void;
  /** A file may be needed by another frame. */
  readonly onFile: (batchId: BatchId, id: UploadId, source: Blob) => void;
  /** Another frame has them now. */
  readonly onLost: (ids: readonly UploadId[]) => void;
}

/** Writes down what becomes of uploads. */
export interface Recorder extends UploadJournal {
  /** What it knows of an upload. */
  readonly find: (id: UploadId) => KeptUpload | undefined;
  /**
   * A batch of another frame is this one's now.
   *
   * @returns The uploads that this one had in it before, and has not heard of losing.
   */
  readonly adopt: (batch: KeptBatch) => readonly UploadId[];
  readonly updateKeptFile: (id: UploadId, facts: { fingerprint?: Fingerprint; isFileKept: boolean }) => void;
  /** The batches that it writes. */
  readonly batchIds: () => readonly BatchId[];
  /** Those of them that it has written, or is writing now. */
  readonly writtenIds: () => readonly BatchId[];
  /** Writes everything once more, to another store. */
  readonly rewrite: () => void;
  /** Writes nothing more of what it knows by now. */
  readonly discardAll: () => void;
}

/** A batch in the making. */
interface Sheet {
  readonly id: BatchId;
  readonly addedAt: number;
  target: LinkTarget;
  readonly uploads: Map<UploadId, KeptUpload>;
  isNew: boolean;
  /** Files that are needed no more, once that is written. */
  readonly doneFiles: UploadId[];
  /** Resolves when it was written for the first time. */
  begun: Promise<void>;
}

/** How long changes gather that nobody waits for, in milliseconds. */
const GATHER_MS = 200;

/**
 * One write at a time, and the next takes along whatever has changed meanwhile: a thousand files that arrive together
 * are one write, and so is what becomes of them within a moment.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const { owner, runtime, write, onFile, onFileDone, onLost } = options;
  const { now } = runtime;
  const sheets = new Map<BatchId, Sheet>();
  const sheetOf = new Map<UploadId, Sheet>();
  const dirty = new Set<Sheet>();
  let writing = new Set<Sheet>();
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const serialize = createMutex();
  const flushLater = coalesce(runtime, GATHER_MS, () => void flush());

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
    writing = new Set(dirty);
    dirty.clear();
    const all = [...writing];
    const added = all.filter(({ isNew, uploads }) => isNew && uploads.size > 0);
    const changed = all.filter(({ isNew }) => !isNew);
    for (const sheet of all) {
      sheet.isNew = false;
      if (sheet.uploads.size === 0) sheets.delete(sheet.id);
    }
    const doneFiles = all.map(({ id, doneFiles: ids }) => [id, ids.splice(0)] as const);
    const { lost, discarded: forgotten } = await write(added.map(toBatch), changed.map(toBatch));
    writing.clear();
    for (const [id, files] of doneFiles) if (files.length > 0 && !lost.includes(id)) onFileDone(id, files);
    for (const id of forgotten) drop(id);
    const ids = lost.flatMap(drop);
    if (ids.length > 0) onLost(ids);
  }

  function toBatch({ id, addedAt, target, uploads }: Sheet): KeptBatch {
    const of = { format: FORMAT, partition: '', owner } as const;
    return { ...of, id, target, addedAt, changedAt: now(), uploads: [...uploads.values()] };
  }

  /** Writes no more of a batch. Returns the uploads in it. */
  function drop(id: BatchId): readonly UploadId[] {
    const sheet = sheets.get(id);
    if (!sheet) return [];
    sheets.delete(id);
    dirty.delete(sheet);
    const ids = [...sheet.uploads.keys()];
    for (const each of ids) sheetOf.delete(each);
    return ids;
  }

  function touch(sheet: Sheet): void {
    dirty.add(sheet);
    flushLater();
  }

  function change(id: UploadId, update: (kept: KeptUpload) => KeptUpload): void {
    const sheet = sheetOf.get(id);
    const kept = sheet?.uploads.get(id);
    if (!sheet || !kept) return;
    sheet.uploads.set(id, update(kept));
    touch(sheet);
  }

  function forget(ids: readonly UploadId[]): void {
    for (const id of ids) {
      const sheet = sheetOf.get(id);
      if (!sheet) continue;
      if (sheet.uploads.get(id)?.isFileKept) sheet.doneFiles.push(id);
      sheet.uploads.delete(id);
      sheetOf.delete(id);
      touch(sheet);
    }
    // What is over as a whole must not be told of to whoever comes next.
    if ([...dirty].some(({ uploads }) => uploads.size === 0)) void flush();
  }

  function register(sheet: Sheet): void {
    sheets.set(sheet.id, sheet);
    for (const id of sheet.uploads.keys()) sheetOf.set(id, sheet);
  }

  return {
    create(uploads, sources) {
      const [first] = uploads;
      if (!first) return;
      const sheet: Sheet = {
        id: first.batchId,
        addedAt: now(),
        target: first.target,
        uploads: new Map(uploads.map((upload) => [upload.id, newEntry(upload, sources.get(upload.id))])),
        isNew: true,
        doneFiles: [],
        begun: Promise.resolve(),
      };
      register(sheet);
      dirty.add(sheet);
      sheet.begun = flush();
      for (const [id, source] of sources) onFile(sheet.id, id, source);
    },

    update(upload) {
      const facts = keptFacts(upload);
      if (!facts) {
        forget([upload.id]);
        return;
      }
      const sheet = sheetOf.get(upload.id);
      if (sheet) sheet.target = upload.target;
      change(upload.id, (kept) => {
        const isStored = facts.reference !== undefined;
        if (isStored && kept.isFileKept) sheet?.doneFiles.push(upload.id);
        return { ...kept, ...facts, isFileKept: kept.isFileKept && !isStored };
      });
    },

    updateSession(id, session) {
      change(id, (kept) => ({ ...kept, session }));
    },

    updateFile(id, source) {
      change(id, (kept) => ({ ...kept, ...factsOf(source) }));
      const sheet = sheetOf.get(id);
      if (sheet) onFile(sheet.id, id, source);
    },

    updateKeptFile: (id, facts) => change(id, (kept) => ({ ...kept, ...facts })),

    discard: forget,

    async whenCreated(ids) {
      await Promise.all(ids.map((id) => sheetOf.get(id)?.begun ?? Promise.resolve()));
    },

    async whenFlushed(ids) {
      const mine = new Set(ids.map((id) => sheetOf.get(id)));
      const isWaitedFor = (sheet: Sheet): boolean => mine.has(sheet);
      if ([...dirty].some(isWaitedFor)) await flush();
      else if ([...writing].some(isWaitedFor)) await last;
    },

    find: (id) => sheetOf.get(id)?.uploads.get(id),

    adopt({ id, addedAt, target, uploads }) {
      const before = drop(id);
      const entries = new Map(uploads.map((kept) => [kept.id, kept]));
      const facts = { id, addedAt, target, uploads: entries };
      register({ ...facts, isNew: false, doneFiles: [], begun: Promise.resolve() });
      return before;
    },

    batchIds: () => [...sheets.keys()],
    writtenIds: () => [...sheets.values()].filter(({ isNew }) => !isNew).map(({ id }) => id),

    rewrite() {
      for (const sheet of sheets.values()) {
        sheet.isNew = true;
        touch(sheet);
      }
    },

    discardAll() {
      for (const id of [...sheets.keys()]) drop(id);
    },
  };
}

function newEntry(upload: Upload, source: Blob | undefined): KeptUpload {
  const { id, file } = upload;
  return {
    id,
    name: file.name,
    size: file.size,
    folder: file.folder,
    ...factsOf(source),
    fingerprint: undefined,
    isFileKept: false,
    session: undefined,
    reference: undefined,
    failure: undefined,
    stage: 'sending',
    attempt: 1,
    isLinkTried: false,
    ...keptFacts(upload),
  };
}

function factsOf(source: Blob | undefined): Pick<KeptUpload, 'type' | 'lastModified'> {
  return {
    type: source?.type ?? '',
    lastModified: source instanceof File ? source.lastModified : 0,
  };
}
