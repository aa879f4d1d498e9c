import type { FileChanges, FileChangesOptions } from './file-changes';
import { createFileChanges } from './file-changes';
import { loadModule } from '../../base/load-module';
import { errorOf } from './change-tools';
import type { PasteFiles, PastingOptions } from './pasting';
import type { Renames, RenamesOptions } from './renames';
import { createRenames } from './renames';
import type { Replacements, ReplacementsOptions } from './replacing';
import { createReplacements } from './replacing';
import type { Transfers, TransfersOptions } from './transfers';
import { createTransfers } from './transfers';

/** Commands for changes to attachments. */
export interface Changes extends FileChanges {
  readonly renames: Renames;
  readonly replacements: Replacements;
  readonly transfers: Transfers;
  readonly paste: PasteFiles;
}

/** Dependencies of `createChanges`. */
type ChangesOptions = FileChangesOptions &
  PastingOptions &
  RenamesOptions &
  ReplacementsOptions &
  TransfersOptions;

function loadPasting() {
  return import(/* webpackChunkName: "transfers" */ './pasting');
}

/** Creates the commands of a gallery for changes to attachments. */
export function createChanges(options: ChangesOptions): Changes {
  const transfers = createTransfers(options);
  return {
    ...createFileChanges(options),
    renames: createRenames(options),
    replacements: createReplacements(options),
    transfers,
    async paste(copied) {
      try {
        const { createPasteFiles } = await loadModule(loadPasting);
        await createPasteFiles(options, transfers)(copied);
      } catch (error) {
        options.store.change({ errors: [errorOf([], error)] });
      }
    },
  };
}
