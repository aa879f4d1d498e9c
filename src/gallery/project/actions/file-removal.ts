import type { CleanUpPlan } from '../clean-up/plan-clean-up';
import type { CopyGroup } from '../clean-up/plan-clean-up';
import { keyOf, planOf } from '../clean-up/plan-clean-up';
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
  readonly index: Pick<ProjectIndex, 'readRows' | 'readDuplicates' | 'onItemChanged'>;
  readonly rows: ChosenRows;
  /** Whether the files are copies: they stay unless the oldest file of their group can be read. Default: no. */
  readonly keepsOldest?: boolean;
}

/** Groups read from the index at a time: fewer than 50 ms of work. */
const CHUNK_GROUPS = 200;

/** Creates the removal of these rows. */
export function createFileRemoval({ rows, keepsOldest, ...parts }: FileRemovalOptions): FileRemoval {
  const cleanUp = createPageCleanUp(parts);
  const reader = createChosenReader(parts.index, rows, () => {
    const files: ProjectFile[] = [];
    return {
      add: (file) => void files.push(file),
      finish: () => (keepsOldest ? planCopies(parts.index, rows.result.id, files) : planOf(files)),
    };
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
  { rows, keepsOldest = false }: Pick<FileRemovalOptions, 'rows' | 'keepsOldest'>,
): FileRemoval {
  return createFileRemoval({ ...openCleanUpParts(page, index), index, rows, keepsOldest });
}

/** @returns `undefined` if one of the files is no copy of a proven group any more. */
async function planCopies(
  index: Pick<ProjectIndex, 'readDuplicates'>,
  resultId: number,
  files: readonly ProjectFile[],
): Promise<CleanUpPlan | undefined> {
  const chosen = new Set(files.map(keyOf));
  const groups: CopyGroup[] = [];
  for (let isEnd = false, start = 0; !isEnd; start += CHUNK_GROUPS) {
    const sets = await index.readDuplicates(resultId, start, CHUNK_GROUPS);
    for (const { isProven, files: all } of sets) {
      const oldest = all[0]?.reference.id;
      const originals = all.filter(({ reference }) => reference.id === oldest);
      const copies = all.filter((file) => chosen.has(keyOf(file)) && file.reference.id !== oldest);
      if (isProven && copies.length > 0) groups.push({ originals, copies });
    }
    isEnd = sets.length < CHUNK_GROUPS;
  }
  const copyCount = groups.reduce((sum, { copies }) => sum + copies.length, 0);
  return copyCount === files.length ? planOf(files, groups) : undefined;
}
