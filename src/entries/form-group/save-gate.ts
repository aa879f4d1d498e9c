import type { Runtime } from '../../base/runtime';
import type { FormEvent, Host } from '../../azure/host/host';
import type { EditsChoice } from './edits-choice';

/** What the gate is made of. */
export interface SaveGateOptions {
  readonly host: Pick<Host, 'getUnsavedEdits'>;
  readonly choice: () => EditsChoice;
  /** Saves the work item in the form; resolves with whether that was done. */
  readonly save: (workItemId: number) => Promise<boolean>;
  /** Whether files wait for the work item to be saved. */
  readonly hasWaiting: (workItemId: number) => boolean;
  /** Lets them go. */
  readonly release: (workItemId: number) => void;
  readonly runtime: Runtime;
}

/** Keeps links from work items whose edits are not saved: a patch would make the save collide (REST reference D.7). */
export interface SaveGate {
  /** Whether a patch of the work item disturbs nobody. Never rejects. */
  readonly mayLink: (workItemId: number) => Promise<boolean>;
  /** Finds out whether the work item has edits now: later another one may be active, and nobody left to ask. */
  readonly look: (workItemId: number) => Promise<void>;
  readonly onFormEvent: (event: FormEvent) => void;
  /** Whether the work item has edits that a patch would disturb, as far as is known without asking. */
  readonly isClosed: (workItemId: number) => boolean;
}

/** Time between two looks at a form that files wait for, in milliseconds: a host may save it and never tell. */
const LOOK_AGAIN_MS = 3_000;

/** A gate for one frame. */
export function createSaveGate(options: SaveGateOptions): SaveGate {
  const { host, choice, save, hasWaiting, release, runtime } = options;
  /** Work items that had unsaved edits, or may have got some, when they were seen last. */
  const edited = new Set<number>();
  const watched = new Set<number>();

  async function look(workItemId: number): Promise<void> {
    const edits = await host.getUnsavedEdits(workItemId);
    if (edits === 'some') edited.add(workItemId);
    if (edits === 'none') edited.delete(workItemId);
  }

  /** Lets go what waits, once there is nothing to wait for. */
  async function reconsider(workItemId: number): Promise<void> {
    await look(workItemId);
    if (!edited.has(workItemId)) release(workItemId);
  }

  function watch(workItemId: number): void {
    if (watched.has(workItemId)) return;
    watched.add(workItemId);
    runtime.setTimer(LOOK_AGAIN_MS, () => {
      watched.delete(workItemId);
      if (!hasWaiting(workItemId)) return;
      watch(workItemId);
      void reconsider(workItemId);
    });
  }

  return {
    look,
    isClosed: (workItemId) => edited.has(workItemId) && choice() !== 'attach-now',

    async mayLink(workItemId) {
      if (choice() === 'attach-now') return true;
      await look(workItemId);
      if (edited.has(workItemId) && choice() === 'save-first' && (await save(workItemId))) {
        edited.delete(workItemId);
      }
      if (edited.has(workItemId)) watch(workItemId);
      return !edited.has(workItemId);
    },

    onFormEvent({ type, workItemId }) {
      if (!(workItemId > 0)) return;
      if (type === 'changed') edited.add(workItemId);
      if (type === 'loaded') void reconsider(workItemId);
      if (type === 'saved' || type === 'refreshed' || type === 'reset') {
        edited.delete(workItemId);
        release(workItemId);
      }
    },
  };
}
