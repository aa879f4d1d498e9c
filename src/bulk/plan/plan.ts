import type { AttachmentReference } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import type { FileFacts } from '../../upload/upload';
import type { Pattern } from '../../upload/rules/names/pattern';
import type { ContentType } from '../../upload/rules/policy/content-type';
import type { PolicyRules } from '../../upload/rules/policy/policy';

/** Id of a file, valid as long as the panel is open. */
export type FileId = string;

/** A dropped or attached file, as seen by the plan. */
export interface PlanFile extends FileFacts {
  readonly id: FileId;
  /** Files with equal keys have equal bytes. Undefined until the file has been hashed. */
  readonly contentKey?: string;
  /** Set if another work item has the file: it is linked, not sent. */
  readonly reference?: AttachmentReference;
  /** Type by its first bytes, for the rules of a policy. Default: unknown. */
  readonly contentType?: ContentType;
  /** Reason for attaching it nowhere. */
  readonly problem?: Problem;
  /** Set for a volume of a split file, which the rules of a policy have judged as a whole. */
  readonly isVolume?: boolean;
}

/** Path of a file in the drop: `folder/name`. */
export function pathOf({ folder, name }: FileFacts): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** An attachment already on a work item. */
export interface PlanAttachment {
  readonly attachmentId: AttachmentReference['id'];
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly comment: string;
}

/** A selected or typed work item. */
export interface PlanItem {
  readonly id: number;
  readonly title: string;
  /** `Bug`, `User Story`; empty if unknown. */
  readonly type: string;
  readonly state: string;
  readonly project: string;
  /** Area path; undefined if not loaded. */
  readonly area?: string;
  readonly revision: number;
  readonly attachments: readonly PlanAttachment[];
  /** Number of relations, attachments included. Default: the number of attachments. */
  readonly relationCount?: number;
  /** Maximum number of attachments; `Infinity` where the server decides. */
  readonly attachmentLimit: number;
  /** Rules of a policy for its files. Default: none. */
  readonly rules?: PolicyRules;
  /** Reason for refusing attachments. */
  readonly problem: Problem | undefined;
}

/** A valid row of a manifest: these files go to these work items. */
export interface ManifestRow {
  /** First line of the row, 1-based, as in a text editor. */
  readonly line: number;
  readonly workItemIds: readonly number[];
  /** Name or path of a dropped file; `*` matches any text. */
  readonly file: string;
  /** Attachment name; empty for the file's own name. */
  readonly name: string;
  /** Empty for the common comment. */
  readonly comment: string;
}

/** Assignment of files to work items. */
export type Mapping =
  /** Every file to every work item. */
  | { readonly kind: 'all' }
  /** Each file to the work item numbered in its name or folder. */
  | { readonly kind: 'by-name'; readonly pattern: Pattern }
  | { readonly kind: 'manifest'; readonly rows: readonly ManifestRow[] };

/** Manual changes to one file. Undefined members have no effect. */
export interface FileEdits {
  readonly name?: string;
  readonly comment?: string;
  /** Override the mapping; an empty list leaves the file out of the plan. */
  readonly workItemIds?: readonly number[];
  readonly isExcluded?: boolean;
  /** Work items that get the file even if they have it already, or its content. */
  readonly attachAnyway?: readonly number[];
}

/** Treatment of a file with the name of an existing attachment: see `planOf`. */
export type DuplicatePolicy = 'skip' | 'keep-both' | 'replace' | 'skip-name' | 'keep-numbered' | 'keep-names';

/** Input of the planner. */
export interface PlanInput {
  /** In drop order: earlier files take precedence for names and for remaining capacity. */
  readonly files: readonly PlanFile[];
  readonly items: readonly PlanItem[];
  readonly mapping: Mapping;
  readonly edits: ReadonlyMap<FileId, FileEdits>;
  /** Comment for every file without its own. The folder of a file follows it: see `writeComment`. */
  readonly comment: string;
  /** Whether comments tell the folder of a file. Default: true. */
  readonly keepsFolders?: boolean;
  readonly duplicates: {
    readonly all: DuplicatePolicy;
    /** By work item id, overriding `all`. */
    readonly ofItems: ReadonlyMap<PlanItem['id'], DuplicatePolicy>;
  };
  /** Attachments made by earlier runs of this plan, by work item and file. */
  readonly attached?: ReadonlyMap<PlanItem['id'], ReadonlyMap<FileId, AttachmentReference['id']>>;
  /** Maximum number of relations of a work item, if learned from a refusal. */
  readonly linkLimit?: number;
}

/** Why a work item does not get a file. `file-too-large`: the user leaves out files over the limit. */
export type SkipReason = 'already-there' | 'same-name' | 'same-content' | 'file-too-large';

/** Planned action for one file on one work item. */
export type PlannedAction =
  | { readonly kind: 'attach' }
  /** Attach, then remove these. */
  | { readonly kind: 'replace'; readonly attachmentIds: readonly AttachmentReference['id'][] }
  /** The work item has the file or its name, or gets the same bytes from another file of this drop. */
  | { readonly kind: 'skip'; readonly reason: SkipReason }
  /** Cannot be attached. */
  | { readonly kind: 'blocked'; readonly problem: Problem };

/** A file as planned for a work item. Work items in the same situation share it. */
export interface PlannedFile {
  readonly fileId: FileId;
  /** Attachment name on the work item. */
  readonly name: string;
  readonly comment: string;
  /** Named `fate` in stored plans. */
  readonly fate: PlannedAction;
}

/** One file on one work item. */
export interface PlanPair extends PlannedFile {
  readonly workItemId: PlanItem['id'];
}

/** Returns a key, unique within a plan. */
export function keyOfPair({ fileId, workItemId }: Pick<PlanPair, 'fileId' | 'workItemId'>): string {
  return `${fileId} ${workItemId}`;
}

/** Planned files by work item, each list in file order. Work items without files are left out. */
export type PlannedFiles = ReadonlyMap<PlanItem['id'], readonly PlannedFile[]>;

/** Reason for not finding a work item. */
export type UnmatchedReason =
  /** The name has no number at the place of `{id}`. */
  | { readonly kind: 'no-number' }
  /** Ids outside the list of work items; the user can add them. */
  | { readonly kind: 'not-listed'; readonly workItemIds: readonly PlanItem['id'][] }
  /** Several work items match. */
  | { readonly kind: 'ambiguous-number'; readonly workItemIds: readonly PlanItem['id'][] }
  /** The row on this line matches several files. */
  | { readonly kind: 'ambiguous-file'; readonly line: number; readonly fileIds: readonly FileId[] }
  /** No manifest row matches. */
  | { readonly kind: 'no-row' };

/** A file without all of its intended work items. If it has some of them, the reason is `not-listed`. */
export interface UnmatchedFile {
  readonly fileId: FileId;
  readonly reason: UnmatchedReason;
}

/** A manifest row without a matching file. */
export interface UnusedRow {
  readonly row: ManifestRow;
  /** Several possible files, or none if the file was not dropped. */
  readonly candidates: readonly FileId[];
}

/** Assignment of files to work items, decided before the first byte is sent. */
export interface Plan {
  /** By file, in input order, then by work item; no pair occurs twice. */
  readonly pairs: readonly PlanPair[];
  /** At most one entry per file. */
  readonly unmatched: readonly UnmatchedFile[];
  readonly unusedRows: readonly UnusedRow[];
}

/** A plan by work item, for a screen that plans again with each key. Its pairs are created on first use. */
export interface GroupedPlan extends Plan {
  readonly byItem: PlannedFiles;
}

/** Text in the form used for comparison: case-insensitive, with normalized accents. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Appends `value` to the list of `key`. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
