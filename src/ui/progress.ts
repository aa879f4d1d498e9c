import type { Upload, UploadState } from '../model/upload';
import { isSending } from '../model/upload';

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
  /** Files that are moving or have arrived, without failed and cancelled ones. */
  readonly files: number;
  readonly filesLinked: number;
  readonly bytesSent: number;
  readonly bytesTotal: number;
  /** Whole percent; 100 only when all are linked. */
  readonly percent: number;
}

/**
 * The uploads that are under way, together with those of their batches that have arrived; `undefined` when nothing
 * moves.
 */
export function overallOf(uploads: readonly Upload[]): Overall | undefined {
  const batches = new Set(uploads.filter(({ state }) => isMoving(state)).map(({ batchId }) => batchId));
  if (batches.size === 0) return undefined;
  const counted = uploads.filter(
    ({ batchId, state }) => batches.has(batchId) && state.status !== 'failed' && state.status !== 'cancelled',
  );
  let bytesSent = 0;
  let bytesTotal = 0;
  let filesLinked = 0;
  let weightDone = 0;
  for (const upload of counted) {
    const { size } = upload.file;
    const percent = percentOf(upload);
    const sent = upload.progress.bytesSent;
    bytesTotal += size;
    bytesSent += sent;
    weightDone += sent + (isStored(upload.state) ? BYTES_PER_FILE : 0);
    if (percent === 100) filesLinked++;
  }
  const weight = bytesTotal + counted.length * BYTES_PER_FILE;
  const percent = Math.min(99, Math.floor((100 * weightDone) / weight));
  return { key: [...batches].join(), files: counted.length, filesLinked, bytesSent, bytesTotal, percent };
}

/** What is paused or waits for a person's save does not move. */
function isMoving(state: UploadState): boolean {
  return isSending(state) || state.status === 'uploaded' || state.status === 'linking';
}

/** The server has all bytes. */
function isStored({ status }: UploadState): boolean {
  return (
    status === 'uploaded' || status === 'waiting-for-save' || status === 'linking' || status === 'linked'
  );
}
