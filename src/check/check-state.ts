import type { Problem } from '../base/errors';
import type { WorkItem } from '../azure/work-item';
import type { KeptAttachment } from './kept-attachment';

/** Work item for the run: an existing one, or a new one in a project. */
export type CheckTarget =
  | { readonly kind: 'existing'; readonly workItemId: number }
  | { readonly kind: 'new'; readonly project: string };

/** Work item in the form. */
export interface OpenItem {
  readonly id: number;
}

/** Choices of the person before the run. */
export interface CheckChoices {
  /** Whether one attachment stays linked for 30 days; of a created work item, also a picture in its description. */
  readonly keepsOne: boolean;
  /** Whether the host opens a message and a panel. */
  readonly opens: boolean;
}

/** Result of a question. */
export interface CheckRow {
  readonly id: string;
  readonly answer: string | null;
  /** Details, possibly with words of the server. */
  readonly seen: string;
  /** Methods, statuses and codes only. */
  readonly steps: string;
}

/** A test file. */
export interface TestFile {
  /** Of the attachment. */
  readonly id: string;
  /** Empty without a name. */
  readonly name: string;
}

/** Result of the clean-up. */
export interface CleanUp {
  /** Number of removed test files. */
  readonly removed: number;
  /** Names of the test files on the work item. */
  readonly left: readonly string[];
  /** Number of the created work item, if it could not be deleted. */
  readonly leftWorkItemId?: number;
  /** Number of the work item with the test files. */
  readonly workItemId: number;
  readonly problem?: Problem;
}

/** State of a check. */
export type CheckState =
  | {
      readonly step: 'choosing';
      readonly isReading: boolean;
      /** Whether the form of the chosen work item has unsaved edits. */
      readonly hasEdits?: boolean;
      /** Reason why the work item cannot be used. */
      readonly problem?: Problem | undefined;
      /** Attachment of an earlier check, waiting for its verification. */
      readonly kept?: KeptAttachment & { readonly isDue: boolean };
    }
  | {
      readonly step: 'confirming';
      readonly target: CheckTarget;
      /** The existing work item. */
      readonly workItem?: WorkItem;
      /** Test files of a check that did not end. The run removes them as well. */
      readonly leftovers: readonly TestFile[];
      /** Whether one attachment may be kept for 30 days. */
      readonly canKeep: boolean;
    }
  | {
      readonly step: 'running';
      /** Number of asked questions. */
      readonly done: number;
      readonly total: number;
      /** Question under way; `undefined` while cleaning up. */
      readonly questionId?: string;
      readonly isCanceled: boolean;
    }
  | {
      readonly step: 'done';
      readonly rows: readonly CheckRow[];
      readonly isCanceled: boolean;
      readonly cleanUp?: CleanUp;
      /** Set if one attachment was left for 30 days. */
      readonly kept?: KeptAttachment;
      /** Reason why the run could not begin. */
      readonly problem?: Problem;
    };
