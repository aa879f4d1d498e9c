import type { LinkableAttachment } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import type { RemovedFile } from '../gallery-state';

/** Step of the work on one zip. */
export type BundleStep = 'reading' | 'sending' | 'checking';

/** A zip on the work item, and the attachments whose place it took. */
export interface BundledArchive {
  readonly archive: LinkableAttachment;
  readonly removed: readonly RemovedFile[];
}

/** Progress or result of bundling attachments of one work item. */
export interface Bundling {
  readonly workItemId: number;
  /** Finished zips, which can be undone. */
  readonly bundled: readonly BundledArchive[];
  /** Missing once the work is over. */
  readonly running?: {
    readonly step: BundleStep;
    /** Name of the zip. */
    readonly name: string;
    /** Finished part of all the work, from 0 to 1. */
    readonly part: number;
  };
  /** An undo in progress, or the reason for its failure. */
  readonly undoing?: 'pending' | Problem;
}
