import { isCancelled, toProblem } from '../../base/errors';
import type { ChangeFacts, ChangeTools } from '../changes/change-tools';
import type { AttachedFile } from '../model/attached-file';
import type { HistoryItem } from './history-model';
import type { HistoryAction, HistoryState, HistoryStore } from './history-state';

/** A history with its state. */
export interface History {
  readonly item: HistoryItem;
  readonly store: HistoryStore;
  /** Aborted when the person has closed the history. The gallery shows errors then. */
  readonly closed: AbortSignal;
  /** Reads the history again. */
  readonly read: () => Promise<void>;
}

/** Shared steps of the changes that a history makes to its work item. */
export interface HistoryChanges {
  readonly change: (facts: Partial<HistoryState>) => void;
  /** Shows an error in the gallery, for a history that is closed. */
  readonly addError: (error: unknown, name: string | undefined) => void;
  /** Ends the work in progress. Shows the error, unless the person has canceled the work. */
  readonly fail: (action: HistoryAction, error: unknown, files?: readonly AttachedFile[]) => void;
  /** Runs a change of the work item as all changes of the gallery. Reads the history again afterwards. */
  readonly changeItem: (
    action: HistoryAction,
    files: readonly AttachedFile[],
    task: () => Promise<void>,
    facts?: ChangeFacts,
  ) => Promise<void>;
}

/** Creates the steps for one history. */
export function createHistoryChanges(
  { addErrors, whileBusy }: Pick<ChangeTools, 'addErrors' | 'whileBusy'>,
  { item, store, closed, read }: History,
): HistoryChanges {
  const { workItemId, workItemType } = item;
  const change: HistoryChanges['change'] = (facts) => store.setState((state) => ({ ...state, ...facts }));

  function addError(error: unknown, name: string | undefined): void {
    const problem = toProblem(error);
    addErrors({ problem, name, workItem: { id: workItemId, type: workItemType } });
  }

  function fail(action: HistoryAction, error: unknown, files: readonly AttachedFile[] = []): void {
    change({ work: undefined });
    if (isCancelled(error)) return;
    if (closed.aborted) addError(error, files.length === 1 ? files[0]?.name : undefined);
    else change({ failed: { action, problem: toProblem(error) } });
  }

  return {
    change,
    addError,
    fail,

    async changeItem(action, files, task, facts) {
      change({ work: { step: action === 'undo' ? 'undoing' : 'linking', done: 0, total: 0 } });
      const run = async (): Promise<void> => {
        try {
          await task();
          change({ work: undefined });
        } catch (error) {
          fail(action, error, files);
        }
        if (!closed.aborted) void read();
      };
      const onCanceled = (): void => change({ work: undefined });
      await whileBusy(files, run, { workItemIds: [workItemId], onCanceled, ...facts });
    },
  };
}
