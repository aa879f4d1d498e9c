import type { AttachmentReference } from '../../azure/attachment';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import { isAwaitingRetry, isLinkRetryPending, isSending } from '../upload-state';
import type {
  BatchId,
  FileFacts,
  FileToSend,
  Phase,
  PickedFile,
  RejectedFile,
  Sending,
  Transport,
  Upload,
  UploadId,
  UploadSession,
} from '../upload';
import type { InterruptedUpload, UploadJournal } from '../upload-journal';
import { NO_JOURNAL } from '../upload-journal';
import type { LinkTarget } from '../../azure/work-item';
import { sameTarget } from '../../azure/work-item';
import type { ReadonlyStore } from '../../base/store';
import { createStore } from '../../base/store';
import type { Hold } from './hold';
import { createHolding } from './holding';
import type { Limits } from './pace';
import type { Lane } from './lanes';
import { createLanes } from './lanes';
import type { LinkPhase, LinkPhaseOptions } from './link-phase';
import { createLinkPhase } from './link-phase';
import { nextRetry } from '../../base/retry';
import { isOverload } from '../../base/problem-traits';
import type { UploadAction } from './upload-reducer';
import { reduceUploads } from './upload-reducer';

/** What the queue is made of. */
export interface UploadQueueOptions extends Pick<LinkPhaseOptions, 'link' | 'mayLink' | 'commentOf'> {
  readonly transport: Transport;
  /** Proves that a file can be read before a connection is opened for it. Rejects when it cannot. */
  readonly prepare: (file: PickedFile) => Promise<void>;
  readonly runtime: Runtime;
  /** Keeps what must survive the page. Default: none. */
  readonly journal?: UploadJournal;
  /** What no other page begins the ids of its uploads with, so that they stay when another goes on with them. */
  readonly idPrefix?: string;
  /** How much may be under way at once. Default: `LIMITS`. */
  readonly limits?: Partial<Limits>;
}

/** All uploads of this page: what runs when, and where each stands. */
export interface UploadQueue {
  /** In the order in which they are sent. */
  readonly getSnapshot: () => readonly Upload[];
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Calls `listener` at once whenever the state of an upload has changed or nothing holds the queue any more, also in a
   * page that draws nothing since nobody sees it; progress is not told.
   */
  readonly watch: (listener: () => void) => void;
  /** Why nothing is sent just now, if so. */
  readonly hold: ReadonlyStore<Hold>;
  /** Takes the files of one drop, paste or pick, for `target`. */
  add(files: readonly PickedFile[], target: LinkTarget): void;
  /** Goes on with what another frame has left. Without its file an upload waits for `supply`. */
  readonly takeUp: (interrupted: readonly InterruptedUpload[]) => void;
  /** The file of an upload was picked again. Its name may be another by now. */
  supply(id: UploadId, source: Blob): void;
  /** Drops uploads that another frame goes on with, whatever their state. */
  readonly letGo: (ids: readonly UploadId[]) => void;
  /** Shows files that did not pass intake beside the others, so that nothing vanishes without a word. */
  reject(files: readonly RejectedFile[], target: LinkTarget): void;
  /** Stops uploads, unless a link was tried: it may be there already. Nothing follows for them. */
  readonly cancel: (ids: readonly UploadId[]) => void;
  /** Tries uploads again that failed, or that wait to be tried again; if only the link failed, only that. */
  readonly retry: (ids: readonly UploadId[]) => void;
  /** Stops sending until `resume`, which goes on where the server confirmed. */
  readonly pause: (ids: readonly UploadId[]) => void;
  readonly resume: (ids: readonly UploadId[]) => void;
  /** Lets an upload whose turn has not come be the next. */
  readonly moveToFront: (id: UploadId) => void;
  /** Takes uploads that are over off the list; others stay. */
  readonly remove: (ids: readonly UploadId[]) => void;
  /** The server asked to be left alone for so long, in milliseconds. */
  askedToWait(delayMs: number): void;
  /** Goes on whatever holds the queue, since a person knows better than a machine that says it is offline. */
  readonly goOn: () => void;
  /** Links what waits for the work item to be saved; see `LinkPhase`. */
  readonly release: LinkPhase['release'];
  /** A new work item got its number: links what was uploaded for it and sends the rest there. */
  draftSaved(draftId: string, workItemId: number): void;
  /** A new work item was closed without being saved: what was meant for it is attached to nothing. */
  draftAbandoned(draftId: string): void;
}

/** What the store does not hold: the bytes, and what is going on. */
interface Job {
  readonly file: PickedFile;
  /** Whether the bytes come from what was kept of them. */
  readonly isKept: boolean;
  readonly sending: Sending;
  /** Stops what runs now. */
  running?: AbortController;
}

/** A queue that runs uploads, tries again what passes by itself, and has links made of what has arrived. */
export function createUploadQueue(options: UploadQueueOptions): UploadQueue {
  const { transport, prepare, runtime, limits, journal = NO_JOURNAL, idPrefix = '' } = options;
  const { now, setTimer, random } = runtime;
  const list = createStore(reduceUploads, []);
  const store = { ...list, dispatch };
  const hold = createHolding(runtime);
  const { mayGo, mayGoOn } = hold;
  const lanes = createLanes(now, limits);
  const jobs = new Map<UploadId, Job>();
  const watchers: (() => void)[] = [];
  /** What the server has of files that go in chunks. */
  const sessions = new Map<UploadId, UploadSession>();
  /** What became of drafts: files from a folder that takes long to read can come after that. */
  const settledDrafts = new Map<string, { workItemId: number } | 'abandoned'>();
  const links = createLinkPhase({
    ...options,
    uploads: store,
    journal,
    mayGo,
    onLinked: (id) => forget([id]),
    onFailed(ids, error, startedAt) {
      const problem = toProblem(error);
      if (isOverload(problem)) lanes.overloaded(startedAt);
      giveUpOrWait(ids, 'linking', problem);
    },
  });
  let lastId = 0;

  const nextId = (): string => `${idPrefix}${++lastId}`;
  const find = (id: UploadId): Upload | undefined => list.getSnapshot().find((upload) => upload.id === id);

  /** Progress is heard of too often to be kept, and is told by the transport where it counts. */
  function dispatch(action: UploadAction): void {
    const isProgress = action.type === 'progressed' || action.type === 'stepped';
    const before = 'id' in action && !isProgress ? find(action.id)?.state : undefined;
    list.dispatch(action);
    const upload = before && 'id' in action ? find(action.id) : undefined;
    if (upload && upload.state !== before) journal.update(upload);
    if (!isProgress) tellWatchers();
  }

  function tellWatchers(): void {
    for (const look of watchers) look();
  }

  /** Begins whatever may begin: in the order of the list, small files past large ones that have no room. */
  function startNext(): void {
    if (!mayGo()) return;
    const uploads = store.getSnapshot();
    const waiting = uploads.filter(({ state }) => state.status === 'waiting' && isSending(state)).length;
    for (const { id, state, file } of uploads) {
      if (lanes.isFull(waiting)) return;
      if (state.status === 'queued' && lanes.hasRoom(file.size)) void run(id, file.size);
    }
  }

  async function run(id: UploadId, size: number): Promise<void> {
    const job = jobs.get(id);
    if (!job) return;
    const controller = new AbortController();
    const { signal } = controller;
    job.running = controller;
    const lane = lanes.enter(size);
    // An abort frees the lane at once, however long the request takes to notice.
    signal.addEventListener('abort', () => lane.leave());
    let phase: Phase = 'preparing';
    try {
      store.dispatch({ type: 'preparing', id });
      await journal.whenCreated([id]);
      await prepare(job.file);
      await mayGoOn(signal);
      signal.throwIfAborted();
      phase = 'uploading';
      store.dispatch({ type: 'started', id });
      const reference = await send(id, job, lane, signal);
      signal.throwIfAborted();
      store.dispatch({ type: 'uploaded', id, reference });
    } catch (error) {
      // Whoever aborted has told the store already; an abort that nobody here asked for is a failure.
      if (signal.aborted) return;
      const problem = toProblem(error);
      if (isOverload(problem)) lane.overloaded();
      if (problem.kind === 'file-unreadable' && job.isKept) store.dispatch({ type: 'file-lost', id });
      else giveUpOrWait([id], phase, problem);
    }
    lane.leave();
    delete job.running;
    startNext();
    links.next();
  }

  async function send(
    id: UploadId,
    { sending, file }: Job,
    lane: Lane,
    signal: AbortSignal,
  ): Promise<AttachmentReference> {
    let delivered = find(id)?.acceptedNow ?? 0;
    const deliver = (bytesAccepted: number): void => {
      if (bytesAccepted > delivered) lane.delivered(bytesAccepted - delivered);
      delivered = bytesAccepted;
    };
    const reference = await sending.run({
      signal,
      mayGoOn: () => mayGoOn(signal),
      onProgress(progress) {
        if (signal.aborted) return;
        deliver(progress.bytesAccepted);
        store.dispatch({ type: 'progressed', id, progress });
      },
      onStep(step) {
        if (!signal.aborted) store.dispatch({ type: 'stepped', id, step });
      },
      onSession(session) {
        if (signal.aborted) return Promise.resolve();
        if (session) sessions.set(id, session);
        else sessions.delete(id);
        journal.updateSession(id, session);
        return journal.whenFlushed([id]);
      },
    });
    if (file.size === 0) lane.delivered(0);
    else deliver(file.size);
    return reference;
  }

  /** What failed together is tried again together, once the longest of the waits is over. */
  function giveUpOrWait(ids: readonly UploadId[], phase: Phase, problem: Problem): void {
    const waiting: UploadId[] = [];
    let delayMs = 0;
    for (const id of ids) {
      const state = find(id)?.state;
      const decision = nextRetry(problem, state && 'attempt' in state ? state.attempt : 1, random);
      if (decision.action === 'stop') store.dispatch({ type: 'failed', id, phase, problem });
      else {
        waiting.push(id);
        delayMs = Math.max(delayMs, decision.delayMs);
      }
    }
    if (waiting.length === 0) return;
    const until = now() + delayMs;
    for (const id of waiting) store.dispatch({ type: 'waiting', id, phase, problem, until });
    setTimer(delayMs, () => tryAgain(waiting.filter((id) => isWaitingFor(id, until))));
  }

  /** Whether an upload waits for this very moment: a person may have been quicker than the timer. */
  function isWaitingFor(id: UploadId, until: number): boolean {
    const state = find(id)?.state;
    return state?.status === 'waiting' && state.until === until;
  }

  function isToBeTried(id: UploadId): boolean {
    const upload = find(id);
    return upload !== undefined && isAwaitingRetry(upload.state);
  }

  function tryAgain(ids: readonly UploadId[]): void {
    for (const id of ids) store.dispatch({ type: 'retried', id });
    moveOn();
  }

  /** Begins, goes on with and links whatever may be. */
  function moveOn(): void {
    hold.letGoOn();
    startNext();
    links.next();
    tellWatchers();
  }

  /** Links that failed and go on by themselves travel in one patch, also when a person is quicker than the timer. */
  function travellingWith(id: UploadId): UploadId[] {
    const upload = find(id);
    if (!upload || !isLinkRetryPending(upload.state)) return [id];
    return store
      .getSnapshot()
      .filter((other) => isLinkRetryPending(other.state) && sameTarget(other.target, upload.target))
      .map((other) => other.id);
  }

  /** Gives the files of a draft their work item, or their end, as soon as either is known. */
  function settle(draftId: string): void {
    const outcome = settledDrafts.get(draftId);
    if (outcome === undefined) return;
    if (outcome !== 'abandoned') {
      const saved = meantFor(draftId);
      store.dispatch({ type: 'saved', draftId, ...outcome });
      noteAll(saved);
      return;
    }
    const doomed = meantFor(draftId);
    store.dispatch({ type: 'abandoned', draftId });
    noteAll(doomed);
    stop(doomed);
    forget(doomed);
  }

  function meantFor(draftId: string): readonly UploadId[] {
    return store
      .getSnapshot()
      .filter(({ target }) => target.kind === 'draft' && target.draftId === draftId)
      .map(({ id }) => id);
  }

  function noteAll(ids: readonly UploadId[]): void {
    const noted = new Set(ids);
    for (const upload of store.getSnapshot()) if (noted.has(upload.id)) journal.update(upload);
  }

  /** Ends what runs for these, whose new state is in the store already, and gives their lanes to others. */
  function stop(ids: readonly UploadId[]): void {
    for (const id of ids) {
      const job = jobs.get(id);
      job?.running?.abort();
      delete job?.running;
    }
    startNext();
  }

  function park(): void {
    hold.dispatch({ type: 'went-offline' });
    const underWay = store
      .getSnapshot()
      .map(({ id }) => id)
      .filter((id) => jobs.get(id)?.running);
    for (const id of underWay) store.dispatch({ type: 'parked', id });
    stop(underWay);
  }

  /** What waited for the line goes on at once; what the server asked to wait does not. */
  function unpark(): void {
    hold.dispatch({ type: 'came-back' });
    tryAgain(
      store
        .getSnapshot()
        .filter(({ state }) => state.status === 'waiting' && state.problem.retryAfterMs === undefined)
        .map(({ id }) => id),
    );
  }

  runtime.onConnectivity((isOnline) => (isOnline ? unpark() : park()));

  function newUpload(file: FileFacts, target: LinkTarget, batchId: BatchId, state: Upload['state']): Upload {
    const { name, size, folder } = file;
    return {
      id: nextId(),
      batchId,
      target,
      file: { name, size, folder },
      state,
      progress: { bytesSent: 0, bytesAccepted: 0 },
      acceptedNow: 0,
      isLinkTried: false,
    };
  }

  function newJob(
    file: PickedFile,
    { isKept, ...facts }: Pick<FileToSend, 'isOneOfMany' | 'session'> & Pick<Job, 'isKept'>,
  ): Job {
    const { name, size, source } = file;
    return { file, isKept, sending: transport.begin({ name, size, source, ...facts }) };
  }

  /** Lets go of what the store does not hold. */
  function forget(ids: readonly UploadId[]): void {
    for (const id of ids) {
      jobs.delete(id);
      sessions.delete(id);
    }
  }

  function letGo(ids: readonly UploadId[]): void {
    store.dispatch({ type: 'let-go', ids: new Set(ids) });
    stop(ids);
    forget(ids);
    links.next();
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    watch: (listener) => void watchers.push(listener),
    hold,

    add(picked, target) {
      const batchId = nextId();
      const isOneOfMany = picked.length > 1;
      const sources = new Map<UploadId, Blob>();
      const uploads = picked.map((file) => {
        const upload = newUpload(file, target, batchId, { status: 'queued', attempt: 1 });
        jobs.set(upload.id, newJob(file, { isOneOfMany, isKept: false }));
        sources.set(upload.id, file.source);
        return upload;
      });
      journal.create(uploads, sources);
      store.dispatch({ type: 'added', uploads });
      if (target.kind === 'draft') settle(target.draftId);
      startNext();
    },

    takeUp(interrupted) {
      // This page may have had them before, and not have heard that another one took them.
      letGo(interrupted.map(({ upload }) => upload.id));
      const isOneOfMany = interrupted.length > 1;
      for (const { upload, source, session } of interrupted) {
        const { id, file } = upload;
        if (session) sessions.set(id, session);
        if (source) jobs.set(id, newJob({ ...file, source }, { isOneOfMany, isKept: true, session }));
      }
      store.dispatch({ type: 'added', uploads: interrupted.map(({ upload }) => upload) });
      moveOn();
    },

    supply(id, source) {
      const upload = find(id);
      if (upload?.state.status !== 'needs-file') return;
      const file = { ...upload.file, source };
      jobs.set(id, newJob(file, { isOneOfMany: false, isKept: false, session: sessions.get(id) }));
      journal.updateFile(id, source);
      store.dispatch({ type: 'supplied', id });
      startNext();
    },

    letGo,

    reject(rejected, target) {
      const batchId = nextId();
      const uploads = rejected.map((file) =>
        newUpload(file, target, batchId, {
          status: 'failed',
          attempt: 1,
          phase: 'intake',
          problem: file.problem,
          retryable: false,
        }),
      );
      store.dispatch({ type: 'added', uploads });
    },

    cancel(ids) {
      for (const id of ids) store.dispatch({ type: 'cancelled', id });
      const cancelled = ids.filter((id) => find(id)?.state.status === 'cancelled');
      stop(cancelled);
      forget(cancelled);
      links.next();
    },

    retry(ids) {
      // Who wants it tried now does not want to hear that it has to wait.
      const isAsked = hold.getSnapshot().reason === 'asked-to-wait';
      if (isAsked && ids.some(isToBeTried)) hold.dispatch({ type: 'lifted' });
      tryAgain(ids.flatMap(travellingWith));
    },

    pause(ids) {
      for (const id of ids) store.dispatch({ type: 'paused', id });
      const paused = ids.filter((id) => find(id)?.state.status === 'paused');
      stop(paused);
      links.next();
    },

    resume(ids) {
      for (const id of ids) store.dispatch({ type: 'resumed', id });
      startNext();
    },

    moveToFront(id) {
      store.dispatch({ type: 'moved-to-front', id });
    },

    remove(ids) {
      store.dispatch({ type: 'removed', ids: new Set(ids) });
      const removed = ids.filter((id) => !find(id));
      forget(removed);
      journal.discard(removed);
    },

    askedToWait: (delayMs) => hold.askedToWait(delayMs, moveOn),

    goOn() {
      hold.dispatch({ type: 'lifted' });
      unpark();
    },

    release: links.release,

    draftSaved(draftId, workItemId) {
      settledDrafts.set(draftId, { workItemId });
      settle(draftId);
      moveOn();
    },

    draftAbandoned(draftId) {
      settledDrafts.set(draftId, 'abandoned');
      settle(draftId);
    },
  };
}
