import type { FormEvent, Host } from '../../azure/host/host';
import { workItemTarget } from '../../azure/work-item';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { OpenForm } from '../../upload/form/form-state';
import { createEditsChoice } from '../../upload/form/edits-choice';
import { createSaveGate } from '../../upload/form/save-gate';
import type { AttachedFile } from '../model/attached-file';

/** Change of attached files that waits for a save of the form. */
export interface WaitingChange {
  /** Work item with unsaved edits. */
  readonly workItemId: number;
  readonly files: readonly AttachedFile[];
  readonly isRemoval: boolean;
}

/** Changes that wait, and the save requested for them. */
export interface EditGateState {
  readonly waiting: readonly WaitingChange[];
  readonly saving: OpenForm['saving'];
}

/** Result of waiting for the form: whether the change can run, or is canceled. */
export type Release = 'run' | 'cancel';

/**
 * Delays changes to a work item with unsaved edits: a patch would make the save conflict (REST reference D.7). The user
 * decides once for all changes until the next save: after the save, or now.
 */
export interface EditGate extends ReadonlyStore<EditGateState> {
  /**
   * Resolves with `undefined` if the change can run now. Otherwise it waits, and `released` resolves after the decision or
   * a save.
   */
  readonly pass: (change: WaitingChange) => Promise<{ readonly released: Promise<Release> } | undefined>;
  /** Saves the form, and runs the waiting changes if that succeeds. */
  readonly save: (workItemId: number) => void;
  /** Runs the changes to a work item beside its edits, these and later ones until the next save. */
  readonly runNow: (workItemId: number) => void;
  /** Cancels the waiting changes. */
  readonly cancel: (workItemId: number) => void;
  /** Receives all events of the form, in order. */
  readonly onFormEvent: (event: FormEvent) => void;
}

/** Dependencies of `createEditGate`. */
export interface EditGateOptions {
  readonly host: Pick<Host, 'getUnsavedEdits' | 'saveForm' | 'readSetting' | 'writeSetting'>;
  /** Called with the number of files left unchanged because the form was closed without a save. */
  readonly onAbandoned: (files: number) => void;
  readonly runtime: Runtime;
}

/** Creates the gate of one gallery. It follows the remembered choice for attached files. */
export function createEditGate({ host, onAbandoned, runtime }: EditGateOptions): EditGate {
  const store = createStateStore<EditGateState>({ waiting: [], saving: undefined }, { notify: 'at-once' });
  const releases = new Map<WaitingChange, (release: Release) => void>();
  /** Work items to change beside their edits. */
  const allowed = new Set<number>();
  const choice = createEditsChoice(host);
  let recalled: Promise<void> | undefined;

  const waitingFor = (workItemId: number): readonly WaitingChange[] =>
    store.getSnapshot().waiting.filter((change) => change.workItemId === workItemId);

  function release(workItemId: number, how: Release): readonly WaitingChange[] {
    const released = waitingFor(workItemId);
    if (released.length === 0) return released;
    store.setState(({ waiting }) => ({
      waiting: waiting.filter((change) => !released.includes(change)),
      saving: undefined,
    }));
    for (const change of released) {
      releases.get(change)?.(how);
      releases.delete(change);
    }
    return released;
  }

  const gate = createSaveGate({
    host,
    choice: choice.getSnapshot,
    onSaving: (_, saving) => store.setState((state) => ({ ...state, saving })),
    hasWaiting: (id) => waitingFor(id).length > 0,
    release: (id) => void release(id, 'run'),
    runtime,
  });

  /** The form no longer shows the work item, and has not saved it. */
  function abandon(isGone: (workItemId: number) => boolean): void {
    const ids = new Set(store.getSnapshot().waiting.map(({ workItemId }) => workItemId));
    const abandoned = [...ids].filter(isGone).flatMap((id) => release(id, 'cancel'));
    if (abandoned.length > 0) onAbandoned(abandoned.flatMap(({ files }) => files).length);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async pass(change) {
      const { workItemId } = change;
      await (recalled ??= choice.recall());
      if (allowed.has(workItemId) || (await gate.canLink(workItemId))) return undefined;
      const released = new Promise<Release>((resolve) => releases.set(change, resolve));
      store.setState((state) => ({ ...state, waiting: [...state.waiting, change] }));
      return { released };
    },

    save(workItemId) {
      void gate.save(workItemTarget(workItemId), workItemId).then((isSaved) => {
        if (isSaved) release(workItemId, 'run');
      });
    },

    runNow(workItemId) {
      allowed.add(workItemId);
      release(workItemId, 'run');
    },

    cancel: (workItemId) => void release(workItemId, 'cancel'),

    onFormEvent(event) {
      const { type, workItemId } = event;
      if (type !== 'changed') allowed.delete(workItemId);
      gate.onFormEvent(event);
      if (type === 'unloaded') abandon((id) => id === workItemId);
      if (type === 'loaded') abandon((id) => id !== workItemId);
    },
  };
}
