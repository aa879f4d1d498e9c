import PQueue from 'p-queue';
import type { AttachmentReference, LinkableAttachment } from '../model/attachment';
import type { Problem } from '../model/errors';
import { toProblem } from '../model/errors';
import { isSending } from '../model/upload';
import type {
  BatchId,
  FileFacts,
  Phase,
  PickedFile,
  RejectedFile,
  Transport,
  Upload,
  UploadId,
} from '../model/upload';
import type { LinkTarget } from '../model/work-item';
import { createStore } from '../model/store';
import { reduceUploads } from './upload-reducer';

/** What the queue is made of. */
export interface UploadQueueOptions {
  readonly transport: Transport;
  /** Proves that a file can be read before a connection is opened for it. Rejects when it cannot. */
  readonly prepare: (file: PickedFile) => Promise<void>;
  /** Turns the files of a batch into relations of the work item, all in one go. */
  readonly link: (workItemId: number, attachments: readonly LinkableAttachment[]) => Promise<LinkResult>;
  /** What the relation says beside the name. */
  readonly commentOf: (file: FileFacts) => string;
  /** See `createStore`. */
  readonly announce: (tell: () => void) => void;
  /** Uploads at a time. Default 5: browsers open six connections to a server, and one is left for the link. */
  readonly concurrency?: number;
}

/** The work item after its links were made. */
export interface LinkResult {
  readonly revision: number;
}

/** All uploads of this page: what runs when, and where each stands. */
export interface UploadQueue {
  readonly getSnapshot: () => readonly Upload[];
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes the files of one drop, paste or pick; they are linked to `target` together. */
  add(files: readonly PickedFile[], target: LinkTarget): void;
  /** Shows files that did not pass intake beside the others, so that nothing vanishes without a word. */
  reject(files: readonly RejectedFile[], target: LinkTarget): void;
  /** Stops an upload unless its link is already being made. Nothing follows for it. */
  readonly cancel: (id: UploadId) => void;
  /** Tries a failed upload again; if only its link failed, only that. */
  readonly retry: (id: UploadId) => void;
  /** Stops sending until `resume`; a simple upload then begins anew. */
  pause(id: UploadId): void;
  resume(id: UploadId): void;
  /** Takes uploads that are over off the list; others stay. */
  readonly remove: (ids: Iterable<UploadId>) => void;
  /** A new work item got its number: links what was uploaded for it and sends the rest there. */
  draftSaved(draftId: string, workItemId: number): void;
  /** A new work item was closed without being saved: what was meant for it is attached to nothing. */
  draftAbandoned(draftId: string): void;
}

/** A queue that runs uploads and links each batch once all its files are there. */
export function createUploadQueue(options: UploadQueueOptions): UploadQueue {
  const { transport, prepare, link, commentOf, announce, concurrency = 5 } = options;
  const store = createStore(reduceUploads, [], announce);
  const slots = new PQueue({ concurrency });
  const files = new Map<UploadId, PickedFile>();
  const running = new Map<UploadId, AbortController>();
  /** What became of drafts: files from a folder that takes long to read can come after that. */
  const settledDrafts = new Map<string, { workItemId: number } | 'abandoned'>();
  let lastId = 0;

  const nextId = (): string => String(++lastId);
  const find = (id: UploadId): Upload | undefined => store.getSnapshot().find((upload) => upload.id === id);

  function fail(id: UploadId, phase: Phase, problem: Problem): void {
    store.dispatch({ type: 'failed', id, phase, problem });
  }

  async function run(id: UploadId): Promise<void> {
    const file = files.get(id);
    if (!file) return;
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    try {
      await slots.add(() => upload(id, file, signal), { signal });
    } catch (error) {
      // Whoever aborted has told the store already; an abort that nobody here asked for is a failure.
      if (!signal.aborted) fail(id, 'uploading', toProblem(error));
    }
    if (running.get(id) === controller) running.delete(id);
    releaseBatchOf(id);
  }

  async function upload(id: UploadId, file: PickedFile, signal: AbortSignal): Promise<void> {
    store.dispatch({ type: 'preparing', id });
    try {
      await prepare(file);
    } catch (error) {
      if (!signal.aborted) fail(id, 'preparing', toProblem(error));
      return;
    }
    if (signal.aborted) return;
    store.dispatch({ type: 'started', id });
    const reference = await transport.send(file, {
      signal,
      onProgress(progress) {
        if (!signal.aborted) store.dispatch({ type: 'progressed', id, ...progress });
      },
    });
    signal.throwIfAborted();
    store.dispatch({ type: 'uploaded', id, reference });
  }

  function releaseBatchOf(id: UploadId): void {
    const upload = find(id);
    if (upload) void linkBatch(upload.batchId);
  }

  /** Links what a batch has ready, once none of its files is on its way any more. */
  async function linkBatch(batchId: BatchId): Promise<void> {
    const batch = store.getSnapshot().filter((upload) => upload.batchId === batchId);
    if (batch.some(({ state }) => isSending(state))) return;
    const ready = batch.flatMap((upload) => {
      const { target, state, file, id } = upload;
      if (state.status !== 'uploaded' || target.kind !== 'work-item') return [];
      return [{ id, workItemId: target.id, attachment: linkable(file, state.reference) }];
    });
    const first = ready[0];
    if (!first) return;

    for (const { id } of ready) store.dispatch({ type: 'linking', id });
    try {
      const attachments = ready.map(({ attachment }) => attachment);
      const { revision } = await link(first.workItemId, attachments);
      for (const { id } of ready) {
        store.dispatch({ type: 'linked', id, revision });
        files.delete(id);
      }
    } catch (error) {
      for (const { id } of ready) fail(id, 'linking', toProblem(error));
    }
  }

  function failedLinksOf(batchId: BatchId): UploadId[] {
    return store
      .getSnapshot()
      .filter(
        (upload) => upload.batchId === batchId && upload.state.status === 'failed' && upload.state.reference,
      )
      .map(({ id }) => id);
  }

  /** Gives the files of a draft their work item, or their end, as soon as either is known. */
  function settle(draftId: string): void {
    const outcome = settledDrafts.get(draftId);
    if (outcome === undefined) return;
    if (outcome !== 'abandoned') {
      store.dispatch({ type: 'saved', draftId, ...outcome });
      return;
    }
    for (const { id, target } of store.getSnapshot()) {
      if (target.kind !== 'draft' || target.draftId !== draftId) continue;
      stop(id);
      files.delete(id);
    }
    store.dispatch({ type: 'abandoned', draftId });
  }

  function linkable(file: FileFacts, reference: AttachmentReference): LinkableAttachment {
    return { reference, name: file.name, comment: commentOf(file), size: file.size };
  }

  function stop(id: UploadId): void {
    running.get(id)?.abort();
    running.delete(id);
  }

  function newUpload(file: FileFacts, target: LinkTarget, batchId: BatchId, state: Upload['state']): Upload {
    const { name, size, folder } = file;
    return { id: nextId(), batchId, target, file: { name, size, folder }, state };
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    add(picked, target) {
      const batchId = nextId();
      const uploads = picked.map((file) => {
        const upload = newUpload(file, target, batchId, { status: 'queued', attempt: 1 });
        files.set(upload.id, file);
        return upload;
      });
      store.dispatch({ type: 'added', uploads });
      if (target.kind === 'draft') settle(target.draftId);
      for (const { id } of uploads) void run(id);
    },

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

    cancel(id) {
      store.dispatch({ type: 'cancelled', id });
      if (find(id)?.state.status !== 'cancelled') return;
      stop(id);
      files.delete(id);
      releaseBatchOf(id);
    },

    retry(id) {
      const upload = find(id);
      if (upload?.state.status !== 'failed') return;
      // What one patch failed to link is linked by one patch again.
      const again = upload.state.reference ? failedLinksOf(upload.batchId) : [id];
      for (const each of again) store.dispatch({ type: 'retried', id: each });
      if (find(id)?.state.status === 'queued') void run(id);
      else void linkBatch(upload.batchId);
    },

    pause(id) {
      store.dispatch({ type: 'paused', id });
      if (find(id)?.state.status !== 'paused') return;
      stop(id);
    },

    resume(id) {
      store.dispatch({ type: 'resumed', id });
      if (find(id)?.state.status === 'queued') void run(id);
    },

    remove(ids) {
      const known = new Set(ids);
      store.dispatch({ type: 'removed', ids: known });
      for (const id of known) if (!find(id)) files.delete(id);
    },

    draftSaved(draftId, workItemId) {
      settledDrafts.set(draftId, { workItemId });
      settle(draftId);
      for (const batchId of new Set(store.getSnapshot().map((upload) => upload.batchId)))
        void linkBatch(batchId);
    },

    draftAbandoned(draftId) {
      settledDrafts.set(draftId, 'abandoned');
      settle(draftId);
    },
  };
}
