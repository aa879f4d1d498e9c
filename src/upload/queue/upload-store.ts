import type { ReadonlyStore } from '../../base/store';
import { createNotifier } from '../../base/store';
import type { Upload, UploadId } from '../upload';
import { isOver } from '../upload-state';
import type { UploadAction } from './upload-reducer';
import { abandonDraft, reduceUpload, saveDraft } from './upload-reducer';
import type { UploadIndex, WorkItemUploads } from './upload-index';
import { createUploadIndex } from './upload-index';

/** One upload before and after an action; `undefined` if it was not in the list. */
export interface UploadChange {
  readonly before: Upload | undefined;
  readonly after: Upload | undefined;
}

/** Called with all changes of one action, after all of them were applied. */
export type ChangeListener = (changes: readonly UploadChange[], action: UploadAction) => void;

/**
 * Uploads of one frame, in sending order. Lookups by upload or work item never scan the list: it may have many thousands
 * of entries.
 */
export interface UploadStore extends ReadonlyStore<readonly Upload[]>, Omit<UploadIndex, 'update' | 'reset'> {
  readonly find: (id: UploadId) => Upload | undefined;
  readonly dispatch: (action: UploadAction) => void;
  /** Adds a listener, called at once, also in a hidden page with waiting `subscribe` listeners. */
  readonly onChange: (listener: ChangeListener) => void;
}

/** Creates an empty store. */
export function createUploadStore(): UploadStore {
  const { subscribe, notify } = createNotifier();
  const index = createUploadIndex();
  const listeners: ChangeListener[] = [];
  let uploads = new Map<UploadId, Upload>();
  let snapshot: readonly Upload[] | undefined = [];

  function dispatch(action: UploadAction): void {
    const changes = apply(action).filter(({ before, after }) => before !== after);
    const isReordered = action.type === 'moved-to-front' && moveToFront(action.id);
    if (changes.length === 0 && !isReordered) return;
    for (const change of changes) set(change);
    snapshot = undefined;
    for (const listener of listeners) listener(changes, action);
    notify();
  }

  function apply(action: UploadAction): readonly UploadChange[] {
    switch (action.type) {
      case 'added':
        return action.uploads.map((after) => ({ before: uploads.get(after.id), after }));
      case 'removed':
        return existing(action.ids)
          .filter(({ state }) => isOver(state))
          .map(removal);
      case 'evicted':
        return existing(action.ids).map(removal);
      case 'saved':
        return ofDraft(action.draftId).map((before) => ({
          before,
          after: saveDraft(before, action.workItemId),
        }));
      case 'abandoned':
        return ofDraft(action.draftId).map((before) => ({ before, after: abandonDraft(before) }));
      case 'moved-to-front':
        return [];
      default: {
        const before = uploads.get(action.id);
        return before ? [{ before, after: reduceUpload(before, action) }] : [];
      }
    }
  }

  function set({ before, after }: UploadChange): void {
    if (after) uploads.set(after.id, after);
    else if (before) uploads.delete(before.id);
    index.update(before, after);
  }

  function existing(ids: Iterable<UploadId>): readonly Upload[] {
    return [...ids].flatMap((id) => uploads.get(id) ?? []);
  }

  function ofDraft(draftId: string): readonly Upload[] {
    return [...uploads.values()].filter(
      ({ target }) => target.kind === 'draft' && target.draftId === draftId,
    );
  }

  /** Returns whether the order changed. */
  function moveToFront(id: UploadId): boolean {
    const upload = uploads.get(id);
    const first = index.queuedAt(0);
    if (upload?.state.status !== 'queued' || first === undefined || first === id) return false;
    const others = [...uploads.values()].filter((other) => other !== upload);
    const at = others.findIndex((other) => other.id === first);
    const ordered = [...others.slice(0, at), upload, ...others.slice(at)];
    uploads = new Map(ordered.map((each) => [each.id, each]));
    index.reset(ordered);
    return true;
  }

  return {
    subscribe,
    dispatch,
    getSnapshot: () => (snapshot ??= [...uploads.values()]),
    find: (id) => uploads.get(id),
    onChange: (listener) => void listeners.push(listener),
    queuedAt: index.queuedAt,
    countRetrying: index.countRetrying,
    isAnySending: index.isAnySending,
    inOrder: index.inOrder,
    forWorkItem: index.forWorkItem,
    workItemsToLink: index.workItemsToLink,
  };
}

function removal(before: Upload): UploadChange {
  return { before, after: undefined };
}

export type { WorkItemUploads };
