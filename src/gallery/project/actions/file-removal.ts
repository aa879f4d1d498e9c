import type { CleanUpPlan } from '../clean-up/plan-clean-up';
import { planOf } from '../clean-up/plan-clean-up';
import type { ProjectFile, ProjectIndex } from '../project-index';
import type { ChosenRows } from '../session/hub-action';
import type { CleanUpPage, CleanUpParts, CleanUpWork } from './page-clean-up';
import { createPageCleanUp, openCleanUpParts } from './page-clean-up';
import type { ChosenReader } from './read-chosen';
import { createChosenReader } from './read-chosen';

/** Removal of chosen files: first they are read from the index, and checked on the server. */
export interface FileRemoval extends CleanUpWork {
  readonly reader: ChosenReader<CleanUpPlan>;
  /** Stops reading. */
  readonly close: () => void;
}

/** Dependencies of `createFileRemoval`. */
export interface FileRemovalOptions extends CleanUpParts {
  readonly index: Pick<ProjectIndex, 'readRows' | 'onItemChanged'>;
  readonly rows: ChosenRows;
}

/** Creates the removal of these rows. */
export function createFileRemoval({ rows, ...parts }: FileRemovalOptions): FileRemoval {
  const cleanUp = createPageCleanUp(parts);
  const reader = createChosenReader(parts.index, rows, () => {
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
  page: CleanUpPage,
  index: FileRemovalOptions['index'],
  rows: ChosenRows,
): FileRemoval {
  return createFileRemoval({ ...openCleanUpParts(page, index), index, rows });
}
