import type { LinkTarget } from '../../azure/work-item';
import type { StateStore } from '../../base/store';
import type { PickedFile } from '../upload';
import type { ChecksState, HeldFile, HeldReason, PassFiles } from './checks-state';

/** Work that makes a file in the place of a held one. */
export interface HeldTask {
  /**
   * Returns the file to upload; `undefined` or a rejection leads to another question.
   *
   * @param onProgress Called with the finished part, from 0 to 1.
   */
  readonly make: (signal: AbortSignal, onProgress: (part: number) => void) => Promise<PickedFile | undefined>;
  /** Returns the question after a failure or Cancel. Default: the same as before. */
  readonly askAgain: (target: LinkTarget) => Promise<HeldReason | undefined>;
  /** Default: as the held file goes on. */
  readonly pass?: PassFiles;
}

/** The work of a frame for held files that the user has decided on. */
export interface HeldWork {
  readonly run: (held: HeldFile, task: HeldTask) => void;
  /** Ends the work for these files, and asks again. */
  readonly stop: (ids: readonly string[]) => void;
}

/** Starts without work. */
export function createHeldWork(store: StateStore<ChecksState>): HeldWork {
  const running = new Map<string, AbortController>();

  function update(id: string, changes: Partial<HeldFile>): void {
    store.setState((state) => ({
      ...state,
      held: state.held.map((each) => (each.id === id ? { ...each, ...changes } : each)),
    }));
  }

  async function runOne({ id, pass }: HeldFile, task: HeldTask): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    const onProgress = (progress: number): void => update(id, { progress });
    const made = await task.make(controller.signal, onProgress).catch(() => undefined);
    running.delete(id);
    const now = store.getSnapshot().held.find((each) => each.id === id);
    // Its draft was closed meanwhile.
    if (!now) return;
    if (!made) {
      const reason = await task.askAgain(now.target);
      update(id, { isBusy: false, progress: undefined, ...(reason && { reason }) });
      return;
    }
    store.setState((state) => ({ ...state, held: state.held.filter((each) => each.id !== id) }));
    (task.pass ?? pass)({ accepted: [made], rejected: [] }, now.target);
  }

  return {
    run(held, task) {
      update(held.id, { isBusy: true });
      void runOne(held, task);
    },

    stop(ids) {
      for (const id of ids) running.get(id)?.abort();
    },
  };
}
