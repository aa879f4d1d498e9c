import type { FileChanges, FileChangesOptions } from './file-changes';
import { createFileChanges } from './file-changes';
import type { Replacements, ReplacementsOptions } from './replacing';
import { createReplacements } from './replacing';
import type { Transfers, TransfersOptions } from './transfers';
import { createTransfers } from './transfers';

/** All that changes what is attached. */
export interface Changes extends FileChanges {
  readonly replacements: Replacements;
  readonly transfers: Transfers;
}

/** What they are made of. */
export type ChangesOptions = FileChangesOptions & ReplacementsOptions & TransfersOptions;

/** Changes of one gallery, which keep out of each other's way. */
export function createChanges(options: ChangesOptions): Changes {
  return {
    ...createFileChanges(options),
    replacements: createReplacements(options),
    transfers: createTransfers(options),
  };
}
