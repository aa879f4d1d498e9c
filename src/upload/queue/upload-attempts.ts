import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { isOverload } from '../../base/problem-traits';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStore } from '../../base/store';
import type {
  FileToSend,
  FileTransfer,
  PauseReason,
  Phase,
  PickedFile,
  Transport,
  Upload,
  UploadId,
  UploadReference,
  UploadSession,
} from '../upload';
import type { UploadJournal } from '../upload-journal';
import type { ConcurrencyLimiter, Slot } from './adaptive-concurrency';
import type { UploadStore } from './upload-store';

/** Events of the gate. */
export type GateAction =
  | { readonly type: 'went-offline' }
  | { readonly type: 'came-online' }
  /** The person overrides the pause. */
  | { readonly type: 'overridden' }
  | { readonly type: 'throttled'; readonly until: number }
  /** The pause until this time has passed. */
  | { readonly type: 'waited'; readonly until: number }
  /** All requests would fail. The next check is at `until`. */
  | { readonly type: 'held'; readonly hold: Hold }
  /** A check has reached the server. */
  | { readonly type: 'reached' };

/** A pause that ends with a successful check. */
export type Hold = Extract<PauseReason, { reason: 'signed-out' | 'unreachable' }>;

/** Whether the queue is paused until a check succeeds. */
export function isHeld(pause: PauseReason): pause is Hold {
  return pause.reason === 'signed-out' || pause.reason === 'unreachable';
}

/** The gate is open. */
export const OPEN: PauseReason = { reason: 'nothing' };

/** Offline takes precedence over a hold, a hold over throttling; the longest `Retry-After` wins. */
export function reduceGate(state: PauseReason, action: GateAction): PauseReason {
  const until = 'until' in state ? state.until : undefined;
  switch (action.type) {
    case 'went-offline':
      if (state.reason === 'offline') return state;
      return isHeld(state) ? { reason: 'offline' } : { ...state, reason: 'offline' };
    case 'came-online':
      if (state.reason !== 'offline') return state;
      return until === undefined ? OPEN : { reason: 'throttled', until };
    case 'overridden':
      return OPEN;
    case 'held':
      return state.reason === 'offline' ? state : action.hold;
    case 'reached':
      return isHeld(state) ? OPEN : state;
    case 'throttled':
      if (isHeld(state)) return state;
      if (until !== undefined && until >= action.until) return state;
      return { reason: state.reason === 'offline' ? 'offline' : 'throttled', until: action.until };
    case 'waited':
      if (isHeld(state) || until !== action.until) return state;
      return state.reason === 'offline' ? { reason: 'offline' } : OPEN;
  }
}

/** Pauses and resumes the whole queue. */
export interface QueueGate extends ReadonlyStore<PauseReason> {
  readonly dispatch: (action: GateAction) => void;
  readonly isOpen: () => boolean;
  /** Resolves when the gate is open, or `signal` is aborted. */
  readonly waitUntilOpen: (signal: AbortSignal) => Promise<void>;
  /** Resolves the promises of `waitUntilOpen`, if the gate is open. */
  readonly releaseWaiters: () => void;
  /** Pauses for `delayMs`, then calls `onOver`. */
  readonly throttle: (delayMs: number, onOver: () => void) => void;
}

/** Creates an open gate. */
export function createQueueGate({ now, setTimer }: Runtime): QueueGate {
  const store = createStore(reduceGate, OPEN);
  const waiters: (() => void)[] = [];
  const isOpen = (): boolean => store.getSnapshot().reason === 'nothing';

  return {
    ...store,
    isOpen,

    waitUntilOpen(signal) {
      if (isOpen()) return Promise.resolve();
      return new Promise((resolve) => {
        waiters.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
    },

    releaseWaiters() {
      if (isOpen()) for (const resolve of waiters.splice(0)) resolve();
    },

    throttle(delayMs, onOver) {
      const until = now() + delayMs;
      store.dispatch({ type: 'throttled', until });
      setTimer(delayMs, () => {
        store.dispatch({ type: 'waited', until });
        onOver();
      });
    },
  };
}

/** Checks of a file before and after it is sent. */
export interface FileGuard {
  /** Called with each file, before its turn. */
  readonly track: (file: PickedFile) => void;
  /** Called before an attempt. Rejects if the file is unreadable. */
  readonly prepare: (file: PickedFile) => Promise<void>;
  /** Called after the last byte. Rejects if the file has changed since it was picked. */
  readonly verify: (file: PickedFile) => Promise<void>;
}

/** Dependencies of `createUploadAttempts`. */
export interface UploadAttemptsOptions {
  readonly store: UploadStore;
  readonly gate: QueueGate;
  readonly limiter: ConcurrencyLimiter;
  readonly transport: Transport;
  readonly guard: FileGuard;
  readonly journal: UploadJournal;
  /** Called after a failed attempt. */
  readonly onFailed: (id: UploadId, phase: Phase, problem: Problem) => void;
  /** Called after the end of an attempt, unless it was aborted; its slot is free by then. */
  readonly onEnd: () => void;
}

/** Facts about the bytes of an upload. */
export interface FileFactsOfUpload extends Pick<FileToSend, 'isOneOfMany' | 'session'> {
  /** Whether the bytes come from the copy in the journal. */
  readonly isStoredCopy: boolean;
}

/** Files of uploads and the attempts to send them. */
export interface UploadAttempts {
  readonly addFile: (id: UploadId, file: PickedFile, facts: FileFactsOfUpload) => void;
  /** Remembers the upload session of another frame. */
  readonly addSession: (id: UploadId, session: UploadSession) => void;
  readonly sessionOf: (id: UploadId) => UploadSession | undefined;
  /** Returns the bytes of an upload, until they are discarded. */
  readonly sourceOf: (id: UploadId) => Blob | undefined;
  /** Starts an attempt. Returns whether the file is there. */
  readonly start: (upload: Upload) => boolean;
  /** Ids of uploads with an attempt in progress. */
  readonly running: () => readonly UploadId[];
  /** Aborts attempts. The caller has updated their state in the store. */
  readonly abort: (ids: readonly UploadId[]) => void;
  /** Drops the files of uploads. */
  readonly discard: (ids: readonly UploadId[]) => void;
}

interface LocalFile {
  readonly file: PickedFile;
  readonly isStoredCopy: boolean;
  readonly transfer: FileTransfer;
  running?: AbortController;
}

/** Creates attempts without files. */
export function createUploadAttempts(options: UploadAttemptsOptions): UploadAttempts {
  const { store, gate, limiter, transport, guard, journal, onFailed, onEnd } = options;
  const files = new Map<UploadId, LocalFile>();
  const sessions = new Map<UploadId, UploadSession>();

  async function run(id: UploadId, local: LocalFile, slot: Slot, signal: AbortSignal): Promise<void> {
    let phase: Phase = 'preparing';
    try {
      store.dispatch({ type: 'preparing', id });
      await journal.whenCreated([id]);
      await guard.prepare(local.file);
      await gate.waitUntilOpen(signal);
      signal.throwIfAborted();
      phase = 'uploading';
      store.dispatch({ type: 'started', id });
      const reference = await send(id, local, slot, signal);
      if (!local.isStoredCopy) await guard.verify(local.file);
      signal.throwIfAborted();
      store.dispatch({ type: 'uploaded', id, reference });
    } catch (error) {
      // The caller of `abort` has updated the store; an abort from elsewhere is a failure.
      if (signal.aborted) return;
      const problem = toProblem(error);
      if (isOverload(problem)) slot.recordOverload();
      if (problem.kind === 'file-unreadable' && local.isStoredCopy) store.dispatch({ type: 'file-lost', id });
      else onFailed(id, phase, problem);
    }
    slot.release();
    delete local.running;
    onEnd();
  }

  async function send(
    id: UploadId,
    { transfer, file }: LocalFile,
    slot: Slot,
    signal: AbortSignal,
  ): Promise<UploadReference> {
    let delivered = store.find(id)?.acceptedNow ?? 0;
    const deliver = (bytesAccepted: number): void => {
      if (bytesAccepted > delivered) slot.recordDelivery(bytesAccepted - delivered);
      delivered = bytesAccepted;
    };
    const reference = await transfer.run({
      signal,
      waitUntilOpen: () => gate.waitUntilOpen(signal),
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
    if (file.size === 0) slot.recordDelivery(0);
    else deliver(file.size);
    return reference;
  }

  return {
    addFile(id, file, { isStoredCopy, ...facts }) {
      const { name, size, source, comment, volumeBytes } = file;
      guard.track(file);
      const transfer = transport.begin({ name, size, source, comment, volumeBytes, ...facts });
      files.set(id, { file, isStoredCopy, transfer });
    },

    addSession: (id, session) => void sessions.set(id, session),
    sessionOf: (id) => sessions.get(id),
    sourceOf: (id) => files.get(id)?.file.source,

    start({ id, file: { size } }) {
      const local = files.get(id);
      if (!local) return false;
      const controller = new AbortController();
      local.running = controller;
      const slot = limiter.acquire(size);
      // An abort frees the slot at once; the request may take a moment to end.
      controller.signal.addEventListener('abort', () => slot.release());
      void run(id, local, slot, controller.signal);
      return true;
    },

    running: () => [...files].flatMap(([id, { running }]) => (running ? [id] : [])),

    abort(ids) {
      for (const id of ids) {
        const local = files.get(id);
        local?.running?.abort();
        delete local?.running;
      }
    },

    discard(ids) {
      for (const id of ids) {
        files.delete(id);
        sessions.delete(id);
      }
    },
  };
}
