import { createLatest } from '../base/async';
import { toProblem } from '../base/errors';
import { retry } from '../base/retry';
import type { Runtime } from '../base/runtime';
import type { WorkItem } from '../azure/work-item';
import type { Attachments } from './attachments';
import type { GalleryStore } from './gallery-state';
import type { KnownAdditions } from './read-files';
import { readFiles } from './read-files';
import { loadForSplitFiles } from './split/load-split-tools';
import { withItemRead, withTextsRead } from './state-changes';

/** Attempts to read the texts: the list is complete without them. */
const TEXT_ATTEMPTS = 3;

/** Reads the attached files into the state of one gallery. */
export interface GalleryReads {
  /** Reads the work item in the form, with its relatives if requested. */
  readonly readAgain: () => void;
  /** Receives a work item read by another component of the frame. Ignores other items and older revisions. */
  readonly onRead: (workItem: WorkItem) => void;
  /** Subscribes to the reads of the work item in the form, beginning with the last one. */
  readonly followReads: (listener: (workItem: WorkItem) => void) => void;
  /** Ignores a read in progress, and forgets the last work item. */
  readonly reset: () => void;
}

/** Dependencies of `createGalleryReads`. */
export interface GalleryReadsOptions {
  readonly store: GalleryStore;
  readonly attachments: Attachments;
  readonly runtime: Runtime;
}

/** Starts without a read. */
export function createGalleryReads({ store, attachments, runtime }: GalleryReadsOptions): GalleryReads {
  const { change } = store;
  const startRead = createLatest();
  let known: KnownAdditions = new Map();
  /** Latest known revision of the work item in the form. */
  let revision = 0;
  /** The same work item as it was last read. */
  let openItem: WorkItem | undefined;
  const listeners: ((workItem: WorkItem) => void)[] = [];

  async function readItem(workItemId: number): Promise<WorkItem> {
    const workItem = await attachments.read(workItemId);
    await loadForSplitFiles(store, [workItem]);
    if (workItemId !== store.getSnapshot().workItemId) return workItem;
    revision = Math.max(revision, workItem.revision);
    openItem = workItem;
    for (const listener of listeners) listener(workItem);
    return workItem;
  }

  async function readMany(ids: readonly number[]): Promise<ReadonlyMap<number, WorkItem>> {
    const items = await attachments.readMany(ids);
    await loadForSplitFiles(store, [...items.values()]);
    return items;
  }

  function show(workItem: WorkItem): void {
    const { status, workItemId, isFolded } = store.getSnapshot();
    if (status !== 'open' || workItem.id !== workItemId || workItem.revision < revision) return;
    revision = workItem.revision;
    // A read for the strip alone has nothing to add.
    if (isFolded) startRead();
    store.dispatch(withItemRead(workItem, known.get(workItemId)));
  }

  async function read(workItemId: number): Promise<void> {
    const isLatest = startRead();
    const isWanted = (): boolean => isLatest() && store.getSnapshot().workItemId === workItemId;
    const { withFamily } = store.getSnapshot();
    const readOnce = async (): Promise<void> => {
      if (!isWanted()) return;
      try {
        await readFiles(
          { ...attachments, read: readItem, readMany },
          { workItemId, withFamily },
          known,
          (found) => {
            if (isWanted()) change({ ...found, problem: undefined });
            return isWanted();
          },
        );
      } catch (error) {
        if (isWanted()) change({ problem: toProblem(error) });
        throw error;
      }
    };
    // The state has the error of the last attempt.
    await retry(readOnce, { runtime, waitsForSignIn: true }).catch(() => undefined);
    if (isWanted()) await readTexts(isWanted);
  }

  /** Reads the files in texts after the list, which is worth more. Comments are read only if they are needed. */
  async function readTexts(isWanted: () => boolean): Promise<void> {
    const { workItemId, files: attached, withTexts, bin, isFolded } = store.getSnapshot();
    if (openItem?.id !== workItemId || !attached) return;
    // A text can use a removed file.
    const withComments = withTexts || bin.length > 0;
    if (isFolded && !withComments) return;
    const item = { workItem: openItem, attached, additions: known.get(workItemId) };
    try {
      const texts = await retry(() => attachments.readTextFiles(item, { withComments }), {
        runtime,
        maxAttempts: TEXT_ATTEMPTS,
      });
      if (isWanted()) store.dispatch(withTextsRead(texts));
    } catch (error) {
      if (isWanted()) change({ textsProblem: toProblem(error) });
    }
  }

  return {
    readAgain() {
      const { status, workItemId } = store.getSnapshot();
      if (status === 'open') void read(workItemId);
    },

    onRead(workItem) {
      const loading = loadForSplitFiles(store, [workItem]);
      if (loading) void loading.then(() => show(workItem));
      else show(workItem);
    },

    followReads(listener) {
      listeners.push(listener);
      if (openItem) listener(openItem);
    },

    reset() {
      startRead();
      known = new Map();
      openItem = undefined;
      revision = 0;
    },
  };
}
