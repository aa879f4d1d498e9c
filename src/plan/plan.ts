import type { AttachmentReference } from '../model/attachment';
import type { Problem } from '../model/errors';
import type { FileFacts } from '../model/upload';
import type { Pattern } from './pattern';

/** Names one dropped file for as long as the panel is open. */
export type FileId = string;

/** A dropped file, as far as the plan looks at it. */
export interface PlanFile extends FileFacts {
  readonly id: FileId;
  /** Files with equal keys have equal bytes; left out as long as nobody has looked. */
  readonly contentKey?: string;
}

/** Where a file lay in the drop: `folder/name`. */
export function pathOf({ folder, name }: FileFacts): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** An attachment that a work item has already. */
export interface PlanAttachment {
  readonly attachmentId: AttachmentReference['id'];
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly comment: string;
}

/** A work item that a person selected or typed. */
export interface PlanItem {
  readonly id: number;
  readonly title: string;
  /** `Bug`, `User Story`; empty where it is not known. */
  readonly type: string;
  readonly state: string;
  readonly project: string;
  /** Area path; left out where nobody has looked. */
  readonly area?: string;
  readonly revision: number;
  readonly attachments: readonly PlanAttachment[];
  /** How many relations it has, its attachments among them; the attachments alone where nobody counted. */
  readonly relationCount?: number;
  /** Why nothing can be attached to it. */
  readonly problem: Problem | undefined;
}

/** One good row of a manifest: these files go to these work items. */
export interface ManifestRow {
  /** Where it begins in the file, 1-based, as a text editor counts. */
  readonly line: number;
  readonly workItemIds: readonly number[];
  /** Name or path of a dropped file; `*` stands for any text. */
  readonly file: string;
  /** What it is attached as; empty for its own name. */
  readonly name: string;
  /** Empty for the comment that all files get. */
  readonly comment: string;
}

/** How files find their work items. */
export type Mapping =
  /** Every file to every work item. */
  | { readonly kind: 'all' }
  /** Each file to the work item whose number its name, or a folder of it, carries. */
  | { readonly kind: 'by-name'; readonly pattern: Pattern }
  | { readonly kind: 'manifest'; readonly rows: readonly ManifestRow[] };

/** What a person changed by hand for one file. What is left out stays as it would be without. */
export interface FileEdits {
  readonly name?: string;
  readonly comment?: string;
  /** Win over the mapping; none at all keeps the file out of the plan. */
  readonly workItemIds?: readonly number[];
  readonly isLeftOut?: boolean;
}

/** What happens to a file whose name is on the work item already: see `planOf`. */
export type DuplicatePolicy = 'skip' | 'keep-both' | 'replace';

/** Everything that a plan depends on. */
export interface PlanInput {
  /** In the order of the drop: the first of two files keeps the name, and the place where places are few. */
  readonly files: readonly PlanFile[];
  readonly items: readonly PlanItem[];
  readonly mapping: Mapping;
  readonly edits: ReadonlyMap<FileId, FileEdits>;
  /** Of every file that has none of its own. Empty: one of a dropped folder tells its folder, unless that says where it goes. */
  readonly comment: string;
  readonly duplicates: {
    readonly all: DuplicatePolicy;
    /** By number of the work item, in place of `all`. */
    readonly ofItems: ReadonlyMap<PlanItem['id'], DuplicatePolicy>;
  };
  /** What was attached by this plan before: to each work item, which attachment came of which file. */
  readonly attached?: ReadonlyMap<PlanItem['id'], ReadonlyMap<FileId, AttachmentReference['id']>>;
  /** Most relations of a work item, where a refusal has told it. */
  readonly linkLimit?: number;
}

/** What is to become of one file on one work item. */
export type Fate =
  | { readonly kind: 'attach' }
  /** Attach, and take these away once it is there. */
  | { readonly kind: 'replace'; readonly attachmentIds: readonly AttachmentReference['id'][] }
  /** The work item has it, or gets the same bytes from another file of this drop. */
  | { readonly kind: 'skip'; readonly reason: 'already-there' | 'same-content' }
  /** It cannot be attached, and why. */
  | { readonly kind: 'blocked'; readonly problem: Problem };

/** One file on one work item. */
export interface PlanPair {
  readonly fileId: FileId;
  readonly workItemId: PlanItem['id'];
  /** What the attachment is called there. */
  readonly name: string;
  readonly comment: string;
  readonly fate: Fate;
}

/** Why a file did not find a work item. */
export type UnmatchedReason =
  /** No number stands in its name where the pattern looks for one. */
  | { readonly kind: 'no-number' }
  /** These numbers are not among the work items; adding them helps. */
  | { readonly kind: 'not-listed'; readonly workItemIds: readonly PlanItem['id'][] }
  /** Each of these work items could be meant. */
  | { readonly kind: 'ambiguous-number'; readonly workItemIds: readonly PlanItem['id'][] }
  /** The row in this line could mean each of these files. */
  | { readonly kind: 'ambiguous-file'; readonly line: number; readonly fileIds: readonly FileId[] }
  /** No row of the manifest names it. */
  | { readonly kind: 'no-row' };

/** A file that did not find a work item, or not all that it was meant for (then `not-listed`). */
export interface UnmatchedFile {
  readonly fileId: FileId;
  readonly reason: UnmatchedReason;
}

/** A row of the manifest that says nothing about a file. */
export interface UnusedRow {
  readonly row: ManifestRow;
  /** Files that it could mean; none where its file was not dropped. */
  readonly candidates: readonly FileId[];
}

/** Which file goes to which work item, decided before a byte is sent. */
export interface Plan {
  /** By file, then by work item, each in the order given; a file and a work item meet at most once. */
  readonly pairs: readonly PlanPair[];
  /** At most one entry for a file. */
  readonly unmatched: readonly UnmatchedFile[];
  readonly unusedRows: readonly UnusedRow[];
}
