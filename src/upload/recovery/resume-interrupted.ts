import type { LinkTarget } from '../../azure/work-item';
import { sameTarget, workItemTarget } from '../../azure/work-item';
import { createMutex } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { FileFacts, PickedFile, UploadId } from '../upload';
import type { Picked, UploadService } from '../upload-service';
import { canTakeFile } from '../upload-state';
import type { Journal } from './journal/journal';
import type { KeptBatch, KeptUpload } from './journal/kept-batch';
import { referenceOf } from './journal/kept-batch';
import type { KnownItems } from './known-items';

/** Dependencies of `matchPickedFiles`. */
export interface MatchPickedFilesOptions {
  readonly interruptedUploads: Pick<ResumeInterrupted, 'isAwaited' | 'resume'>;
  readonly journal: Pick<Journal, 'match'>;
  readonly queue: Pick<UploadService['queue'], 'getSnapshot' | 'supply' | 'resume' | 'retry' | 'remove'>;
}

/** Supplies picked files to the interrupted uploads they belong to. Resolves with the remaining, new files. */
export async function matchPickedFiles(
  picked: Picked,
  target: LinkTarget,
  { interruptedUploads, journal, queue }: MatchPickedFilesOptions,
): Promise<Picked> {
  const { accepted } = picked;
  replaceChanged(accepted, target, queue);
  const resumed = interruptedUploads.isAwaited(accepted, target)
    ? await interruptedUploads.resume(target)
    : [];
  const waiting = queue
    .getSnapshot()
    .filter(
      (upload) =>
        sameTarget(upload.target, target) &&
        canTakeFile(upload.state) &&
        (upload.state.status === 'needs-file' || resumed.includes(upload.id)),
    );
  if (waiting.length === 0) return picked;
  const found = await journal.match(
    accepted,
    waiting.map(({ id }) => id),
  );
  for (const [file, id] of found) queue.supply(id, file.source);
  // Dropping a file again also resumes a paused upload and retries a failed one.
  queue.resume([...found.values()]);
  queue.retry([...found.values()]);
  return { ...picked, accepted: accepted.filter((file) => !found.has(file)) };
}

/** Removes the failed upload of each file that is picked in its new version, so that its new row replaces the old one. */
function replaceChanged(
  files: readonly PickedFile[],
  target: LinkTarget,
  queue: Pick<UploadService['queue'], 'getSnapshot' | 'remove'>,
): void {
  const pathOf = ({ folder, name }: FileFacts): string => `${folder}/${name}`;
  const paths = new Set(files.flatMap((file) => [pathOf(file), `/${file.name}`]));
  queue.remove(
    queue
      .getSnapshot()
      .filter(
        ({ state, file, ...upload }) =>
          state.status === 'failed' &&
          state.problem.kind === 'file-changed' &&
          sameTarget(upload.target, target) &&
          paths.has(pathOf(file)),
      )
      .map(({ id }) => id),
  );
}

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
  /** Discards the uploads for a work item. */
  readonly discard: (workItemId: number) => Promise<void>;
  readonly discardAll: () => Promise<void>;
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
  });
  const change = (facts: Partial<ResumeInterruptedState>): void =>
    store.setState((state) => ({ ...state, ...facts }));
  /** Key of the pending automatic resume; empty if there is none. */
  let pending = '';
  const serialize = createMutex();
  let restored: readonly UploadId[] = [];

  function batchesOf(target: LinkTarget | undefined): readonly KeptBatch[] {
    const workItemId = target?.kind === 'work-item' ? target.id : undefined;
    return interruptedFor(journal.state.getSnapshot().interrupted, workItemId);
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
      for (const kept of uploads) if (kept.stage === 'linked' || isLinked(target, kept)) done.add(kept.id);
    }
    const open = claimed
      .flatMap(({ interrupted }) => interrupted)
      .filter(({ upload }) => !done.has(upload.id));
    journal.discard([...done]);
    if (open.length > 0) restore(open);
    change({ attached: store.getSnapshot().attached + done.size });
    return open.map(({ upload }) => upload.id);
  }

  function isLinked(target: LinkTarget, kept: KeptUpload): boolean {
    const reference = referenceOf(kept) ?? kept.session?.reference;
    return (
      target.kind === 'work-item' &&
      reference !== undefined &&
      // With another name, its link is not finished.
      known.hasAttachment(target.id, reference.id, kept.name)
    );
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

    async discard(workItemId) {
      const batches = interruptedFor(journal.state.getSnapshot().interrupted, workItemId);
      const claimed = await journal.claim(batches.map(({ id }) => id));
      journal.discard(claimed.flatMap(({ batch }) => batch.uploads.map(({ id }) => id)));
    },

    discardAll: journal.discardAll,
    dismiss: () => change({ attached: 0 }),
  };
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
