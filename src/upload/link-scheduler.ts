import type { LinkTarget } from '../azure/work-item';
import type { Runtime } from '../base/runtime';
import type { FileToLink } from './link/replace-files';
import type { UploadChange } from './queue/upload-store';
import type { UploadQueue } from './queue/upload-queue';
import { linkablesOf } from './linkables';
import type { FileFacts, UploadId } from './upload';
import type { UploadJournal } from './upload-journal';
import type { UploadWith } from './upload-state';
import { isReadyToLink } from './upload-state';

/**
 * Gathering time for the references of one work item, in milliseconds. It doubles with each patch: every patch is a
 * revision and perhaps an email.
 */
const BATCH_WINDOW_MS = 3_000;

const MAX_BATCH_WINDOW_MS = 60_000;

/** Dependencies of `createLinkScheduler`. */
export interface LinkSchedulerOptions {
  readonly queue: Pick<UploadQueue, 'find' | 'onChange' | 'onResume' | 'links'>;
  /** Adds relations to the work item. */
  readonly link: (workItemId: number, attachments: readonly FileToLink[]) => Promise<LinkResult>;
  /** Whether a patch would disturb no unsaved edits; otherwise references wait for `release`. Never rejects. */
  readonly canLink: (workItemId: number) => Promise<boolean>;
  /** Comment of the relation. */
  readonly commentOf: (file: FileFacts) => string;
  /** Written before and after each patch: another frame must not upload or link the files again. */
  readonly journal: Pick<UploadJournal, 'whenFlushed'>;
  readonly runtime: Runtime;
}

/** Result of linking one batch. */
export interface LinkResult {
  /** Revision of the work item afterwards. */
  readonly revision: number;
  /** Errors by id of the reference; all other references are linked. */
  readonly failures: ReadonlyMap<string, unknown>;
}

/** Links uploads as they arrive. */
export interface LinkScheduler {
  /** Releases uploads held by `canLink`. `at-once`: without asking it again. */
  readonly release: (workItemId: number, how: 'if-allowed' | 'at-once') => void;
}

/** Gathering time for the references of one work item. */
interface BatchWindow {
  /** Patches since the first of these files was ready. */
  readonly patches: number;
  readonly state: 'pending' | 'open' | 'closed';
}

type ReadyUpload = UploadWith<'uploaded'>;

/**
 * Subscribes to the queue and links its uploads with few patches: one at a time per work item, and the next one takes
 * all references ready by then. Nothing waits once no other file is on its way to the work item.
 */
export function createLinkScheduler(options: LinkSchedulerOptions): LinkScheduler {
  const { queue, link, canLink, commentOf, journal, runtime } = options;
  const { links } = queue;
  const busy = new Set<number>();
  const windows = new Map<number, BatchWindow>();
  /** Uploads to link at once, as a person asked. */
  const urgent = new Set<UploadId>();
  const changed = new Set<number>();

  /** Considers the work items of all changes in this task together: several files may become ready in one. */
  function considerSoon(workItemIds: Iterable<number>): void {
    const isScheduled = changed.size > 0;
    for (const id of workItemIds) changed.add(id);
    if (isScheduled || changed.size === 0) return;
    queueMicrotask(() => {
      const ids = [...changed];
      changed.clear();
      ids.forEach(consider);
    });
  }

  function readyFor(workItemId: number): readonly ReadyUpload[] {
    return links.inOrder(links.forWorkItem(workItemId).ready).flatMap((id) => {
      const upload = queue.find(id);
      return upload && isReadyToLink(upload) ? [upload] : [];
    });
  }

  function consider(workItemId: number): void {
    const { ready, sending } = links.forWorkItem(workItemId);
    if (ready.size === 0 || !links.isOpen() || busy.has(workItemId)) return;
    if (sending === 0) {
      windows.delete(workItemId);
      void linkReady(workItemId);
    } else if ([...urgent].some((id) => ready.has(id)) || isWindowClosed(workItemId)) {
      void linkReady(workItemId);
    }
  }

  /** Opens the window if it is pending. */
  function isWindowClosed(workItemId: number): boolean {
    const { state, patches } = windows.get(workItemId) ?? { state: 'pending', patches: 0 };
    if (state === 'pending') {
      const window: BatchWindow = { state: 'open', patches };
      windows.set(workItemId, window);
      runtime.setTimer(Math.min(MAX_BATCH_WINDOW_MS, BATCH_WINDOW_MS * 2 ** patches), () => {
        if (windows.get(workItemId) !== window) return;
        windows.set(workItemId, { state: 'closed', patches });
        consider(workItemId);
      });
    }
    if (state === 'closed') windows.set(workItemId, { state: 'pending', patches: patches + 1 });
    return state === 'closed';
  }

  async function linkReady(workItemId: number): Promise<void> {
    busy.add(workItemId);
    const isUrgent = ({ id }: ReadyUpload): boolean => urgent.has(id);
    const isAllowed = readyFor(workItemId).every(isUrgent) || (await canLink(workItemId));
    if (links.isOpen()) {
      const ready = readyFor(workItemId);
      const chosen = isAllowed ? ready : ready.filter(isUrgent);
      for (const upload of ready)
        if (!chosen.includes(upload)) links.dispatch({ type: 'held', id: upload.id });
      if (chosen.length > 0) await patch(workItemId, chosen);
    }
    busy.delete(workItemId);
    consider(workItemId);
  }

  async function patch(workItemId: number, chosen: readonly ReadyUpload[]): Promise<void> {
    const startedAt = runtime.now();
    for (const { id } of chosen) links.dispatch({ type: 'linking', id });
    await journal.whenFlushed(chosen.map(({ id }) => id));
    // Another frame may have taken some over in the meantime.
    const ours = chosen.filter(({ id }) => queue.find(id));
    if (ours.length === 0) return;
    const files = new Map(ours.map((upload) => [upload.id, filesOf(upload)]));
    const failed = new Map<unknown, UploadId[]>();
    const fail = (id: UploadId, error: unknown): void => {
      failed.set(error, [...(failed.get(error) ?? []), id]);
    };
    try {
      const { revision, failures } = await link(workItemId, [...files.values()].flat());
      for (const [id, ofUpload] of files) {
        const refused = ofUpload.find(({ reference }) => failures.has(reference.id));
        if (refused) fail(id, failures.get(refused.reference.id));
        else {
          links.dispatch({ type: 'linked', id, revision });
          urgent.delete(id);
        }
      }
      // Another frame must not link them again.
      void journal.whenFlushed(ours.map(({ id }) => id));
    } catch (error) {
      for (const { id } of ours) fail(id, error);
    }
    for (const [error, ids] of failed) links.fail(ids, error, startedAt);
  }

  function filesOf(upload: ReadyUpload): readonly FileToLink[] {
    const { state, duplicate } = upload;
    return linkablesOf(upload, state.reference, commentOf).map((file) => ({
      ...file,
      ...(duplicate && { replaces: duplicate.attachmentId }),
    }));
  }

  queue.onChange((changes) => considerSoon(changes.flatMap(workItemsOf)));
  queue.onResume(() => considerSoon(links.workItemsToLink()));

  return {
    release(workItemId, how) {
      const held = [...links.forWorkItem(workItemId).held];
      for (const id of held) {
        if (how === 'at-once') urgent.add(id);
        links.dispatch({ type: 'released', id });
      }
      considerSoon([workItemId]);
    },
  };
}

/** Ids of work items with a next patch affected by a change; none for progress. */
function workItemsOf({ before, after }: UploadChange): readonly number[] {
  if (
    before?.state.status === after?.state.status &&
    before?.target === after?.target &&
    before?.duplicate === after?.duplicate
  )
    return [];
  return [before?.target, after?.target].flatMap(idOf);
}

function idOf(target: LinkTarget | undefined): readonly number[] {
  return target?.kind === 'work-item' ? [target.id] : [];
}
