import type { BatchId, UploadId } from '../../upload';
import type { Runtime } from '../../../base/runtime';
import type { Fingerprint } from './fingerprint';

/** What is known of a file that was looked at. */
export interface KeptFileFacts {
  readonly fingerprint?: Fingerprint;
  readonly isFileKept: boolean;
}

/** What a keeper is made of. */
export interface FileKeeperOptions {
  readonly runtime: Runtime;
  /** How many bytes may be kept in all. Asked once. */
  readonly readBudget: () => Promise<number>;
  readonly fingerprintOf: (file: Blob) => Promise<Fingerprint>;
  /** Resolves with whether it is kept. Never rejects. */
  readonly keepFile: (batchId: BatchId, id: UploadId, file: Blob) => Promise<boolean>;
  /** Whether its bytes may still be needed. */
  readonly isNeeded: (id: UploadId) => boolean;
  readonly onKept: (id: UploadId, facts: KeptFileFacts) => void;
  /** Its bytes were needed no more by the time that they were kept. */
  readonly dropFile: (batchId: BatchId, id: UploadId) => void;
}

/** Keeps the bytes of files that are on their way, as far as there is room. */
export interface FileKeeper {
  readonly keep: (batchId: BatchId, id: UploadId, file: Blob) => void;
  /** The bytes of a file are not kept any more, which makes room for others. */
  readonly dropped: (id: UploadId) => void;
}

interface WaitingFile {
  readonly batchId: BatchId;
  readonly id: UploadId;
  readonly file: Blob;
}

/** So many files are looked at without a break. */
const AT_ONCE = 32;

/** Before the first files, in milliseconds: on a good line they are sent by then, and their bytes needed no more. */
const MOMENT_MS = 400;

/** A break before and between many, in milliseconds: most small files have arrived before it is their turn. */
const BREAK_MS = 3_000;

/**
 * One file at a time, the last one first: it is the last to be sent, and so in danger for the longest. To keep a small
 * file takes about as long as to send it, so that of a thousand only those are kept that have to wait.
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

  /** How many come together is known once all of them are here. */
  function consider(): void {
    const areFew = arrived <= AT_ONCE;
    arrived = 0;
    takeBreak(areFew ? MOMENT_MS : BREAK_MS);
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
    for (let count = 0; count < AT_ONCE;) {
      const next = waiting.pop();
      if (!next) break;
      if (!isNeeded(next.id)) continue;
      count++;
      await keepOne(next);
    }
    isWorking = false;
    if (waiting.length > 0) takeBreak(BREAK_MS);
  }

  async function keepOne({ batchId, id, file }: WaitingFile): Promise<void> {
    const fingerprint = await fingerprintOf(file).catch(() => undefined);
    if (fingerprint && isNeeded(id)) onKept(id, { fingerprint, isFileKept: false });
    budget ??= readBudget();
    if (used + file.size > (await budget) || !isNeeded(id)) return;
    used += file.size;
    sizes.set(id, file.size);
    if (!(await keepFile(batchId, id, file))) dropped(id);
    else if (isNeeded(id)) onKept(id, { isFileKept: true });
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
      waiting.push({ batchId, id, file });
      if (++arrived === 1) void Promise.resolve().then(consider);
    },
    dropped,
  };
}
