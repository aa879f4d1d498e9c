import type { Problem } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import type { LinkTarget } from '../../azure/work-item';
import type {
  PauseReason,
  PickedFile,
  RejectedFile,
  SameFile,
  StoredFile,
  Upload,
  UploadId,
  UploadState,
} from '../upload';
import type { InterruptedUpload } from '../upload-journal';
import { NO_JOURNAL } from '../upload-journal';
import type { UploadJournal } from '../upload-journal';
import type { ConcurrencyLimits } from './adaptive-concurrency';
import { createConcurrencyLimiter } from './adaptive-concurrency';
import { createDraftTargets } from './draft-targets';
import type { EditHold } from './edit-hold';
import { createEditHold } from './edit-hold';
import type { LinkAccess } from './link-access';
import { createLinkAccess } from './link-access';
import { createUploads, filesToSend, initialState } from './new-upload';
import type { UploadAttempts, UploadAttemptsOptions } from './upload-attempts';
import { createQueueGate, createUploadAttempts } from './upload-attempts';
import { createUploadScheduler } from './upload-scheduler';
import type { ChangeListener, UploadStore } from './upload-store';
import { recordUploadSteps } from './upload-steps';
import { createUploadStore } from './upload-store';

/** Dependencies of `createUploadQueue`. */
export interface UploadQueueOptions extends Pick<UploadAttemptsOptions, 'transport' | 'guard'> {
  readonly runtime: Runtime;
  /** Keeps uploads beyond the life of the page. Default: none. */
  readonly journal?: UploadJournal;
  /** Prefix of upload ids, unique among frames: another frame resumes uploads under the same ids. */
  readonly idPrefix?: string;
  /**
   * Asks the service for something small, to end a pause after a sign-out or an outage. Default: none, the queue does
   * not pause then.
   */
  readonly probe?: (() => Promise<unknown>) | undefined;
  /** Default: `CONCURRENCY_LIMITS`. */
  readonly limits?: Partial<ConcurrencyLimits>;
}

/** Uploads of one frame: their order, their states, and the commands on them. */
export interface UploadQueue extends ReadonlyStore<readonly Upload[]>, EditHold {
  readonly find: UploadStore['find'];
  /** Returns the bytes of an upload, until it is linked. */
  readonly sourceOf: UploadAttempts['sourceOf'];
  /** Whether any bytes are still to be sent. */
  readonly isAnySending: () => boolean;
  /** Adds a listener, called at once after each action, also in a hidden page. */
  readonly onChange: (listener: ChangeListener) => void;
  /** Adds a listener, called when uploads or links may continue after a pause or a delay. */
  readonly onResume: (listener: () => void) => void;
  /** Why the whole queue pauses. */
  readonly pauseReason: ReadonlyStore<PauseReason>;
  /**
   * Adds the files of one drop, paste or pick. Stored files only wait for their link.
   *
   * @param isHeldBack Whether nothing is sent of a file until `setSameFile` or `reuse`. Default: of none.
   * @returns Their ids, in the order of the files.
   */
  readonly add: (
    files: readonly (PickedFile | StoredFile)[],
    target: LinkTarget,
    isHeldBack?: (file: PickedFile) => boolean,
  ) => readonly UploadId[];
  /** Continues uploads of another frame. One without its file waits for `supply`. */
  readonly restore: (interrupted: readonly InterruptedUpload[]) => void;
  /** Gives an upload its file, picked again, perhaps under another name. */
  readonly supply: (id: UploadId, source: Blob) => void;
  /** Drops uploads taken over by another frame, in any state. */
  readonly evict: (ids: readonly UploadId[]) => void;
  /** Lists files rejected by intake, so they do not disappear silently. Returns their ids, in the order of the files. */
  readonly reject: (files: readonly RejectedFile[], target: LinkTarget) => readonly UploadId[];
  /** Cancels uploads without a link attempt; after one, the relation may exist. */
  readonly cancel: (ids: readonly UploadId[]) => void;
  /** Retries failed or waiting uploads now; if only the link failed, only the link. */
  readonly retry: (ids: readonly UploadId[]) => void;
  /** Stops sending until `resume`. It continues after the last confirmed byte. */
  readonly pause: (ids: readonly UploadId[]) => void;
  /** Moves a queued upload to the front. */
  readonly moveToFront: (id: UploadId) => void;
  /** Holds the link of an upload for a question, or releases it with the answer. */
  readonly setDuplicate: (id: UploadId, duplicate: Upload['duplicate']) => void;
  /** Changes the question about a file that was held back; without one, the file is uploaded. */
  readonly setSameFile: (id: UploadId, sameFile: Upload['sameFile']) => void;
  /** Links the stored bytes of another work item instead of sending those of a file that is held back. */
  readonly reuse: (id: UploadId, file: SameFile) => void;
  /** Removes finished uploads from the list. */
  readonly remove: (ids: readonly UploadId[]) => void;
  /** Pauses the queue for `delayMs`, as the server asked. */
  readonly throttle: (delayMs: number) => void;
  /** Records a failed request of the caller, which may pause the queue; `id` identifies it among its retries. */
  readonly recordFailure: (id: string, problem: Problem) => void;
  /** Overrides the pause of the queue. */
  readonly resumeNow: () => void;
  /** Sends the uploads of a draft to its work item. */
  readonly draftSaved: (draftId: string, workItemId: number) => void;
  /** Fails the uploads of a draft after it was closed unsaved. */
  readonly draftAbandoned: (draftId: string) => void;
  readonly links: LinkAccess;
}

/** Creates an empty queue. */
export function createUploadQueue(options: UploadQueueOptions): UploadQueue {
  const { transport, guard, runtime, limits, probe, journal = NO_JOURNAL, idPrefix = '' } = options;
  const store = createUploadStore();
  const gate = createQueueGate(runtime);
  const limiter = createConcurrencyLimiter(runtime.now, limits);
  const resumeListeners: (() => void)[] = [];
  const attempts = createUploadAttempts({
    store,
    gate,
    limiter,
    transport,
    guard,
    journal,
    onFailed: (id, phase, problem) => scheduler.handleFailure([id], phase, problem),
    onEnd: () => scheduler.startNext(),
  });
  const scheduler = createUploadScheduler({
    store,
    gate,
    limiter,
    attempts,
    runtime,
    probe,
    onResume() {
      for (const listener of resumeListeners) listener();
    },
  });
  const drafts = createDraftTargets({ store, journal, onAbandoned: end });
  let lastId = 0;
  const nextId = (): string => `${idPrefix}${++lastId}`;

  recordChanges(store, journal, attempts);
  store.onChange(recordUploadSteps);

  /** Ends uploads. The caller has updated their state in the store. */
  function end(ids: readonly UploadId[]): void {
    scheduler.stop(ids);
    attempts.discard(ids);
  }

  /** Dispatches an action for each upload. Returns those with `status` afterwards. */
  function dispatchEach(ids: readonly UploadId[], type: 'cancelled' | 'paused'): readonly UploadId[] {
    for (const id of ids) store.dispatch({ type, id });
    return ids.filter((id) => store.find(id)?.state.status === type);
  }

  function evict(ids: readonly UploadId[]): void {
    store.dispatch({ type: 'evicted', ids: new Set(ids) });
    end(ids);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    find: store.find,
    sourceOf: attempts.sourceOf,
    isAnySending: store.isAnySending,
    onChange: store.onChange,
    onResume: (listener) => void resumeListeners.push(listener),
    pauseReason: gate,
    evict,
    retry: scheduler.retryNow,
    resumeNow: scheduler.override,
    recordFailure: scheduler.recordFailure,
    throttle: (delayMs) => gate.throttle(delayMs, scheduler.resume),
    setDuplicate: (id, duplicate) => store.dispatch({ type: 'duplicate-changed', id, duplicate }),
    reuse: (id, file) => store.dispatch({ type: 'reused', id, file }),
    moveToFront: (id) => store.dispatch({ type: 'moved-to-front', id }),
    cancel: (ids) => end(dispatchEach(ids, 'cancelled')),
    pause: (ids) => scheduler.stop(dispatchEach(ids, 'paused')),

    setSameFile(id, sameFile) {
      store.dispatch({ type: 'same-file-changed', id, sameFile });
      if (!sameFile) scheduler.startNext();
    },

    add(files, target, isHeldBack) {
      const isHeld = (file: PickedFile | StoredFile): boolean =>
        'source' in file && isHeldBack?.(file) === true;
      const uploads = createUploads(nextId, files, { target, stateOf: initialState, isHeldBack: isHeld });
      const ids = uploads.map(({ id }) => id);
      const toSend = filesToSend(files, ids);
      const isOneOfMany = toSend.size > 1;
      for (const [id, file] of toSend) attempts.addFile(id, file, { isOneOfMany, isStoredCopy: false });
      journal.create(uploads, new Map([...toSend].map(([id, { source }]) => [id, source])));
      store.dispatch({ type: 'added', uploads });
      if (target.kind === 'draft') drafts.apply(target.draftId);
      scheduler.startNext();
      return ids;
    },

    restore(interrupted) {
      // This frame may still list them, unaware of the takeover by another one.
      evict(interrupted.map(({ upload }) => upload.id));
      const isOneOfMany = interrupted.length > 1;
      for (const { upload, source, session } of interrupted) {
        const { id, file } = upload;
        if (session) attempts.addSession(id, session);
        if (source) attempts.addFile(id, { ...file, source }, { isOneOfMany, isStoredCopy: true, session });
      }
      store.dispatch({ type: 'added', uploads: interrupted.map(({ upload }) => upload) });
      scheduler.resume();
    },

    supply(id, source) {
      const upload = store.find(id);
      if (upload?.state.status !== 'needs-file') return;
      const session = attempts.sessionOf(id);
      attempts.addFile(id, { ...upload.file, source }, { isOneOfMany: false, isStoredCopy: false, session });
      journal.updateFile(id, source);
      store.dispatch({ type: 'supplied', id });
      scheduler.startNext();
    },

    reject(rejected, target) {
      const uploads = createUploads(nextId, rejected, { target, stateOf: rejectedState });
      store.dispatch({ type: 'added', uploads });
      return uploads.map(({ id }) => id);
    },

    remove(ids) {
      store.dispatch({ type: 'removed', ids: new Set(ids) });
      const removed = ids.filter((id) => !store.find(id));
      attempts.discard(removed);
      journal.discard(removed);
    },

    draftSaved(draftId, workItemId) {
      drafts.settle(draftId, { workItemId });
      scheduler.resume();
    },

    draftAbandoned: (draftId) => drafts.settle(draftId, 'abandoned'),

    ...createEditHold({ store, scheduler, attempts, journal }),

    links: createLinkAccess({ store, gate, limiter, scheduler, attempts, journal }),
  };
}

function rejectedState({ problem }: Pick<RejectedFile, 'problem'>): UploadState {
  return { status: 'failed', attempt: 1, phase: 'intake', problem, retryable: false };
}

/** Writes new states to the journal. Progress is too frequent for it; the transport reports sessions instead. */
function recordChanges(store: UploadStore, journal: UploadJournal, attempts: UploadAttempts): void {
  store.onChange((changes, { type }) => {
    if (type === 'progressed' || type === 'stepped' || type === 'saved' || type === 'abandoned') return;
    for (const { before, after } of changes) {
      if (before && after && before.state !== after.state) journal.update(after);
      if (after?.state.status === 'linked') attempts.discard([after.id]);
    }
  });
}
