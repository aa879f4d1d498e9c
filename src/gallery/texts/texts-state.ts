import type { RewrittenText } from '../../upload/texts/rewrite-texts';
import type { AttachedFile, TextOfItem } from '../model/attached-file';

/** Files in the texts of one work item. */
export interface TextFiles {
  /** One for each picture and attachment, whatever the number of its uses. */
  readonly files: readonly AttachedFile[];
  /** Texts with more files than are listed. */
  readonly cut: readonly TextOfItem[];
  /** Whether comments are included. */
  readonly withComments: boolean;
}

/** Result of the last copy of images from elsewhere, in the state of the gallery. */
export type CopiedHere =
  | { readonly status: 'copying'; readonly done: number; readonly total: number }
  | {
      readonly status: 'copied';
      /** Copied images. */
      readonly count: number;
      /** Names of the files that are no images. */
      readonly noImages: readonly string[];
      readonly rewritten: readonly RewrittenText[];
      /** An undo in progress, or the number of texts that it left as they are. */
      readonly undoing?: 'pending' | number;
    };
