import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { BatchId } from '../upload';
import type { Journal } from './journal/journal';
import type { KeptBatch } from './journal/kept-batch';

/** Interrupted uploads about to be discarded. */
export interface Discarding {
  readonly batchIds: ReadonlySet<BatchId>;
  /** Number of files. */
  readonly files: number;
  /** Whether everything else in the journal is discarded as well. */
  readonly isAll: boolean;
  /** Whether it is too late for an undo. */
  readonly isFinal: boolean;
}

/** Discards interrupted uploads after a time for an undo. Nothing is lost if the frame dies before. */
export interface DiscardLater extends ReadonlyStore<Discarding | undefined> {
  /** Discards these batches later, and earlier ones now. Without unfinished files there is nothing to undo. */
  readonly start: (batches: readonly KeptBatch[], options: { readonly isAll: boolean }) => void;
  readonly undo: () => void;
  /** Discards now. */
  readonly finish: () => Promise<void>;
}

/** Time for an undo, in milliseconds. */
const UNDO_MS = 20_000;

/** Starts without batches. */
export function createDiscardLater(
  journal: Pick<Journal, 'claim' | 'discard' | 'discardAll'>,
  runtime: Pick<Runtime, 'setTimer'>,
): DiscardLater {
  const store = createStateStore<Discarding | undefined>(undefined, { notify: 'at-once' });
  let stopTimer = (): void => undefined;

  async function discard({ batchIds, isAll }: Discarding): Promise<void> {
    if (isAll) return journal.discardAll();
    const claimed = await journal.claim([...batchIds]);
    journal.discard(claimed.flatMap(({ batch }) => batch.uploads.map(({ id }) => id)));
  }

  async function finish(): Promise<void> {
    const now = store.getSnapshot();
    if (!now || now.isFinal) return;
    stopTimer();
    const final = { ...now, isFinal: true };
    store.setState(final);
    await discard(final);
    if (store.getSnapshot() === final) store.setState(undefined);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    finish,

    start(batches, { isAll }) {
      void finish();
      const files = batches.flatMap(({ uploads }) => uploads.filter(({ stage }) => stage !== 'linked'));
      store.setState({
        batchIds: new Set(batches.map(({ id }) => id)),
        files: files.length,
        isAll,
        isFinal: false,
      });
      if (files.length === 0) void finish();
      else stopTimer = runtime.setTimer(UNDO_MS, () => void finish());
    },

    undo() {
      if (store.getSnapshot()?.isFinal !== false) return;
      stopTimer();
      store.setState(undefined);
    },
  };
}
