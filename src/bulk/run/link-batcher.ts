import type { Runtime } from '../../base/runtime';

/** Bounds of the batches. */
export interface BatchLimits {
  readonly maxItems: number;
  /** Over all items of a batch; a single item may exceed it. */
  readonly maxLinks: number;
  readonly maxParallel: number;
  /** Wait of a batch with room for more items, in milliseconds. */
  readonly windowMs: number;
  /** Wait of a work item for the rest of its files, in milliseconds, since every patch is a revision. */
  readonly lingerMs: number;
}

/** Work item with links to make. */
export interface Candidate<Item> {
  readonly item: Item;
  /** Whether more files are on their way to it. */
  readonly isIncomplete: boolean;
}

/** All links to make at the moment. */
export interface Offer<Item> {
  readonly candidates: readonly Candidate<Item>[];
  /** Whether files are being sent, so that more candidates may follow. */
  readonly isMoreExpected: boolean;
  readonly countLinks: (item: Item) => number;
  /** Links one batch. Never rejects. */
  readonly link: (batch: readonly Item[]) => Promise<void>;
}

/** Gathers links into few requests. */
export interface LinkBatcher<Item> {
  /** Starts full batches at once, and others after a window or once no more candidates are expected. */
  readonly offer: (offer: Offer<Item>) => void;
  /** Whether a batch is in progress. */
  readonly isLinking: () => boolean;
}

/** Dependencies of `createLinkBatcher`. */
export interface LinkBatcherOptions {
  readonly limits: BatchLimits;
  /** Whether batches may start. */
  readonly isOpen: () => boolean;
  /** Called after each batch and each wait, for the next offer. */
  readonly onIdle: () => void;
  readonly runtime: Pick<Runtime, 'setTimer'>;
}

/** Creates a batcher without batches. */
export function createLinkBatcher<Item extends { readonly workItemId: number }>(
  options: LinkBatcherOptions,
): LinkBatcher<Item> {
  const { limits, isOpen, onIdle, runtime } = options;
  const lingerTimers = createKeyedTimers<number>(runtime, limits.lingerMs, onIdle);
  const batchWindow = createKeyedTimers<'batch'>(runtime, limits.windowMs, onIdle);
  let parallel = 0;

  async function start(batch: readonly Item[], link: Offer<Item>['link']): Promise<void> {
    parallel++;
    batchWindow.reset('batch');
    for (const { workItemId } of batch) lingerTimers.reset(workItemId);
    await link(batch);
    parallel--;
    onIdle();
  }

  return {
    offer({ candidates, isMoreExpected, countLinks, link }) {
      const due = candidates.filter(
        ({ item, isIncomplete }) => !isIncomplete || lingerTimers.hasElapsed(item.workItemId),
      );
      const left = due.map(({ item }) => item);
      while (left.length > 0 && parallel < limits.maxParallel && isOpen()) {
        const batch = takeBatch(left, countLinks, limits);
        const isFull = batch.length === limits.maxItems || batch.length < left.length;
        if (!isFull && isMoreExpected && !batchWindow.hasElapsed('batch')) return;
        left.splice(0, batch.length);
        void start(batch, link);
      }
    },

    isLinking: () => parallel > 0,
  };
}

/** Returns the first items that fit into one request; at least one. */
function takeBatch<Item>(
  items: readonly Item[],
  countLinks: (item: Item) => number,
  { maxItems, maxLinks }: Pick<BatchLimits, 'maxItems' | 'maxLinks'>,
): readonly Item[] {
  const batch: Item[] = [];
  let links = 0;
  for (const item of items) {
    links += countLinks(item);
    if (batch.length === maxItems || (batch.length > 0 && links > maxLinks)) break;
    batch.push(item);
  }
  return batch;
}

/** One-shot timers of equal duration. */
interface KeyedTimers<Key> {
  /** Whether the timer of `key` has elapsed. The first call starts it. */
  readonly hasElapsed: (key: Key) => boolean;
  readonly reset: (key: Key) => void;
}

function createKeyedTimers<Key>(
  { setTimer }: Pick<Runtime, 'setTimer'>,
  delayMs: number,
  onElapsed: () => void,
): KeyedTimers<Key> {
  const clearing = new Map<Key, () => void>();
  const elapsed = new Set<Key>();
  return {
    hasElapsed(key) {
      if (elapsed.has(key)) return true;
      if (clearing.has(key)) return false;
      const clear = setTimer(delayMs, () => {
        elapsed.add(key);
        onElapsed();
      });
      clearing.set(key, clear);
      return false;
    },

    reset(key) {
      clearing.get(key)?.();
      clearing.delete(key);
      elapsed.delete(key);
    },
  };
}
