import type { BatchId, Upload } from '../model/upload';
import { isActive, isStored } from '../model/upload-state';

/** A file counts for this much on top of its size, so that many small or empty files move the bar too. */
const BYTES_PER_FILE = 64 * 1024;

/** Whole percent of one upload. 100 is for a file whose relation is on the work item, and for nothing less. */
export function percentOf({ state, file, progress }: Upload): number {
  switch (state.status) {
    case 'linked':
      return 100;
    case 'failed':
    case 'cancelled':
      return 0;
    default:
      return isStored(state)
        ? 99
        : Math.min(99, Math.floor((100 * progress.bytesSent) / Math.max(1, file.size)));
  }
}

/** Several uploads seen as one. */
export interface Overall {
  /** Names the set of uploads; another set is another measurement of speed. */
  readonly key: string;
  readonly batches: ReadonlySet<BatchId>;
  /** Files that are moving, paused or have arrived, without failed and cancelled ones. */
  readonly files: number;
  readonly filesLinked: number;
  readonly bytesSent: number;
  readonly bytesTotal: number;
  /** What is left of those that move: a paused file has no time of arrival. */
  readonly bytesToCome: number;
  /** Whole percent; 100 only when all are linked. */
  readonly percent: number;
  /** Nothing moves, and it is a person who stopped it. */
  readonly isPaused: boolean;
}

/**
 * The uploads that are under way or paused, together with those of their batches that have arrived; `undefined` when
 * there are none.
 *
 * @param before Batches that were shown before and stay, so that the bar does not fall when one of several has arrived.
 */
export function overallOf(
  uploads: readonly Upload[],
  before: ReadonlySet<BatchId> = new Set(),
): Overall | undefined {
  const moving = new Set<BatchId>();
  const underWay = new Set<BatchId>();
  for (const { batchId, state } of uploads) {
    if (isActive(state)) moving.add(batchId);
    if (isActive(state) || state.status === 'paused') underWay.add(batchId);
  }
  if (underWay.size === 0) return undefined;
  const shown = new Set([...before, ...underWay]);
  let files = 0;
  let filesLinked = 0;
  let bytesSent = 0;
  let bytesTotal = 0;
  let bytesToCome = 0;
  let weightDone = 0;
  for (const { batchId, state, file, progress } of uploads) {
    if (!shown.has(batchId) || state.status === 'failed' || state.status === 'cancelled') continue;
    files++;
    bytesTotal += file.size;
    bytesSent += progress.bytesSent;
    weightDone += progress.bytesSent + (isStored(state) ? BYTES_PER_FILE : 0);
    if (state.status === 'linked') filesLinked++;
    if (isActive(state)) bytesToCome += file.size - progress.bytesSent;
  }
  const weight = bytesTotal + files * BYTES_PER_FILE;
  return {
    key: [...shown].join(),
    batches: shown,
    files,
    filesLinked,
    bytesSent,
    bytesTotal,
    bytesToCome,
    percent: Math.min(99, Math.floor((100 * weightDone) / weight)),
    isPaused: moving.size === 0,
  };
}
