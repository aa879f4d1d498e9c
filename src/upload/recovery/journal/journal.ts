import type { Runtime } from '../../../base/runtime';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { BatchId, PickedFile, UploadId } from '../../upload';
import type { UploadJournal } from '../../upload-journal';
import type { ClaimedBatch } from './claim-interrupted';
import { createClaims, NOTE } from './claim-interrupted';
import { createFileKeeper } from './file-keeper';
import type { Fingerprint } from './fingerprint';
import { haveSameFingerprint } from './fingerprint';
import type { JournalState } from './inventory';
import { createInventory, EMPTY_INVENTORY } from './inventory';
import type { JournalChannel } from './journal-store';
import type { KeptUpload } from './kept-batch';
import { createRecorder } from './recorder';
import type { ResilientStoreOptions } from './resilient-store';
import { createResilientStore } from './resilient-store';

/** Dependencies of `matchFiles`. */
export interface MatchOptions {
  readonly find: (id: UploadId) => KeptUpload | undefined;
  readonly fingerprintOf: (file: Blob) => Promise<Fingerprint>;
}

/** Finds the upload of each file among those `waiting` for one, whatever its name is now. */
async function matchFiles(
  files: readonly PickedFile[],
  waiting: readonly UploadId[],
  { find, fingerprintOf }: MatchOptions,
): Promise<ReadonlyMap<PickedFile, UploadId>> {
  const found = new Map<PickedFile, UploadId>();
  const open = new Set(waiting);
  for (const file of files) {
    const candidates = [...open].filter((id) => find(id)?.size === file.size);
    if (candidates.length === 0) continue;
    const fingerprint = await fingerprintOf(file.source).catch(() => undefined);
    const match = candidates.find((id) => isSame(find(id), file, fingerprint));
    if (match === undefined) continue;
    open.delete(match);
    found.set(file, match);
  }
  return found;
}

/** Compares contents; name and date, if the interrupted upload has no fingerprint. */
function isSame(
  kept: KeptUpload | undefined,
  { name, source }: PickedFile,
  fingerprint: Fingerprint | undefined,
): boolean {
  if (!kept || !fingerprint) return false;
  if (kept.fingerprint) return haveSameFingerprint(kept.fingerprint, fingerprint);
  const date = source instanceof File ? source.lastModified : 0;
  return kept.name === name && kept.lastModified === date;
}

/** Journal of one frame. */
export interface Journal extends UploadJournal {
  readonly state: ReadonlyStore<JournalState>;
  /**
   * Opens the browser storage and reads the batches left by earlier frames. Never rejects.
   *
   * @param partition Organization and user; `undefined` if unknown, so that nothing may be stored.
   */
  readonly open: (partition: string | undefined) => Promise<void>;
  /** Reads the batches left by earlier frames again. */
  readonly refresh: () => void;
  /** Makes batches of `state` this frame's. Those claimed by another frame meanwhile are left out. */
  readonly claim: (ids: readonly BatchId[]) => Promise<readonly ClaimedBatch[]>;
  /**
   * Stores a note with a created batch, for the frame that claims it. It is removed with the batch.
   *
   * @returns Whether it is stored.
   */
  readonly annotate: (id: BatchId, note: Blob) => Promise<boolean>;
  /** Writes all changes. Resolves once they are written. Never rejects. */
  readonly flush: () => Promise<void>;
  /** Empties the journal: no stored upload can be resumed after its frame is gone. */
  readonly discardAll: () => Promise<void>;
  /** Whether another frame could read the bytes of an upload. */
  readonly isFileKept: (id: UploadId) => boolean;
  /** Finds the upload of each file among those waiting for one, whatever its name is now. */
  readonly match: (
    files: readonly PickedFile[],
    waiting: readonly UploadId[],
  ) => Promise<ReadonlyMap<PickedFile, UploadId>>;
}

/** Dependencies of `createJournal`. */
export interface JournalOptions extends Pick<ResilientStoreOptions, 'owner' | 'openStore' | 'createLeases'> {
  /** Bytes of files that may be stored. */
  readonly readBudget: () => Promise<number>;
  readonly fingerprintOf: (file: Blob) => Promise<Fingerprint>;
  readonly runtime: Runtime;
  /** Default: none. */
  readonly channel?: JournalChannel | undefined;
  /** Called with uploads claimed by another frame. */
  readonly onLost: (ids: readonly UploadId[]) => void;
}

/** Creates a journal. It gathers entries in memory and writes them once it is opened. */
export function createJournal(options: JournalOptions): Journal {
  const { owner, openStore, createLeases, readBudget, fingerprintOf, runtime, channel, onLost } = options;
  const state = createStateStore<JournalState>({ kind: 'opening', ...EMPTY_INVENTORY });
  let hasNotified = false;
  /** Uploads whose bytes are not stored, although they are still needed. */
  const dropped = new Set<UploadId>();

  const backend = createResilientStore({
    owner,
    openStore,
    createLeases,
    runtime,
    ownIds: () => recorder.batchIds(),
    writtenIds: () => recorder.writtenIds(),
    onKindChange(kind) {
      state.setState((before) => ({ ...before, kind, ...(kind === 'memory' && EMPTY_INVENTORY) }));
      if (kind === 'memory') recorder.rewrite();
    },
  });
  const keeper = createFileKeeper({
    runtime,
    readBudget,
    fingerprintOf,
    keepFile: backend.keepFile,
    isNeeded: (id) => !dropped.has(id) && isNeeded(recorder.find(id)),
    onKept: (id, facts) => recorder.updateKeptFile(id, facts),
    dropFile: (batchId, id) => backend.dropFiles(batchId, [id]),
  });
  const recorder = createRecorder({
    owner,
    runtime,
    write: backend.write,
    onFile: keeper.keep,
    onFileDone(batchId, ids) {
      for (const id of ids) keeper.dropped(id);
      backend.dropFiles(batchId, ids);
    },
    onLost,
  });
  const inventory = createInventory({ owner, runtime, backend, state });
  const { adopt } = recorder;
  runtime.onFreeze((isFrozen) => {
    if (!isFrozen) recorder.checkOwnership();
  });

  return {
    state,
    update: recorder.update,
    updateSession: recorder.updateSession,
    discard: recorder.discard,
    whenCreated: recorder.whenCreated,
    whenFlushed: recorder.whenFlushed,
    flush: recorder.flush,
    refresh: inventory.refresh,
    claim: createClaims({ owner, backend, inventory, adopt, channel, onLost }),

    dropFile(id) {
      dropped.add(id);
      recorder.dropFile(id);
    },

    updateFile(id, source) {
      dropped.delete(id);
      recorder.updateFile(id, source);
    },

    create(uploads, sources) {
      recorder.create(uploads, sources);
      // Other frames watch only owners they have seen.
      if (!hasNotified) void recorder.whenCreated(uploads.map(({ id }) => id)).then(() => channel?.notify());
      hasNotified = true;
    },

    async open(partition) {
      if (!(await backend.open(partition))) return;
      await inventory.read();
      channel?.onNotify(inventory.refresh);
    },

    annotate: (id, note) => backend.keepFile(id, NOTE, note),

    async discardAll() {
      recorder.discardAll();
      await backend.attempt((store) => store.clear(), undefined);
      channel?.notify();
      state.setState((before) => ({ ...before, ...EMPTY_INVENTORY }));
    },

    isFileKept: (id) => backend.getKind() === 'browser' && (recorder.find(id)?.isFileKept ?? false),
    match: (files, waiting) => matchFiles(files, waiting, { find: recorder.find, fingerprintOf }),
  };
}

function isNeeded(kept: KeptUpload | undefined): boolean {
  return kept !== undefined && kept.stage !== 'linked' && kept.reference === undefined;
}
