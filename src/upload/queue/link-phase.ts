import type { LinkableAttachment } from '../../azure/attachment';
import type { Runtime } from '../../base/runtime';
import type { Store } from '../../base/store';
import type { FileFacts, Upload, UploadId } from '../upload';
import type { UploadJournal } from '../upload-journal';
import type { UploadWith } from '../upload-state';
import { isReadyToLink, isSending, isWaitingForSave } from '../upload-state';
import type { UploadAction } from './upload-reducer';

/**
 * How long references wait for other files on their way to the same work item, in milliseconds; doubled with each
 * patch, since every patch is a revision and perhaps a mail.
 */
const WINDOW_MS = 3_000;

const LONGEST_WINDOW_MS = 60_000;

/** What the last phase of the path is made of. */
export interface LinkPhaseOptions {
  readonly uploads: Pick<Store<readonly Upload[], UploadAction>, 'getSnapshot' | 'dispatch'>;
  /** Turns references into relations of the work item. */
  readonly link: (workItemId: number, attachments: readonly LinkableAttachment[]) => Promise<LinkResult>;
  /** Whether a patch of the work item disturbs nobody now; otherwise references wait for `release`. Never rejects. */
  readonly mayLink: (workItemId: number) => Promise<boolean>;
  /** What the relation says beside the name. */
  readonly commentOf: (file: FileFacts) => string;
  /** Whether nothing holds the queue. */
  readonly mayGo: () => boolean;
  /** What is to be linked is written down before, since another frame must not upload it once more, and so is what is. */
  readonly journal: Pick<UploadJournal, 'whenFlushed'>;
  readonly runtime: Runtime;
  readonly onLinked: (id: UploadId) => void;
  /** Told of those that failed for the same reason, and when their patch was begun. */
  readonly onFailed: (ids: readonly UploadId[], error: unknown, startedAt: number) => void;
}

/** What came of linking some references. */
export interface LinkResult {
  /** Of the work item afterwards. */
  readonly revision: number;
  /** Why references are not linked, by their ids; all others are. */
  readonly failures: ReadonlyMap<string, unknown>;
}

/** The last phase of the path. */
export interface LinkPhase {
  /** Links what may be linked now. To be called whenever an upload has changed its state. */
  readonly next: () => void;
  /** Lets go what `mayLink` made wait; `at-once`: without asking it again. */
  readonly release: (workItemId: number, how: 'if-allowed' | 'at-once') => void;
}

/** The time in which references for one work item gather. */
interface Window {
  /** How many patches there were since the first of these files was ready. */
  readonly patches: number;
  readonly state: 'to-be-opened' | 'open' | 'closed';
}

/**
 * Gathers the references for a work item into few patches: one at a time, and the next takes along whatever got ready
 * meanwhile. Once no file is on its way to the item any more, nothing is waited for.
 */
export function createLinkPhase(options: LinkPhaseOptions): LinkPhase {
  const { uploads, link, mayLink, commentOf, mayGo, journal, runtime, onLinked, onFailed } = options;
  const { now, setTimer } = runtime;
  const busy = new Set<number>();
  const windows = new Map<number, Window>();
  /** Uploads that a person wants to have linked at once. */
  const urgent = new Set<UploadId>();

  function meantFor(workItemId: number): readonly Upload[] {
    return uploads
      .getSnapshot()
      .filter(({ target }) => target.kind === 'work-item' && target.id === workItemId);
  }

  function consider(workItemId: number): void {
    if (!mayGo() || busy.has(workItemId)) return;
    const all = meantFor(workItemId);
    const ready = all.filter(isReadyToLink);
    if (ready.length === 0) return;
    if (!all.some(({ state }) => isSending(state))) {
      windows.delete(workItemId);
      void linkReady(workItemId);
    } else if (ready.some(({ id }) => urgent.has(id)) || isWindowClosed(workItemId)) {
      void linkReady(workItemId);
    }
  }

  /** Opens the window if that was not done. */
  function isWindowClosed(workItemId: number): boolean {
    const { state, patches } = windows.get(workItemId) ?? { state: 'to-be-opened', patches: 0 };
    if (state === 'to-be-opened') {
      const window: Window = { state: 'open', patches };
      windows.set(workItemId, window);
      setTimer(Math.min(LONGEST_WINDOW_MS, WINDOW_MS * 2 ** patches), () => {
        if (windows.get(workItemId) !== window) return;
        windows.set(workItemId, { state: 'closed', patches });
        consider(workItemId);
      });
    }
    if (state === 'closed') windows.set(workItemId, { state: 'to-be-opened', patches: patches + 1 });
    return state === 'closed';
  }

  async function linkReady(workItemId: number): Promise<void> {
    busy.add(workItemId);
    const isUrgent = ({ id }: Upload): boolean => urgent.has(id);
    const isFree = meantFor(workItemId).filter(isReadyToLink).every(isUrgent) || (await mayLink(workItemId));
    if (mayGo()) {
      const ready = meantFor(workItemId).filter(isReadyToLink);
      const going = isFree ? ready : ready.filter(isUrgent);
      for (const upload of ready)
        if (!going.includes(upload)) uploads.dispatch({ type: 'held', id: upload.id });
      if (going.length > 0) await patch(workItemId, going);
    }
    busy.delete(workItemId);
    consider(workItemId);
  }

  async function patch(workItemId: number, chosen: ReadonlyArray<UploadWith<'uploaded'>>): Promise<void> {
    const startedAt = now();
    for (const { id } of chosen) uploads.dispatch({ type: 'linking', id });
    await journal.whenFlushed(chosen.map(({ id }) => id));
    const ours = new Set(uploads.getSnapshot().map(({ id }) => id));
    const ready = chosen.filter(({ id }) => ours.has(id));
    if (ready.length === 0) return;
    const attachments = ready.map(({ file, state: { reference } }) => {
      return { reference, name: file.name, comment: commentOf(file), size: file.size };
    });
    const failed = new Map<unknown, UploadId[]>();
    const fail = (id: UploadId, error: unknown): void => {
      failed.set(error, [...(failed.get(error) ?? []), id]);
    };
    try {
      const { revision, failures } = await link(workItemId, attachments);
      for (const { id, state } of ready) {
        if (failures.has(state.reference.id)) fail(id, failures.get(state.reference.id));
        else {
          uploads.dispatch({ type: 'linked', id, revision });
          urgent.delete(id);
          onLinked(id);
        }
      }
      // Whoever comes after this frame must not be told that they are still to be attached.
      void journal.whenFlushed(ready.map(({ id }) => id));
    } catch (error) {
      for (const { id } of ready) fail(id, error);
    }
    for (const [error, ids] of failed) onFailed(ids, error, startedAt);
  }

  return {
    next() {
      const workItemIds = uploads
        .getSnapshot()
        .flatMap(({ target, state }) =>
          target.kind === 'work-item' && state.status === 'uploaded' ? [target.id] : [],
        );
      for (const workItemId of new Set(workItemIds)) consider(workItemId);
    },

    release(workItemId, how) {
      const kept = meantFor(workItemId).filter(({ state }) => isWaitingForSave(state));
      for (const { id } of kept) {
        if (how === 'at-once') urgent.add(id);
        uploads.dispatch({ type: 'released', id });
      }
      consider(workItemId);
    },
  };
}
