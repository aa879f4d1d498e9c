import type { Runtime } from '../../../base/runtime';
import type { CleanUp } from '../clean-up/clean-up';
import { createCleanUp } from '../clean-up/clean-up';
import { createCleanUpServices } from '../clean-up/clean-up-services';
import type { CleanUpServices } from '../clean-up/clean-up-services';
import type { CleanUpPlan } from '../clean-up/plan-clean-up';
import { planOf } from '../clean-up/plan-clean-up';
import type { RunBin } from '../clean-up/run-bin';
import { createRunBin } from '../clean-up/run-bin';
import type { ProjectFile, ProjectIndex } from '../project-index';
import type { ChosenRows, HubActionServices } from '../session/hub-action';
import type { ChosenReader } from './read-chosen';
import { createChosenReader } from './read-chosen';

/** Removal of chosen files: first they are read from the index, and checked on the server. */
export interface FileRemoval {
  readonly reader: ChosenReader<CleanUpPlan>;
  readonly cleanUp: CleanUp;
  /** Reads and checks the files, also after a failure. Changes nothing. Never rejects. */
  readonly open: () => Promise<void>;
  /** Removes the files of a failed start without a record: they can be restored in this page only. Never rejects. */
  readonly startWithoutRecord: () => Promise<void>;
  /** Stops reading. */
  readonly close: () => void;
}

/** Dependencies of `createFileRemoval`. */
export interface FileRemovalOptions {
  readonly services: CleanUpServices;
  readonly bin: RunBin;
  readonly index: Pick<ProjectIndex, 'readRows' | 'onItemChanged'>;
  readonly rows: ChosenRows;
  /** Clears the selection of the list before its rows change. Default: there is none. */
  readonly selectNone?: () => void;
}

/** Creates the removal of these rows. */
export function createFileRemoval(options: FileRemovalOptions): FileRemoval {
  const { services, bin, index, rows, selectNone } = options;
  let following = Promise.resolve();

  /** Tells the index, one batch at a time. */
  function follow(workItemIds: readonly number[]): void {
    selectNone?.();
    following = following.then(() => index.onItemChanged(...workItemIds)).catch(() => undefined);
  }

  const cleanUp = createCleanUp({
    services,
    bin,
    createId: () => createRunId(services.runtime),
    onChanged: follow,
  });
  const reader = createChosenReader(index, rows, () => {
    const files: ProjectFile[] = [];
    return { add: (file) => void files.push(file), finish: () => planOf(files) };
  });

  async function check(): Promise<void> {
    const state = reader.getSnapshot();
    if (state.status === 'read') await cleanUp.check(state.chosen);
  }

  return {
    reader,
    cleanUp,

    async open() {
      // The files of the person's choice stay the same.
      if (reader.getSnapshot().status !== 'read') await reader.read();
      await check();
    },

    async startWithoutRecord() {
      await check();
      await cleanUp.start(true);
    },

    close: reader.stop,
  };
}

/** Creates the removal in a page. */
export function createPageRemoval(
  { services, openDocuments, project, ...page }: HubActionServices & Pick<FileRemovalOptions, 'selectNone'>,
  index: FileRemovalOptions['index'],
  rows: ChosenRows,
): FileRemoval {
  const bin = createRunBin({
    runs: openDocuments('clean-up-runs'),
    entries: openDocuments('clean-up-entries'),
    project: project.id,
  });
  return createFileRemoval({ ...page, services: createCleanUpServices(services), bin, index, rows });
}

/** Unique for one person: the time and a random number. */
function createRunId({ now, random }: Pick<Runtime, 'now' | 'random'>): string {
  return `${now().toString(36)}-${Math.floor(random() * 2 ** 32).toString(36)}`;
}
