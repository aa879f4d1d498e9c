import type { BatchId, Upload } from './upload';
import { isActive, isStored } from './upload-state';

/** Weight of a file on top of its size, so small and empty files advance the bar too. */
const BYTES_PER_FILE = 64 * 1024;

/** Returns the whole percent of one upload; 100 only once its relation is on the work item. */
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

/** Combined progress of several uploads. */
export interface Overall {
  /** Identifies the set of uploads; a new key starts a new speed measurement. */
  readonly key: string;
  readonly batches: ReadonlySet<BatchId>;
  /** Active, paused and linked files, without failed and canceled ones. */
  readonly files: number;
  readonly filesLinked: number;
  readonly bytesSent: number;
  readonly bytesTotal: number;
  /** Bytes left of active uploads; paused ones have no time left. */
  readonly bytesToCome: number;
  /** Whole percent; 100 only when all are linked. */
  readonly percent: number;
  /** Whether the user has paused all of them. */
  readonly isPaused: boolean;
}

/**
 * Combines the active and paused uploads with the linked ones of their batches. Returns `undefined` if there are
 * none.
 *
 * @param before Batches shown before. They stay, so the bar does not fall back when one of several is complete.
 */
export function overallOf(
  uploads: readonly Upload[],
  before: ReadonlySet<BatchId> = new Set(),
): Overall | undefined {
  const active = new Set<BatchId>();
  const unfinished = new Set<BatchId>();
  for (const { batchId, state } of uploads) {
    if (isActive(state)) active.add(batchId);
    if (isActive(state) || state.status === 'paused') unfinished.add(batchId);
  }
  if (unfinished.size === 0) return undefined;
  const shown = new Set([...before, ...unfinished]);
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
    isPaused: active.size === 0,
  };
}
