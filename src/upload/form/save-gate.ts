import { createLatest } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { FormEvent, Host, SaveOutcome } from '../../azure/host/host';
import { describeAbandoned } from '../messages/work-items';
import type { EditsChoice } from './edits-choice';
import { createEditsChoice } from './edits-choice';

/** Change of attached files that waits for a save of the form. */
export interface WaitingChange {
  /** Work item with unsaved edits. */
  readonly workItemId: number;
  /** Names of the files. */
  readonly names: readonly string[];
  readonly isRemoval: boolean;
}

/** Progress or failure of a requested save. */
export type Saving = 'under-way' | Exclude<SaveOutcome, { outcome: 'saved' }>;

/** Changes that wait, and the save requested for them or for files. */
export interface SaveGateState {
  readonly changes: readonly WaitingChange[];
  /** Missing without a request, or after success. */
  readonly save?: { readonly hostId: number; readonly state: Saving } | undefined;
}

/** Result of waiting for the form: whether the change can run, or is canceled. */
export type Release = 'run' | 'cancel';

/** Uploads that wait for the gate. */
export interface GatedUploads {
  /** Whether files wait for a save of the work item. */
  readonly hasWaiting: (workItemId: number) => boolean;
  /** Releases the files that wait for a save of the work item. `at-once`: without asking the gate again. */
  readonly release: (workItemId: number, how: 'if-allowed' | 'at-once') => void;
}

/** Dependencies of `createSaveGate`. */
export interface SaveGateOptions {
  readonly host: Pick<Host, 'getUnsavedEdits' | 'saveForm' | 'readSetting' | 'writeSetting' | 'showToast'>;
  readonly runtime: Runtime;
}

/**
 * Delays links and changes to work items with unsaved edits: a patch would make the save conflict (REST reference D.7).
 * The user decides once for all of them until the next save: after the save, or now.
 */
export interface SaveGate extends ReadonlyStore<SaveGateState> {
  /** The remembered choice. */
  readonly choice: ReadonlyStore<EditsChoice>;
  /** Reads the remembered choice, once. */
  readonly recall: () => Promise<void>;
  /** Sets the remembered choice, and applies it to what waits for the work item in the form. */
  readonly choose: (choice: EditsChoice, workItemId: number | undefined) => void;
  /** Adds the uploads of the frame. Called once. */
  readonly addUploads: (uploads: GatedUploads) => void;
  /** Resolves with whether the work item can be patched without a conflict. Never rejects. */
  readonly canLink: (workItemId: number) => Promise<boolean>;
  /**
   * Resolves with `undefined` if the change can run now. Otherwise it waits, and `released` resolves after the decision or
   * a save.
   */
  readonly pass: (change: WaitingChange) => Promise<{ readonly released: Promise<Release> } | undefined>;
  /** Records whether the work item has edits now. The host cannot tell once another item is active. */
  readonly check: (workItemId: number) => Promise<void>;
  /**
   * Saves the form, then releases what waits. Ignored during a save.
   *
   * @param remember Whether to save from now on without a question.
   */
  readonly save: (hostId: number, remember: boolean) => void;
  /**
   * Releases what waits for the work item beside its edits, and all that follows until the next save.
   *
   * @param remember Whether to do so from now on without a question.
   */
  readonly runNow: (workItemId: number, remember: boolean) => void;
  /** Cancels the waiting changes. Uploads have a command of their own. */
  readonly cancel: (workItemId: number) => void;
  /** Receives all events of the form, in order. */
  readonly onFormEvent: (event: FormEvent) => void;
  /** Whether links to the work item wait, according to the last check. */
  readonly isClosed: (workItemId: number) => boolean;
}

/** Interval between checks of a form with waiting files, in milliseconds. A host may not report a save. */
const CHECK_INTERVAL_MS = 3_000;

/** Creates the gate of one frame. */
export function createSaveGate({ host, runtime }: SaveGateOptions): SaveGate {
  const store = createStateStore<SaveGateState>({ changes: [] }, { notify: 'at-once' });
  const changes = createWaitingChanges(store, host);
  const choice = createEditsChoice(host);
  /** Work items with unsaved edits at the last check, or with changes since. */
  const edited = new Set<number>();
  /** Work items to patch beside their edits, as the user decided. */
  const allowed = new Set<number>();
  const watched = new Set<number>();
  const startChange = createLatest();
  /** Saves in progress, by the host's id of the item. */
  const saves = new Map<number, Promise<boolean>>();
  let uploads: GatedUploads | undefined;
  let recalled: Promise<void> | undefined;

  const recall = (): Promise<void> => (recalled ??= choice.recall());
  const isAllowed = (workItemId: number): boolean =>
    allowed.has(workItemId) || choice.getSnapshot() === 'attach-now';

  async function check(workItemId: number): Promise<void> {
    const edits = await host.getUnsavedEdits(workItemId);
    if (edits === 'some') edited.add(workItemId);
    if (edits === 'none') edited.delete(workItemId);
  }

  /**
   * Rules of the service change fields like the user does. Only the host can tell, while the item is active, so it is
   * asked at once.
   */
  async function markChanged(workItemId: number): Promise<void> {
    edited.add(workItemId);
    if (isAllowed(workItemId)) return;
    const isLatest = startChange(workItemId);
    const edits = await host.getUnsavedEdits(workItemId);
    if (isLatest() && edits === 'none') edited.delete(workItemId);
  }

  function release(workItemId: number, how: 'if-allowed' | 'at-once' = 'if-allowed'): void {
    uploads?.release(workItemId, how);
    changes.settle(workItemId, 'run');
  }

  async function releaseIfSaved(workItemId: number): Promise<void> {
    await check(workItemId);
    if (!edited.has(workItemId)) release(workItemId);
  }

  function watch(workItemId: number): void {
    if (watched.has(workItemId)) return;
    watched.add(workItemId);
    runtime.setTimer(CHECK_INTERVAL_MS, () => {
      watched.delete(workItemId);
      if (!uploads?.hasWaiting(workItemId) && changes.of(workItemId).length === 0) return;
      watch(workItemId);
      void releaseIfSaved(workItemId);
    });
  }

  /** Resolves with whether the form was saved. Calls during a save share its result. */
  function save(hostId: number): Promise<boolean> {
    const saving = saves.get(hostId) ?? saveForm(hostId).finally(() => saves.delete(hostId));
    saves.set(hostId, saving);
    return saving;
  }

  async function saveForm(hostId: number): Promise<boolean> {
    const show = (state?: Saving): void =>
      store.setState((before) => ({ ...before, save: state && { hostId, state } }));
    show('under-way');
    const result = await host.saveForm(hostId);
    show(result.outcome === 'saved' ? undefined : result);
    return result.outcome === 'saved';
  }

  async function canPatch(workItemId: number): Promise<boolean> {
    if (isAllowed(workItemId)) return true;
    await check(workItemId);
    const isSavedFirst = edited.has(workItemId) && choice.getSnapshot() === 'save-first';
    if (isSavedFirst && (await save(workItemId))) edited.delete(workItemId);
    if (edited.has(workItemId)) watch(workItemId);
    return !edited.has(workItemId);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    choice,
    recall,
    check,
    canLink: canPatch,
    addUploads: (added) => (uploads = added),
    isClosed: (workItemId) => edited.has(workItemId) && !isAllowed(workItemId),

    choose(next, workItemId) {
      choice.choose(next);
      if (next === 'wait') allowed.clear();
      else if (workItemId !== undefined) {
        uploads?.release(workItemId, 'if-allowed');
        if (changes.of(workItemId).length > 0)
          void canPatch(workItemId).then((can) => can && changes.settle(workItemId, 'run'));
      }
    },

    async pass(change) {
      await recall();
      if (await canPatch(change.workItemId)) return undefined;
      return { released: changes.add(change) };
    },

    save(hostId, remember) {
      if (saves.has(hostId)) return;
      if (remember) choice.choose('save-first');
      // The number of a new item arrives with the form event of its save.
      void save(hostId).then((isSaved) => isSaved && hostId > 0 && release(hostId));
    },

    runNow(workItemId, remember) {
      if (remember) choice.choose('attach-now');
      allowed.add(workItemId);
      release(workItemId, 'at-once');
    },

    cancel: (workItemId) => void changes.settle(workItemId, 'cancel'),

    onFormEvent({ type, workItemId }) {
      if (type === 'changed') {
        // The reason why the form was not saved may be gone.
        const shown = store.getSnapshot().save?.state;
        if (shown && shown !== 'under-way') store.setState((state) => ({ ...state, save: undefined }));
        if (workItemId > 0) void markChanged(workItemId);
        return;
      }
      if (store.getSnapshot().save) store.setState((state) => ({ ...state, save: undefined }));
      allowed.delete(workItemId);
      if (type === 'unloaded') changes.abandon((id) => id === workItemId);
      if (type === 'loaded') changes.abandon((id) => id !== workItemId);
      if (!(workItemId > 0)) return;
      if (type === 'loaded') void releaseIfSaved(workItemId);
      if (type === 'saved' || type === 'refreshed' || type === 'reset') {
        edited.delete(workItemId);
        release(workItemId);
      }
    },
  };
}

/** Changes that wait for a save of the form. */
interface WaitingChanges {
  readonly of: (workItemId: number) => readonly WaitingChange[];
  /** Resolves once the change is settled. */
  readonly add: (change: WaitingChange) => Promise<Release>;
  /** Settles the changes to a work item. */
  readonly settle: (workItemId: number, how: Release) => readonly WaitingChange[];
  /** Cancels the changes to work items that the form no longer shows, and has not saved. */
  readonly abandon: (isGone: (workItemId: number) => boolean) => void;
}

function createWaitingChanges(
  store: ReturnType<typeof createStateStore<SaveGateState>>,
  { showToast }: Pick<Host, 'showToast'>,
): WaitingChanges {
  const releases = new Map<WaitingChange, (release: Release) => void>();
  const of = (workItemId: number): readonly WaitingChange[] =>
    store.getSnapshot().changes.filter((change) => change.workItemId === workItemId);

  function settle(workItemId: number, how: Release): readonly WaitingChange[] {
    const settled = of(workItemId);
    if (settled.length === 0) return settled;
    store.setState((state) => ({
      ...state,
      changes: state.changes.filter((change) => !settled.includes(change)),
    }));
    for (const change of settled) {
      releases.get(change)?.(how);
      releases.delete(change);
    }
    return settled;
  }

  return {
    of,
    settle,

    add(change) {
      const released = new Promise<Release>((resolve) => releases.set(change, resolve));
      store.setState((state) => ({ ...state, changes: [...state.changes, change] }));
      return released;
    },

    abandon(isGone) {
      const ids = new Set(store.getSnapshot().changes.map(({ workItemId }) => workItemId));
      const abandoned = [...ids].filter(isGone).flatMap((id) => settle(id, 'cancel'));
      if (abandoned.length > 0) showToast(describeAbandoned(abandoned.flatMap(({ names }) => names).length));
    },
  };
}
