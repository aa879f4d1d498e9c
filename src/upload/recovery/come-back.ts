import type { Journal } from './journal/journal';
import type { KeptBatch, KeptUpload } from './journal/kept-batch';
import { referenceOf } from './journal/kept-batch';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import { createMutex } from '../../base/keyed-mutex';
import type { Runtime } from '../../base/runtime';
import type { PickedFile, UploadId } from '../upload';
import type { LinkTarget } from '../../azure/work-item';
import type { Pipeline } from '../upload-service';
import type { KnownItems } from './known-items';

/** What the group shows of what frames have left that are gone. */
export interface ComeBackState {
  /** The work item in the form, if it has a number and files can be attached to it. */
  readonly workItemId: number | undefined;
  /** Work items whose uploads a person does not want to go on by themselves. */
  readonly stopped: ReadonlySet<number>;
  /** Names of files that stopped it, since there is one like each of them already. */
  readonly lookalikes: readonly string[];
  /** Whether it was stopped since the item in the form could not be read, which may have them already. */
  readonly isUnseen: boolean;
  /** How many files were attached to the item in the form while nobody could see it. */
  readonly attached: number;
}

/** Goes on with what was left, once its work item is in the form. */
export interface ComeBack extends ReadonlyStore<ComeBackState> {
  /** The form shows this work item; `undefined` where it shows none that files can be attached to. */
  readonly show: (workItemId: number | undefined) => void;
  /** Goes on at once with what is for the item in the form. Resolves with what is in the queue by then. */
  readonly goOn: () => Promise<readonly UploadId[]>;
  /** Whether one of the files could be what was left for the item in the form, so that it is worth a look. */
  readonly isAwaited: (files: readonly PickedFile[]) => boolean;
  /** Lets it wait for `goOn`. */
  readonly stop: () => void;
  /** Lets go of what is for a work item. */
  readonly forget: (workItemId: number) => Promise<void>;
  readonly forgetAll: () => Promise<void>;
  /** Whoever should know of the attached files has seen them. */
  readonly dismiss: () => void;
}

/** What it is made of. */
export interface ComeBackOptions {
  readonly journal: Pick<Journal, 'state' | 'refresh' | 'claim' | 'discard' | 'discardAll'>;
  readonly takeUp: Pipeline['takeUp'];
  readonly known: Pick<KnownItems, 'holds' | 'holdsLike'>;
  /** Resolves with whether a work item that the form shows is known, once the last read of it has ended. */
  readonly whenRead: (workItemId: number) => Promise<boolean>;
  readonly runtime: Runtime;
}

/** Time for a person to say no, in milliseconds. */
const MOMENT_MS = 4_000;

/** Nothing was left at first. */
export function createComeBack(options: ComeBackOptions): ComeBack {
  const { journal, takeUp, known, whenRead, runtime } = options;
  const store = createStateStore<ComeBackState>({
    workItemId: undefined,
    stopped: new Set(),
    lookalikes: [],
    isUnseen: false,
    attached: 0,
  });
  const change = (facts: Partial<ComeBackState>): void => store.setState((state) => ({ ...state, ...facts }));
  /** What waits for the moment to pass. */
  let countedDown = '';
  const serialize = createMutex();
  let claimed: readonly UploadId[] = [];

  function here(): readonly KeptBatch[] {
    return interruptedFor(journal.state.getSnapshot().interrupted, store.getSnapshot().workItemId);
  }

  function consider(): void {
    const { workItemId, stopped } = store.getSnapshot();
    const batches = here();
    if (workItemId === undefined || batches.length === 0) return;
    // Rows that ask for something, or tell of something, are shown without delay.
    if (!batches.some(({ uploads }) => uploads.some(goesOn))) {
      void goOn();
      return;
    }
    if (stopped.has(workItemId)) return;
    const what = `${workItemId} ${batches.map(({ id }) => id).join(' ')}`;
    if (what === countedDown) return;
    countedDown = what;
    runtime.setTimer(MOMENT_MS, () => void goOnUnlessThere(workItemId, () => countedDown === what));
  }

  /**
   * What was sent may have been attached without a word in the journal, which can fail, or by a person on another
   * machine. Only a person can tell whether it is wanted once more, and whether it is there where we cannot see it. What
   * the server has the bytes of is looked for before it is linked.
   */
  async function goOnUnlessThere(workItemId: number, isStillWanted: () => boolean): Promise<void> {
    if (!isStillWanted()) return;
    const isSeen = toBeSent().length === 0 || (await whenRead(workItemId));
    if (!isStillWanted()) return;
    const alike = toBeSent().filter(({ name, size }) => known.holdsLike(workItemId, name, size));
    if (!isSeen) stop({ isUnseen: true });
    else if (alike.length > 0) stop({ lookalikes: alike.map(({ name }) => name) });
    else void goOn();
  }

  function toBeSent(): readonly KeptUpload[] {
    return here().flatMap(({ uploads }) =>
      uploads.filter((kept) => goesOn(kept) && referenceOf(kept) === undefined),
    );
  }

  function stop(why: Partial<Pick<ComeBackState, 'lookalikes' | 'isUnseen'>>): void {
    const { workItemId, stopped } = store.getSnapshot();
    if (workItemId === undefined) return;
    countedDown = '';
    change({ lookalikes: [], isUnseen: false, ...why, stopped: new Set([...stopped, workItemId]) });
  }

  function goOn(): Promise<readonly UploadId[]> {
    const batches = here();
    countedDown = '';
    return serialize(async () => {
      if (batches.length > 0) claimed = [...claimed, ...(await takeOver(batches))];
      return claimed;
    });
  }

  async function takeOver(batches: readonly KeptBatch[]): Promise<readonly UploadId[]> {
    const mine = await journal.claim(batches.map(({ id }) => id));
    const done = new Set<UploadId>();
    for (const { target, uploads } of mine.map(({ batch }) => batch)) {
      for (const kept of uploads) if (kept.stage === 'linked' || isLinked(target, kept)) done.add(kept.id);
    }
    const open = mine.flatMap(({ interrupted }) => interrupted).filter(({ upload }) => !done.has(upload.id));
    journal.discard([...done]);
    if (open.length > 0) takeUp(open);
    change({ attached: store.getSnapshot().attached + done.size });
    return open.map(({ upload }) => upload.id);
  }

  function isLinked(target: LinkTarget, kept: KeptUpload): boolean {
    const reference = referenceOf(kept) ?? kept.session?.reference;
    return target.kind === 'work-item' && reference !== undefined && known.holds(target.id, reference.id);
  }

  journal.state.subscribe(consider);

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    show(workItemId) {
      if (workItemId !== store.getSnapshot().workItemId) {
        countedDown = '';
        change({ workItemId, lookalikes: [], isUnseen: false, attached: 0 });
      }
      consider();
      // Somebody may have let go of what is for it since.
      journal.refresh();
    },

    goOn,

    isAwaited(files) {
      const sizes = new Set(files.map(({ size }) => size));
      return here().some(({ uploads }) => uploads.some(({ size }) => sizes.has(size)));
    },

    stop: () => stop({}),

    async forget(workItemId) {
      const batches = interruptedFor(journal.state.getSnapshot().interrupted, workItemId);
      const claimed = await journal.claim(batches.map(({ id }) => id));
      journal.discard(claimed.flatMap(({ batch }) => batch.uploads.map(({ id }) => id)));
    },

    forgetAll: journal.discardAll,
    dismiss: () => change({ attached: 0 }),
  };
}

/** Those for one work item. */
export function interruptedFor(
  interrupted: readonly KeptBatch[],
  workItemId: number | undefined,
): readonly KeptBatch[] {
  return interrupted.filter(({ target }) => target.kind === 'work-item' && target.id === workItemId);
}

/** Whether it needs nobody to go on. */
export function goesOn(kept: KeptUpload): boolean {
  const isUnderWay = kept.stage === 'sending' || kept.stage === 'linking';
  return isUnderWay && (kept.isFileKept || referenceOf(kept) !== undefined);
}
