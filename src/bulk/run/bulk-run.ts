import type { ItemLinks } from '../../upload/link/link-group';
import { MAX_ITEMS_PER_BATCH } from '../../upload/link/link-group';
import type { LinkOutcome } from '../../upload/link/link-run';
import type { AttachmentReference } from '../../azure/attachment';
import type { Problem } from '../../base/errors';
import { ServerError, toProblem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Runtime } from '../../base/runtime';
import type { UploadId } from '../../upload/upload';
import { canRetry as canRetryUpload, isSending, isSettled } from '../../upload/upload-state';
import type { WorkItem } from '../../azure/work-item';
import { coalesce } from '../../base/coalesce';
import { nextRetry } from '../../base/retry';
import type { UploadQueue } from '../../upload/queue/upload-queue';
import { firstGroup, linkablesOf, openPairs, surprisesIn, triedOn } from './run-pairs';
import type { PairOutcome, RunItem, RunPair, RunState, Uploads } from './run-state';
import { canRetry, readinessOf, readyReference } from './run-state';

/** What a run is made of. */
export interface BulkRunOptions {
  /** What is to be attached to each work item, in the order in which it is told. */
  readonly items: ReadonlyMap<number, RunItem>;
  /** Has the uploads that they name. It is the run's own. */
  readonly queue: UploadQueue;
  /** See `GroupLinker`. */
  readonly linkGroup: (group: readonly ItemLinks[]) => Promise<ReadonlyMap<number, LinkOutcome>>;
  /** Takes attachments away. @throws StaplerError */
  readonly remove: (workItemId: number, ids: readonly AttachmentReference['id'][]) => Promise<unknown>;
  /** See `ManyWorkItems`. */
  readonly readMany: (ids: readonly number[]) => Promise<ReadonlyMap<number, WorkItem>>;
  readonly runtime: Runtime;
  /** Told each time that a run is over; a person may try again what has failed. */
  readonly onOver: (state: RunState) => void;
}

/** Files on their way to many work items: each distinct content is sent once and linked wherever it belongs. */
export interface BulkRun extends ReadonlyStore<RunState> {
  readonly queue: UploadQueue;
  /** Sends and links nothing more until `resume`; what is on its way to be linked arrives. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends it: what is attached stays, everything else is left. */
  readonly cancel: () => void;
  /** Tries again what has failed, and nothing else. */
  readonly retryFailed: () => void;
}

/** So many requests for groups are under way at once. */
const GROUPS_AT_ONCE = 2;

/** How long a group waits for more work items as long as files are on their way, in milliseconds. */
const WINDOW_MS = 3_000;

/** Time between two looks at what has arrived, in milliseconds. */
const LOOK_MS = 50;

/** How long what is stored waits for the other files of its work item, since every patch is a revision. */
const PATIENCE_MS = 60_000;

const ATTACHED: PairOutcome = { kind: 'attached' };

const CANCELLED: PairOutcome = { kind: 'cancelled' };

const LOST: PairOutcome = {
  kind: 'failed',
  phase: 'linking',
  problem: toProblem(new ServerError('link-lost', 'The work item does not show it.')),
};

/** What came of the links to a work item. */
interface News {
  /** Pairs by what they were. */
  readonly pairs: ReadonlyMap<RunPair, RunPair>;
  /** How long before what has failed is tried again by itself, in milliseconds. */
  readonly restMs: number | undefined;
}

/** Begins at once. */
export function createBulkRun(options: BulkRunOptions): BulkRun {
  const { items, queue, onOver, linkGroup, remove, readMany, runtime } = options;
  const { setTimer, random } = runtime;
  const store = createStateStore<RunState>({
    phase: 'running',
    isPaused: false,
    isCancelled: false,
    items,
    unchecked: undefined,
  });
  /** Work items whose files wait for each other, and those where they have done so long enough. */
  const patience = new Map<number, 'waiting' | 'over'>();
  /** In which a group that is not full waits for more. */
  let window: 'none' | 'open' | 'closed' = 'none';
  let groupsUnderWay = 0;
  const considerLater = coalesce(runtime, LOOK_MS, consider);
  let failedChecks = 0;
  let isLinkedOnceMore = false;

  function uploadsById(): Uploads {
    return new Map(queue.getSnapshot().map((upload) => [upload.id, upload]));
  }

  function update(facts: Partial<RunState>): void {
    store.setState((state) => ({ ...state, ...facts }));
  }

  function updateItems(ids: Iterable<number>, change: (item: RunItem) => RunItem): void {
    const items = new Map(store.getSnapshot().items);
    for (const id of ids) {
      const item = items.get(id);
      if (item) items.set(id, change(item));
    }
    update({ items });
  }

  /** Links what may be linked now, and looks at all of it once nothing is left to do. */
  function consider(): void {
    const { phase, isPaused, isCancelled, items } = store.getSnapshot();
    if (phase !== 'running' || (isPaused && !isCancelled)) return;
    const uploads = uploadsById();
    const isAnySending = [...uploads.values()].some(({ state }) => isSending(state));
    const due: RunItem[] = [];
    let isBusy = groupsUnderWay > 0;
    for (const item of items.values()) {
      const { isReady: ready, isAwaiting } = readinessOf(item, uploads);
      if (isAwaiting || (item.status === 'resting' && !isCancelled)) isBusy = true;
      if (!ready || item.status !== 'waiting' || isCancelled) continue;
      isBusy = true;
      if (!isAwaiting || patience.get(item.workItemId) === 'over') due.push(item);
      else waitAWhile(item.workItemId);
    }
    if (!isBusy && [...uploads.values()].every(({ state }) => isSettled(state))) void check();
    else linkDue(due, uploads, !isAnySending);
  }

  /** Considers all work items at an interval while uploads are sent, so that their references gather. */
  function considerSoon(): void {
    if (queue.isAnySending()) considerLater();
    else consider();
  }

  function waitAWhile(workItemId: number): void {
    if (patience.has(workItemId)) return;
    patience.set(workItemId, 'waiting');
    setTimer(PATIENCE_MS, () => {
      if (patience.has(workItemId)) patience.set(workItemId, 'over');
      consider();
    });
  }

  /** Full groups go at once, others when nothing more is to be expected soon. */
  function linkDue(due: readonly RunItem[], uploads: Uploads, isLast: boolean): void {
    const left = [...due];
    while (
      left.length > 0 &&
      groupsUnderWay < GROUPS_AT_ONCE &&
      queue.pauseReason.getSnapshot().reason === 'nothing'
    ) {
      const group = firstGroup(left, uploads);
      const isFull = group.length === MAX_ITEMS_PER_BATCH || group.length < left.length;
      if (!isFull && !isLast && window !== 'closed') {
        openWindow();
        return;
      }
      window = 'none';
      left.splice(0, group.length);
      void link(group, uploads);
    }
  }

  function openWindow(): void {
    if (window === 'open') return;
    window = 'open';
    setTimer(WINDOW_MS, () => {
      if (window === 'open') window = 'closed';
      consider();
    });
  }

  async function link(group: readonly RunItem[], uploads: Uploads): Promise<void> {
    groupsUnderWay++;
    const ids = group.map(({ workItemId }) => workItemId);
    for (const id of ids) patience.delete(id);
    updateItems(ids, (item) => ({ ...item, status: 'linking' }));
    const links = group.map((item) => ({
      workItemId: item.workItemId,
      attachments: linkablesOf(item, uploads),
    }));
    const outcomes = await linkGroup(links);
    const news = new Map<number, News>();
    for (const item of group) {
      const outcome = outcomes.get(item.workItemId);
      if (outcome) news.set(item.workItemId, await settle(item, uploads, outcome));
    }
    const resting = ids.filter((id) => news.get(id)?.restMs !== undefined);
    updateItems(ids, (item) => withNews(item, news.get(item.workItemId)));
    if (resting.length > 0) {
      // What failed together is tried again together, once the longest of the waits is over.
      setTimer(Math.max(...resting.map((id) => news.get(id)?.restMs ?? 0)), () => wake(resting));
    }
    groupsUnderWay--;
    consider();
  }

  /** What came of the links to one work item. */
  async function settle(item: RunItem, uploads: Uploads, { failures }: LinkOutcome): Promise<News> {
    const pairs = new Map<RunPair, RunPair>();
    let restMs: number | undefined;
    for (const pair of item.pairs) {
      const reference = readyReference(pair, uploads);
      if (!reference) continue;
      if (!failures.has(reference.id)) {
        const outcome = pair.replaces.length > 0 ? await replace(item.workItemId, pair) : ATTACHED;
        pairs.set(pair, { ...pair, reference, outcome });
        continue;
      }
      const problem = toProblem(failures.get(reference.id));
      const decision = nextRetry(problem, item.attempt, random);
      if (decision.action === 'wait') {
        restMs = Math.max(restMs ?? 0, decision.delayMs);
        pairs.set(pair, { ...pair, reference });
      } else pairs.set(pair, { ...pair, reference, outcome: { kind: 'failed', phase: 'linking', problem } });
    }
    return { pairs, restMs };
  }

  function wake(ids: readonly number[]): void {
    updateItems(ids, (item) => (item.status === 'resting' ? { ...item, status: 'waiting' } : item));
    consider();
  }

  /** What is replaced goes only after what replaces it is there. */
  async function replace(workItemId: number, { replaces }: RunPair): Promise<PairOutcome> {
    try {
      await remove(workItemId, replaces);
      return ATTACHED;
    } catch (error) {
      return { kind: 'failed', phase: 'removing', problem: toProblem(error) };
    }
  }

  /** The truth is what the work items show in the end. What is missing is linked once more, and then told. */
  async function check(): Promise<void> {
    update({ phase: 'checking' });
    let shown: ReadonlyMap<number, WorkItem>;
    try {
      shown = await readMany(triedOn(store.getSnapshot()));
    } catch (error) {
      const problem = toProblem(error);
      const decision = nextRetry(problem, ++failedChecks, random);
      if (decision.action === 'wait') setTimer(decision.delayMs, () => void check());
      else end(problem);
      return;
    }
    const { lost, found } = surprisesIn(shown, store.getSnapshot());
    setOutcomes(found, ATTACHED);
    const goesOn = lost.size > 0 && !isLinkedOnceMore;
    isLinkedOnceMore = goesOn;
    setOutcomes(lost, goesOn ? undefined : LOST);
    if (!goesOn) {
      end(undefined);
      return;
    }
    update({ phase: 'running' });
    consider();
  }

  function end(unchecked: Problem | undefined): void {
    if (store.getSnapshot().isCancelled)
      setOutcomes(openPairs(store.getSnapshot(), uploadsById()), CANCELLED);
    update({ phase: 'over', unchecked });
    onOver(store.getSnapshot());
  }

  function setOutcomes(pairs: ReadonlySet<RunPair>, outcome: PairOutcome | undefined): void {
    if (pairs.size === 0) return;
    updateItems(store.getSnapshot().items.keys(), (item) =>
      item.pairs.some((pair) => pairs.has(pair))
        ? { ...item, pairs: item.pairs.map((pair) => (pairs.has(pair) ? { ...pair, outcome } : pair)) }
        : item,
    );
  }

  queue.onChange((_, { type }) => {
    if (type !== 'progressed' && type !== 'stepped') considerSoon();
  });
  queue.onResume(considerSoon);
  consider();

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    queue,

    pause() {
      update({ isPaused: true });
      queue.pause(idsOf(queue));
    },

    resume() {
      update({ isPaused: false });
      queue.resume(idsOf(queue));
      consider();
    },

    cancel() {
      if (store.getSnapshot().phase !== 'running') return;
      update({ isCancelled: true, isPaused: false });
      queue.cancel(
        queue
          .getSnapshot()
          .filter(({ state }) => !isSettled(state))
          .map(({ id }) => id),
      );
      consider();
    },

    retryFailed() {
      const { phase, items } = store.getSnapshot();
      if (phase === 'checking') return;
      const uploads = uploadsById();
      failedChecks = 0;
      isLinkedOnceMore = false;
      updateItems(items.keys(), ({ pairs, ...facts }) => ({
        ...facts,
        attempt: 1,
        pairs: pairs.map((pair) => (canRetry(pair, uploads) ? { ...pair, outcome: undefined } : pair)),
      }));
      update({ phase: 'running', isCancelled: false });
      const failed = queue.getSnapshot().filter(({ state }) => canRetryUpload(state));
      queue.retry(failed.map(({ id }) => id));
      consider();
    },
  };
}

function withNews(item: RunItem, news: News | undefined): RunItem {
  if (!news) return { ...item, status: 'waiting' };
  const { pairs, restMs } = news;
  return {
    ...item,
    pairs: item.pairs.map((pair) => pairs.get(pair) ?? pair),
    status: restMs === undefined ? 'waiting' : 'resting',
    attempt: restMs === undefined ? 1 : item.attempt + 1,
  };
}

function idsOf(queue: UploadQueue): readonly UploadId[] {
  return queue.getSnapshot().map(({ id }) => id);
}
