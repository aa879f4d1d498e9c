import type { LinkTarget } from '../../azure/work-item';
import { workItemTarget } from '../../azure/work-item';
import { createMutex } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { PickedFile, UploadId } from '../upload';
import type { UploadService } from '../upload-service';
import type { Discarding } from './discard-later';
import { createDiscardLater } from './discard-later';
import type { Journal } from './journal/journal';
import type { KeptBatch, KeptUpload } from './journal/kept-batch';
import { referenceOf } from './journal/kept-batch';
import type { KnownItems } from './known-items';

/** State of the interrupted-uploads banner. */
export interface ResumeInterruptedState {
  /** The work item in the form, if it has a number and accepts files. */
  readonly workItemId: number | undefined;
  /** Work items whose uploads are not resumed automatically. */
  readonly stopped: ReadonlySet<number>;
  /** Names of files with a possible duplicate on the work item, which stopped the resume. */
  readonly possibleDuplicates: readonly string[];
  /** Whether the resume was stopped because the work item could not be checked for duplicates. */
  readonly isUnverified: boolean;
  /** Number of files attached to the item in the form without a page to show it. */
  readonly attached: number;
  /** Time of the automatic resume, in milliseconds since the epoch. */
  readonly resumesAt: number;
}

/** Resumes uploads of closed frames once their work item is in the form. */
export interface ResumeInterrupted extends ReadonlyStore<ResumeInterruptedState> {
  /** Sets the work item in the form; `undefined` if there is none, or if it accepts no files. */
  readonly show: (workItemId: number | undefined) => void;
  /**
   * Resumes uploads now. Resolves with the ids of all uploads restored so far.
   *
   * @param target Default: the item in the form.
   */
  readonly resume: (target?: LinkTarget) => Promise<readonly UploadId[]>;
  /** Whether one of the files may belong to an interrupted upload for `target`. */
  readonly isAwaited: (files: readonly PickedFile[], target: LinkTarget) => boolean;
  /** Stops the automatic resume until `resume` is called. */
  readonly stop: () => void;
  /** Uploads about to be discarded, as if they were gone; see `DiscardLater`. */
  readonly discarding: ReadonlyStore<Discarding | undefined>;
  /** Discards the uploads for a work item, after a time for an undo unless all are linked. */
  readonly discard: (workItemId: number) => void;
  readonly discardAll: () => void;
  /** Restores uploads about to be discarded. They wait for the user. */
  readonly undoDiscard: () => void;
  /** Ends the time for an undo. */
  readonly finishDiscard: () => void;
  /** Resets the number of attached files after the person has seen it. */
  readonly dismiss: () => void;
}

/** Dependencies of `createResumeInterrupted`. */
export interface ResumeInterruptedOptions {
  readonly journal: Pick<Journal, 'state' | 'refresh' | 'claim' | 'discard' | 'discardAll'>;
  /** Adds interrupted uploads to the queue. */
  readonly restore: UploadService['restore'];
  readonly known: Pick<KnownItems, 'hasAttachment' | 'hasFileLike'>;
  /** Resolves after the last read of a work item, with whether it succeeded. */
  readonly whenRead: (workItemId: number) => Promise<boolean>;
  readonly runtime: Runtime;
}

/** Time for a person to stop an automatic resume, in milliseconds. */
const RESUME_DELAY_MS = 4_000;

/** Starts without a work item and without interrupted uploads. */
export function createResumeInterrupted(options: ResumeInterruptedOptions): ResumeInterrupted {
  const { journal, restore, known, whenRead, runtime } = options;
  const store = createStateStore<ResumeInterruptedState>({
    workItemId: undefined,
    stopped: new Set(),
    possibleDuplicates: [],
    isUnverified: false,
    attached: 0,
    resumesAt: 0,
  });
  const discards = createDiscardLater(journal, runtime);
  const change = (facts: Partial<ResumeInterruptedState>): void =>
    store.setState((state) => ({ ...state, ...facts }));
  /** Key of the pending automatic resume; empty if there is none. */
  let pending = '';
  const serialize = createMutex();
  let restored: readonly UploadId[] = [];

  function batchesOf(target: LinkTarget | undefined): readonly KeptBatch[] {
    const workItemId = target?.kind === 'work-item' ? target.id : undefined;
    const discarded = discards.getSnapshot()?.batchIds;
    return interruptedFor(journal.state.getSnapshot().interrupted, workItemId).filter(
      ({ id }) => !discarded?.has(id),
    );
  }

  /** The item in the form. */
  function shown(): LinkTarget | undefined {
    const { workItemId } = store.getSnapshot();
    return workItemId === undefined ? undefined : workItemTarget(workItemId);
  }

  function schedule(): void {
    const { workItemId, stopped } = store.getSnapshot();
    const batches = batchesOf(shown());
    if (workItemId === undefined || batches.length === 0) return;
    // Nothing to send: the rows only ask for files or show results.
    if (!batches.some(({ uploads }) => uploads.some(isResumable))) {
      void resume();
      return;
    }
    if (stopped.has(workItemId)) return;
    const key = `${workItemId} ${batches.map(({ id }) => id).join(' ')}`;
    if (key === pending) return;
    pending = key;
    change({ resumesAt: runtime.now() + RESUME_DELAY_MS });
    runtime.setTimer(RESUME_DELAY_MS, () => void resumeUnlessAttached(workItemId, () => pending === key));
  }

  /**
   * A file may be attached although the journal does not say so: a write failed, or the person attached it on another
   * machine. If there is a possible duplicate, or no way to check, the person decides. Stored files are safe to resume,
   * since the link step looks for them first.
   */
  async function resumeUnlessAttached(workItemId: number, isStillWanted: () => boolean): Promise<void> {
    if (!isStillWanted()) return;
    const isVerified = unsent().length === 0 || (await whenRead(workItemId));
    if (!isStillWanted()) return;
    const alike = unsent().filter(({ name, size }) => known.hasFileLike(workItemId, name, size));
    if (!isVerified) stop({ isUnverified: true });
    else if (alike.length > 0) stop({ possibleDuplicates: alike.map(({ name }) => name) });
    else void resume();
  }

  function unsent(): readonly KeptUpload[] {
    return batchesOf(shown()).flatMap(({ uploads }) =>
      uploads.filter((kept) => isResumable(kept) && referenceOf(kept) === undefined),
    );
  }

  function stop(why: Partial<Pick<ResumeInterruptedState, 'possibleDuplicates' | 'isUnverified'>>): void {
    const { workItemId, stopped } = store.getSnapshot();
    if (workItemId === undefined) return;
    pending = '';
    change({
      possibleDuplicates: [],
      isUnverified: false,
      ...why,
      stopped: new Set([...stopped, workItemId]),
    });
  }

  function resume(target = shown()): Promise<readonly UploadId[]> {
    const batches = batchesOf(target);
    if (target?.kind === 'work-item' && target.id === store.getSnapshot().workItemId) pending = '';
    return serialize(async () => {
      if (batches.length > 0) restored = [...restored, ...(await claim(batches))];
      return restored;
    });
  }

  async function claim(batches: readonly KeptBatch[]): Promise<readonly UploadId[]> {
    const claimed = await journal.claim(batches.map(({ id }) => id));
    const done = new Set<UploadId>();
    for (const { target, uploads } of claimed.map(({ batch }) => batch)) {
      for (const kept of uploads)
        if (kept.stage === 'linked' || isLinked(target, kept, known)) done.add(kept.id);
    }
    const open = claimed
      .flatMap(({ interrupted }) => interrupted)
      .filter(({ upload }) => !done.has(upload.id));
    journal.discard([...done]);
    if (open.length > 0) restore(open);
    change({ attached: store.getSnapshot().attached + done.size });
    return open.map(({ upload }) => upload.id);
  }

  journal.state.subscribe(schedule, 'at-once');

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    show(workItemId) {
      if (workItemId !== store.getSnapshot().workItemId) {
        pending = '';
        change({ workItemId, possibleDuplicates: [], isUnverified: false, attached: 0 });
      }
      schedule();
      // A frame may have closed since.
      journal.refresh();
    },

    resume,

    isAwaited(files, target) {
      const sizes = new Set(files.map(({ size }) => size));
      return batchesOf(target).some(({ uploads }) => uploads.some(({ size }) => sizes.has(size)));
    },

    stop: () => stop({}),

    discarding: discards,

    discard: (workItemId) => discards.start(batchesOf(workItemTarget(workItemId)), { isAll: false }),
    discardAll: () => discards.start(journal.state.getSnapshot().interrupted, { isAll: true }),

    undoDiscard() {
      const { workItemId, stopped } = store.getSnapshot();
      discards.undo();
      if (workItemId !== undefined && !stopped.has(workItemId)) stop({});
    },

    finishDiscard: () => void discards.finish(),
    dismiss: () => change({ attached: 0 }),
  };
}

function isLinked(
  target: LinkTarget,
  kept: KeptUpload,
  { hasAttachment }: Pick<KnownItems, 'hasAttachment'>,
): boolean {
  const reference = referenceOf(kept) ?? kept.session?.reference;
  return (
    target.kind === 'work-item' &&
    reference !== undefined &&
    // With another name, its link is not finished.
    hasAttachment(target.id, reference.id, kept.name)
  );
}

/** Batches for one work item. */
export function interruptedFor(
  interrupted: readonly KeptBatch[],
  workItemId: number | undefined,
): readonly KeptBatch[] {
  return interrupted.filter(({ target }) => target.kind === 'work-item' && target.id === workItemId);
}

/** Whether an upload can be resumed without a person. */
export function isResumable(kept: KeptUpload): boolean {
  const isUnderWay = kept.stage === 'sending' || kept.stage === 'linking';
  return isUnderWay && (kept.isFileKept || referenceOf(kept) !== undefined);
}
