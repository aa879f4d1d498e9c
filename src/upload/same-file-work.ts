import type { LinkableAttachment, LinkTarget } from '../azure/work-item';
import { sameTarget } from '../azure/work-item';
import { withTimeout } from '../base/async';
import { CancelledError } from '../base/errors';
import type { Runtime } from '../base/runtime';
import type { UploadQueue } from './queue/upload-queue';
import type { PickedFile, SameFile, UploadId } from './upload';
import { isOver } from './upload-state';

/** Decision about an upload and the same file on another work item. */
export type SameFileAnswer = 'link' | 'upload';

/** A work item to attach files to. */
export interface SameFileTarget {
  readonly id: number;
  /** Name of its project; empty if unknown. */
  readonly project: string;
  readonly attachments: readonly LinkableAttachment[];
}

/** Files of equal size on other work items, by the picked file; without those that have none. */
export type SameFileCandidates = ReadonlyMap<PickedFile, readonly SameFile[]>;

/** Files of other work items of the project, as far as this browser knows them. */
export interface SameFileFinder {
  /** Whether the organization keeps the bytes of a file as long as one of several work items has it. */
  readonly isLinkSafe: boolean;
  /** Returns the files of equal size for each picked file that has some. */
  readonly findCandidates: (
    files: readonly PickedFile[],
    target: SameFileTarget,
  ) => Promise<SameFileCandidates>;
  /** Returns the first candidate with the same bytes; `undefined` if there is none, or none that is cheap to read. */
  readonly findSame: (
    file: PickedFile,
    candidates: readonly SameFile[],
    signal: AbortSignal,
  ) => Promise<SameFile | undefined>;
  /** Whether the work item still has the file, in this project, and its bytes can be read. */
  readonly isStillThere: (file: SameFile, signal: AbortSignal) => Promise<boolean>;
}

/** The questions of a frame, once it knows files of the project. */
export interface SameFileWork {
  /** Sets the finder for the next questions. */
  readonly use: (finder: SameFileFinder) => void;
  /** Whether to link is safe, as far as this organization has shown, and so the default. */
  readonly isLinkSafe: () => boolean;
  /** Compares the bytes of new uploads that are held back, for a short time, and asks about those that are the same. */
  readonly ask: (uploads: ReadonlyMap<UploadId, PickedFile>, candidates: SameFileCandidates) => void;
  readonly answer: (ids: readonly UploadId[], answer: SameFileAnswer) => void;
  /** Uploads the files wherever the user does not see the question. */
  readonly uploadUnseen: () => void;
}

/** Dependencies of `createSameFileWork`. */
export interface SameFileWorkOptions {
  readonly queue: Pick<UploadQueue, 'getSnapshot' | 'find' | 'setSameFile' | 'reuse'>;
  /** Called with a reference before its link. */
  readonly onReuse: (file: SameFile) => void;
  /** Whether the user sees questions about uploads for a target. */
  readonly isShown: (target: LinkTarget) => boolean;
  readonly runtime: Runtime;
}

/** Time to compare the bytes of all files of a drop before their uploads go on, in milliseconds. */
const MAX_COMPARE_MS = 5_000;

/** Time to read a file once more before it is linked, in milliseconds. */
const MAX_VERIFY_MS = 10_000;

/** Starts without questions. */
export function createSameFileWork(options: SameFileWorkOptions): SameFileWork {
  const { queue, onReuse, runtime, isShown } = options;
  let finder: SameFileFinder | undefined;

  /** Ends a question, unless it was answered meanwhile. */
  function release(id: UploadId, status: 'comparing' | 'asking' | 'verifying'): void {
    if (queue.find(id)?.sameFile?.status === status) queue.setSameFile(id, undefined);
  }

  async function compare(
    uploads: readonly (readonly [UploadId, PickedFile])[],
    candidates: SameFileCandidates,
    signal: AbortSignal,
  ): Promise<void> {
    for (const [id, file] of uploads) {
      const same = await finder?.findSame(file, candidates.get(file) ?? [], signal).catch(() => undefined);
      const upload = queue.find(id);
      const isOpen = upload?.sameFile?.status === 'comparing' && isShown(upload.target);
      if (same && isOpen && !signal.aborted) queue.setSameFile(id, { status: 'asking', file: same });
      else release(id, 'comparing');
    }
  }

  /** Whether another upload of this frame links the same stored bytes to the same work item. */
  function isTaken(id: UploadId, { reference }: SameFile): boolean {
    const target = queue.find(id)?.target;
    return queue
      .getSnapshot()
      .some(
        ({ id: other, target: otherTarget, state }) =>
          other !== id &&
          target !== undefined &&
          sameTarget(otherTarget, target) &&
          'reference' in state &&
          state.reference.id === reference.id,
      );
  }

  async function link(id: UploadId, file: SameFile): Promise<void> {
    queue.setSameFile(id, { status: 'verifying', file });
    const isThere = await within(
      MAX_VERIFY_MS,
      async (signal) => (await finder?.isStillThere(file, signal)) ?? false,
      false,
    );
    if (isThere && queue.find(id)?.sameFile?.status === 'verifying' && !isTaken(id, file)) {
      onReuse(file);
      queue.reuse(id, file);
    } else release(id, 'verifying');
  }

  /** Resolves with the result of `task`, or with `otherwise` after a failure or the limit in time. */
  async function within<T>(
    limitMs: number,
    task: (signal: AbortSignal) => Promise<T>,
    otherwise: T,
  ): Promise<T> {
    const controller = new AbortController();
    try {
      return await withTimeout(task(controller.signal), limitMs, runtime, () => new CancelledError());
    } catch {
      return otherwise;
    } finally {
      controller.abort();
    }
  }

  return {
    isLinkSafe: () => finder?.isLinkSafe ?? false,

    use(next) {
      finder = next;
    },

    ask(uploads, candidates) {
      const held = [...uploads].filter(([id]) => queue.find(id)?.sameFile !== undefined);
      if (held.length === 0) return;
      void within(MAX_COMPARE_MS, (signal) => compare(held, candidates, signal), undefined).then(() => {
        for (const [id] of held) release(id, 'comparing');
      });
    },

    answer(ids, answer) {
      for (const id of ids) {
        const { sameFile, state } = queue.find(id) ?? {};
        if (sameFile?.status !== 'asking' || !state || isOver(state)) continue;
        if (answer === 'link') void link(id, sameFile.file);
        else release(id, 'asking');
      }
    },

    uploadUnseen() {
      for (const { id, target, sameFile } of queue.getSnapshot())
        if (sameFile?.status === 'asking' && !isShown(target)) release(id, 'asking');
    },
  };
}
