import { firstIndexWhere } from '../../base/bisect';
import type { ReadonlyStore } from '../../base/store';
import { createNotifier } from '../../base/store';
import type { Upload, UploadId } from '../upload';
import { isHeldBack, isOver, isReadyToLink, isSending, isWaitingForSave } from '../upload-state';
import type { UploadAction } from './upload-reducer';
import { abandonDraft, reduceUpload, saveDraft } from './upload-reducer';

/** Uploads to one work item, as far as its next patch depends on them. */
export interface WorkItemUploads {
  /** Uploaded, not linked yet. */
  readonly ready: ReadonlySet<UploadId>;
  /** Waiting for a save of the work item. */
  readonly held: ReadonlySet<UploadId>;
  /** Uploads with bytes still to be sent. */
  readonly sending: number;
}

/** Answers questions about the list of uploads without a scan; updated with each change. */
export interface UploadIndex {
  /** Id of the upload at this place in the queue, 0-based. */
  readonly queuedAt: (at: number) => UploadId | undefined;
  /** Number of uploads waiting for a retry after a failed attempt to send. */
  readonly countRetrying: () => number;
  /** Whether any bytes are still to be sent. */
  readonly isAnySending: () => boolean;
  readonly forWorkItem: (workItemId: number) => WorkItemUploads;
  /** Ids of work items with uploads to link, in the order of the list. */
  readonly workItemsToLink: () => readonly number[];
  /** Sorts ids by the order of the list. */
  readonly inOrder: (ids: Iterable<UploadId>) => readonly UploadId[];
  readonly update: (before: Upload | undefined, after: Upload | undefined) => void;
  /** Rebuilds the index after a change of the order. */
  readonly reset: (uploads: readonly Upload[]) => void;
}

interface MutableItem {
  readonly ready: Set<UploadId>;
  readonly held: Set<UploadId>;
  sending: number;
}

const NO_UPLOADS: WorkItemUploads = { ready: new Set(), held: new Set(), sending: 0 };

/** Creates an empty index. */
function createUploadIndex(): UploadIndex {
  /** Place of each upload in the list; the numbers ascend with gaps. */
  let places = new Map<UploadId, number>();
  let queued: UploadId[] = [];
  let items = new Map<number, MutableItem>();
  let sending = 0;
  let retrying = 0;
  let nextPlace = 0;

  const placeOf = (id: UploadId): number => places.get(id) ?? Infinity;

  /** First position in `queued` not before `place`. */
  const positionOf = (place: number): number =>
    firstIndexWhere(queued.length, (at) => placeOf(queued[at] ?? '') >= place);

  function itemOf(workItemId: number): MutableItem {
    const item = items.get(workItemId) ?? { ready: new Set(), held: new Set(), sending: 0 };
    items.set(workItemId, item);
    return item;
  }

  function remove(upload: Upload): void {
    const { id, state, target } = upload;
    if (isInQueue(upload)) queued.splice(positionOf(placeOf(id)), 1);
    if (isSending(state)) sending--;
    if (isSending(state) && state.status === 'waiting') retrying--;
    if (target.kind !== 'work-item') return;
    const item = itemOf(target.id);
    if (delaysLinks(upload)) item.sending--;
    item.ready.delete(id);
    item.held.delete(id);
    if (item.sending === 0 && item.ready.size === 0 && item.held.size === 0) items.delete(target.id);
  }

  function add(upload: Upload): void {
    const { id, state, target } = upload;
    if (!places.has(id)) places.set(id, nextPlace++);
    if (isInQueue(upload)) queued.splice(positionOf(placeOf(id)), 0, id);
    if (isSending(state)) sending++;
    if (isSending(state) && state.status === 'waiting') retrying++;
    if (target.kind !== 'work-item') return;
    const isReady = isReadyToLink(upload);
    const isHeld = isWaitingForSave(state);
    if (!isReady && !isHeld && !delaysLinks(upload)) return;
    const item = itemOf(target.id);
    if (delaysLinks(upload)) item.sending++;
    if (isReady) item.ready.add(id);
    if (isHeld) item.held.add(id);
  }

  return {
    queuedAt: (at) => queued[at],
    countRetrying: () => retrying,
    isAnySending: () => sending > 0,
    forWorkItem: (workItemId) => items.get(workItemId) ?? NO_UPLOADS,
    workItemsToLink: () =>
      [...items]
        .filter(([, { ready }]) => ready.size > 0)
        .map(([id, { ready }]) => ({ id, place: Math.min(...[...ready].map(placeOf)) }))
        .sort((a, b) => a.place - b.place)
        .map(({ id }) => id),

    inOrder: (ids) => [...ids].sort((a, b) => placeOf(a) - placeOf(b)),

    update(before, after) {
      if (before && after && isSamePlace(before, after)) return;
      if (before) remove(before);
      if (after) add(after);
      else if (before) places.delete(before.id);
    },

    reset(uploads) {
      places = new Map();
      queued = [];
      items = new Map();
      sending = retrying = nextPlace = 0;
      for (const upload of uploads) add(upload);
    },
  };
}

/** Whether a change moves an upload nowhere, as progress does. */
function isSamePlace(before: Upload, after: Upload): boolean {
  return (
    before.state.status === after.state.status &&
    isSending(before.state) === isSending(after.state) &&
    before.target === after.target &&
    before.duplicate === after.duplicate &&
    isHeldBack(before) === isHeldBack(after)
  );
}

/** Whether an upload starts when its turn comes. */
function isInQueue(upload: Upload): boolean {
  return upload.state.status === 'queued' && !isHeldBack(upload);
}

/** Whether links of other files wait a little for its bytes. A question may stay open for long. */
function delaysLinks(upload: Upload): boolean {
  return isSending(upload.state) && !isHeldBack(upload);
}

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
