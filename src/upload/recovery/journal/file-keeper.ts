import type { BatchId, UploadId } from '../../upload';
import type { Runtime } from '../../../base/runtime';
import type { Fingerprint } from './fingerprint';

/** Facts about a stored or fingerprinted file. */
export interface KeptFileFacts {
  readonly fingerprint?: Fingerprint;
  readonly isFileKept: boolean;
}

/** Dependencies of `createFileKeeper`. */
export interface FileKeeperOptions {
  readonly runtime: Runtime;
  /** Total bytes that may be stored. Called once. */
  readonly readBudget: () => Promise<number>;
  readonly fingerprintOf: (file: Blob) => Promise<Fingerprint>;
  /** Stores a file. Returns whether it is stored; never rejects. */
  readonly keepFile: (batchId: BatchId, id: UploadId, file: Blob) => Promise<boolean>;
  /** Whether the bytes of an upload may still be needed. */
  readonly isNeeded: (id: UploadId) => boolean;
  readonly onKept: (id: UploadId, facts: KeptFileFacts) => void;
  /** Called with a file stored too late to be needed. */
  readonly dropFile: (batchId: BatchId, id: UploadId) => void;
}

/** Stores the bytes of files being uploaded, within the budget. */
export interface FileKeeper {
  readonly keep: (batchId: BatchId, id: UploadId, file: Blob) => void;
  /** Frees the space of a removed file. */
  readonly dropped: (id: UploadId) => void;
}

interface WaitingFile {
  readonly batchId: BatchId;
  readonly id: UploadId;
  readonly file: Blob;
  /** When it was picked. */
  readonly modifiedAt: number | undefined;
}

/** Files stored without a break. */
const MAX_FILES_PER_ROUND = 32;

/** Delay before a few files. On a fast connection they are uploaded by then. */
const SHORT_DELAY_MS = 400;

/** Delay before and between rounds of many files. Most small files are uploaded before their turn. */
const LONG_DELAY_MS = 3_000;

/**
 * Creates a keeper. It stores one file at a time, last in first out: the last file waits longest for its upload.
 * Storing a small file takes about as long as uploading it, so that files with a short wait are skipped.
 */
export function createFileKeeper(options: FileKeeperOptions): FileKeeper {
  const { runtime, readBudget, fingerprintOf, keepFile, isNeeded, onKept, dropFile } = options;
  const waiting: WaitingFile[] = [];
  const sizes = new Map<UploadId, number>();
  let budget: Promise<number> | undefined;
  let used = 0;
  let arrived = 0;
  let isWorking = false;
  let isOnBreak = false;

  /** Called after all files of a drop, when their number is known. */
  function consider(): void {
    const areFew = arrived <= MAX_FILES_PER_ROUND;
    arrived = 0;
    takeBreak(areFew ? SHORT_DELAY_MS : LONG_DELAY_MS);
  }

  function takeBreak(breakMs: number): void {
    if (isOnBreak) return;
    isOnBreak = true;
    runtime.setTimer(breakMs, () => {
      isOnBreak = false;
      void work();
    });
  }

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (let count = 0; count < MAX_FILES_PER_ROUND;) {
      const next = waiting.pop();
      if (!next) break;
      if (!isNeeded(next.id)) continue;
      count++;
      await keepOne(next);
    }
    isWorking = false;
    if (waiting.length > 0) takeBreak(LONG_DELAY_MS);
  }

  async function keepOne({ batchId, id, file, modifiedAt }: WaitingFile): Promise<void> {
    // Another version must not be resumed as the picked one. Firefox reads it.
    const isUnchanged = (): boolean => modifiedAtOf(file) === modifiedAt;
    const fingerprint = await fingerprintOf(file).catch(() => undefined);
    if (!isUnchanged()) return;
    if (fingerprint && isNeeded(id)) onKept(id, { fingerprint, isFileKept: false });
    budget ??= readBudget();
    if (used + file.size > (await budget) || !isNeeded(id)) return;
    used += file.size;
    sizes.set(id, file.size);
    if (!(await keepFile(batchId, id, file))) dropped(id);
    else if (isNeeded(id) && isUnchanged()) onKept(id, { isFileKept: true });
    else {
      dropped(id);
      dropFile(batchId, id);
    }
  }

  function dropped(id: UploadId): void {
    used -= sizes.get(id) ?? 0;
    sizes.delete(id);
  }

  return {
    keep(batchId, id, file) {
      waiting.push({ batchId, id, file, modifiedAt: modifiedAtOf(file) });
      if (++arrived === 1) void Promise.resolve().then(consider);
    },
    dropped,
  };
}

/** Time of the last change on disk; `undefined` for bytes in memory. */
function modifiedAtOf(file: Blob): number | undefined {
  return 'lastModified' in file ? (file as File).lastModified : undefined;
}
