import type { LinkTarget } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import type { Picked } from '../intake/intake';
import type { OverLimitOption, ZipOption } from '../over-limit/over-limit-options';
import type { AuthorsFound } from '../rules/authors/find-authors';
import type { MetadataResult, SecretsResult } from '../rules/file-rules';
import type { DuplicatesRule } from '../rules/policy/policy';
import type { PickedFile, UploadId } from '../upload';

/** Passes checked files on to their uploads. */
export type PassFiles = (picked: Picked, target: LinkTarget) => void;

/** Why a file waits for a decision. */
export type HeldReason =
  /** `isMaskable`: whether no secret would be left. */
  | {
      readonly kind: 'secrets';
      readonly found: Pick<Extract<SecretsResult, { kind: 'found' }>, 'findings' | 'count' | 'counts'>;
      readonly isMaskable: boolean;
    }
  /** The policy of the project asks for a comment. */
  | { readonly kind: 'comment' }
  /** It is over the limit for the size of a file, in bytes. The best option comes first. */
  | {
      readonly kind: 'over-limit';
      readonly limitBytes: number;
      readonly options: readonly OverLimitOption[];
    }
  /** The work item has room for one more attachment, but not for these files. */
  | {
      readonly kind: 'no-room';
      /** At least two, as they were picked. */
      readonly files: readonly PickedFile[];
      /** One zip of all. */
      readonly zip: ZipOption;
    }
  /** The check failed. */
  | { readonly kind: 'unchecked'; readonly problem: Problem };

/** A file that waits for a decision. Nothing of it is stored or sent. */
export interface HeldFile {
  readonly id: string;
  /** The first one of files without room. */
  readonly file: PickedFile;
  readonly target: LinkTarget;
  readonly reason: HeldReason;
  /** Whether the work that the user has decided on is underway. */
  readonly isBusy: boolean;
  /** Finished part of that work, from 0 to 1; `undefined` if unknown. */
  readonly progress?: number | undefined;
  readonly pass: PassFiles;
}

/** Lists a file that waits for a decision. */
export type HoldFile = (file: Omit<HeldFile, 'id' | 'isBusy'>) => HeldFile;

/** Way to attach a file over the limit. */
export type Treatment = OverLimitOption['kind'];

/** Decision about a held file. `retry` checks it once more, `bundle` makes one zip of the files without room. */
export type HeldAnswer = 'bundle' | 'mask' | 'attach' | 'leave-out' | 'retry' | Treatment;

/** Files of one drop, paste or pick that are being checked. */
export interface Checking {
  readonly id: string;
  readonly target: LinkTarget;
  /** Number of files not yet checked. */
  readonly count: number;
  /** Whether it takes so long that it is shown. */
  readonly isSlow: boolean;
  /** Whether the search for secrets has taken so long that it can be skipped. */
  readonly canSkip: boolean;
}

/** Fact about a file that the check has let go. */
export type CheckFact =
  | MetadataResult
  | { readonly kind: 'not-searched'; readonly isTooLarge: boolean }
  | { readonly kind: 'masked'; readonly count: number }
  | AuthorsFound
  /** The fields with authors were emptied. */
  | { readonly kind: 'authors-removed' }
  /** The policy of the project could not be read in time. */
  | { readonly kind: 'policy-unread' };

/** A fact to show about an upload, or about a file of a plan. */
export interface CheckNote {
  /** Of a plan: the id of the file. */
  readonly uploadId: UploadId;
  readonly name: string;
  readonly target: LinkTarget;
  readonly fact: CheckFact;
  /** The file as it was picked, to undo its change. */
  readonly original?: PickedFile;
  /** Uploads the document without the fields of its authors. Missing if they cannot be removed. */
  readonly removeAuthors?: (note: CheckNote) => void;
}

/** Place of checked files: the uploads of a form, or a plan. */
export interface CheckedFiles {
  /** Puts a file as it was picked in the place of the changed one. */
  readonly undo: (id: UploadId, original: PickedFile) => void;
  /** Calls back with files that are there no longer. */
  readonly onGone: (listener: (ids: ReadonlySet<UploadId>) => void) => void;
  /** Receives the answer of the policy to a question about a duplicate. */
  readonly setDuplicates?: (id: UploadId, rule: DuplicatesRule) => void;
  /** Calls back with files that the server has refused for their size, once each; their uploads are removed. */
  readonly onRefused?: (listener: (file: PickedFile, target: LinkTarget) => void) => void;
  /** Looks for the authors of documents. */
  readonly noteAuthors?: (added: ReadonlyMap<UploadId, PickedFile>) => void;
  /** See `FileChecks`. */
  readonly editPasted?: (ids: readonly UploadId[]) => void;
}

/** State of the checks of a frame. */
export interface ChecksState {
  readonly checking: readonly Checking[];
  readonly held: readonly HeldFile[];
  readonly notes: readonly CheckNote[];
}
