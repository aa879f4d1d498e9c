import type { Problem } from '../../../base/errors';
import { toProblem } from '../../../base/errors';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { RecordedRun, RunBin } from '../clean-up/run-bin';
import type { RunLocks } from '../clean-up/run-locks';
import { createRunLocks } from '../clean-up/run-locks';
import type { HubActionServices } from '../session/hub-action';
import { browserLocks } from '../../../upload/recovery/journal/browser-journal';
import type { CleanUpParts, CleanUpWork } from './page-clean-up';
import { createPageCleanUp, openPageBin } from './page-clean-up';

/** A recorded run, and whether another tab works on it. */
export interface ListedRun extends RecordedRun {
  readonly isInProgress: boolean;
}

/** State of the list of recorded runs. */
export type RunsState =
  | { readonly status: 'reading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'read'; readonly runs: readonly ListedRun[] };

/** List of the recorded runs, the latest one first. */
export interface RecordedRuns extends ReadonlyStore<RunsState> {
  /** Reads the list, also again. Never rejects. */
  readonly read: () => Promise<void>;
  /** See `RunBin.dismiss`. Never rejects: a failure only keeps the reminder. */
  readonly dismiss: (id: string) => Promise<void>;
}

/** Creates the list. */
export function createRecordedRuns(
  bin: Pick<RunBin, 'list' | 'dismiss'>,
  { isFree }: Pick<RunLocks, 'isFree'>,
): RecordedRuns {
  const store = createStateStore<RunsState>({ status: 'reading' });
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async read() {
      store.setState((state) => (state.status === 'failed' ? { status: 'reading' } : state));
      try {
        const list = await bin.list();
        const runs = await Promise.all(
          list.map(async (run) => ({ ...run, isInProgress: !(await isFree(run.id)) })),
        );
        store.setState({ status: 'read', runs });
      } catch (error) {
        store.setState({ status: 'failed', problem: toProblem(error) });
      }
    },

    dismiss: (id) => bin.dismiss(id).catch(() => undefined),
  };
}

/** Creates the list in a page. */
export function openRecordedRuns(page: Pick<HubActionServices, 'openDocuments' | 'project'>): RecordedRuns {
  return createRecordedRuns(openPageBin(page), createRunLocks(browserLocks()));
}

/** A recorded run, to be continued or restored. */
export interface OpenedRun extends CleanUpWork {
  /** Whether its record is missing or damaged. */
  readonly isMissing: ReadonlyStore<boolean>;
}

/** Opens a recorded run. `open` reads its record. */
export function openRun(id: string, parts: CleanUpParts): OpenedRun {
  const cleanUp = createPageCleanUp(parts);
  const isMissing = createStateStore(false);
  return {
    cleanUp,
    isMissing,
    open: async () => isMissing.setState(!(await cleanUp.open(id))),
    // It is recorded.
    startWithoutRecord: () => Promise.resolve(),
  };
}
