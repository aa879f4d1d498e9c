import { isWorkItemId } from '../../azure/work-item';
import { attachmentName } from '../../upload/intake/attachment-name';
import { writeComment } from '../../upload/intake/folder-mark';
import { matchRows } from './by-manifest';
import { workItemInPath } from './by-name';
import type {
  FileEdits,
  ManifestRow,
  PlanFile,
  PlanInput,
  PlanItem,
  UnmatchedFile,
  UnmatchedReason,
  UnusedRow,
} from './plan';
import { addTo, fold, pathOf } from './plan';

/** Candidate for attaching one file to work items. */
export interface Candidate {
  readonly file: PlanFile;
  /** Valid attachment name. */
  readonly name: string;
  /** Folded name, for comparison. */
  readonly key: string;
  readonly comment: string;
  /** Whether to attach it even if the work item has it already, or its content. */
  readonly isForced?: boolean;
}

/** Result of the mapping and the manual edits. */
export interface Assignment {
  /** Files of each work item, in file order and without repetition. Work items with the same files share a list. */
  readonly candidates: ReadonlyMap<PlanItem, readonly Candidate[]>;
  readonly unmatched: readonly UnmatchedFile[];
  readonly unusedRows: readonly UnusedRow[];
}

/** Work items by id. */
type Items = ReadonlyMap<PlanItem['id'], PlanItem>;

/** Target work items of a file, or the reason for having none. */
interface Targets {
  /** May contain ids outside the list of work items. `all`: each of the list. */
  readonly ids: readonly PlanItem['id'][] | 'all';
  readonly reason?: UnmatchedReason;
  /** Manifest row by work item id. */
  readonly rows?: ReadonlyMap<PlanItem['id'], ManifestRow>;
}

const NO_EDITS: FileEdits = {};

/** Assigns files to work items without checking for conflicts. Yields once per file. */
export function* assignInSteps(input: PlanInput): Generator<undefined, Assignment, undefined> {
  const { files, items, mapping, edits, comment, keepsFolders = true } = input;
  const listed: Items = new Map(items.map((item) => [item.id, item]));
  const { targetsOf, unusedRows } = targetFinder(mapping, files, listed);
  /** Files for all work items, and for single ones, with their positions among the files. */
  const common: Placed[] = [];
  const single = new Map<PlanItem, Placed[]>();
  const unmatched: UnmatchedFile[] = [];
  for (const [position, file] of files.entries()) {
    yield;
    const edit = edits.get(file.id) ?? NO_EDITS;
    if (edit.isExcluded) continue;
    const targets = targetsOf(file);
    const byHand = edit.workItemIds;
    const mapped = byHand ?? targets.ids;
    // A file that one work item gets anyway is no longer the same for all.
    const ids = mapped === 'all' && edit.attachAnyway?.length ? [...listed.keys()] : mapped;
    const validIds = ids === 'all' ? [] : [...new Set(ids)].filter(isWorkItemId);
    const unlisted = validIds.filter((id) => !listed.has(id));
    const reason = byHand ? undefined : targets.reason;
    if (unlisted.length > 0)
      unmatched.push({ fileId: file.id, reason: { kind: 'not-listed', workItemIds: unlisted } });
    else if (reason) unmatched.push({ fileId: file.id, reason });
    const nameByHand = nonBlank(edit.name);
    const names = namesOf(nameByHand ?? file.name);
    const commonComment = edit.comment ?? nonBlank(comment) ?? '';
    const forced = new Set(edit.attachAnyway);
    if (ids === 'all')
      common.push({
        position,
        file,
        ...names,
        comment: writeComment({ comment: commonComment, folder: keepsFolders ? file.folder : '' }),
      });
    for (const id of validIds) {
      const item = listed.get(id);
      if (!item) continue;
      const row = targets.rows?.get(id);
      const nameInRow = nameByHand === undefined ? nonBlank(row?.name) : undefined;
      addTo(single, item, {
        position,
        file,
        ...(nameInRow === undefined ? names : namesOf(nameInRow)),
        comment: writeComment({
          comment: edit.comment ?? nonBlank(row?.comment) ?? commonComment,
          folder: !keepsFolders
            ? ''
            : mapping.kind === 'by-name'
              ? folderBelow(file.folder, id)
              : file.folder,
        }),
        ...(forced.has(id) && { isForced: true }),
      });
    }
  }
  return { candidates: candidatesOf(items, common, single), unmatched, unusedRows };
}

/** Candidate with the position of its file. */
interface Placed extends Candidate {
  readonly position: number;
}

function candidatesOf(
  items: readonly PlanItem[],
  common: readonly Placed[],
  single: ReadonlyMap<PlanItem, readonly Placed[]>,
): Assignment['candidates'] {
  const candidates = new Map<PlanItem, readonly Candidate[]>();
  for (const item of common.length > 0 ? items : single.keys()) {
    const own = single.get(item);
    const all = own ? [...common, ...own].sort((a, b) => a.position - b.position) : common;
    if (all.length > 0) candidates.set(item, all);
  }
  return candidates;
}

/** Returns the part of a folder below the name with the number of its work item, which adds nothing on that item. */
function folderBelow(folder: string, workItemId: number): string {
  const parts = folder.split('/');
  const names = parts.map((part) => part.split(/\D+/).includes(String(workItemId)));
  return parts.slice(names.lastIndexOf(true) + 1).join('/');
}

function targetFinder(
  mapping: PlanInput['mapping'],
  files: readonly PlanFile[],
  items: Items,
): { readonly targetsOf: (file: PlanFile) => Targets; readonly unusedRows: readonly UnusedRow[] } {
  switch (mapping.kind) {
    case 'all': {
      const targets: Targets = { ids: 'all' };
      return { targetsOf: () => targets, unusedRows: [] };
    }
    case 'by-name':
      return { targetsOf: (file) => workItemInPath(mapping.pattern, pathOf(file), items), unusedRows: [] };
    case 'manifest': {
      const { rows, ambiguous, unused } = matchRows(mapping.rows, files);
      const targetsOf = ({ id }: PlanFile): Targets => targetsOfRows(rows.get(id), ambiguous.get(id));
      return { targetsOf, unusedRows: unused };
    }
  }
}

/** If two rows send a file to the same work item, the first one wins. */
function targetsOfRows(
  rows: readonly ManifestRow[] | undefined,
  ambiguous: UnmatchedReason | undefined,
): Targets {
  if (!rows) return { ids: [], reason: ambiguous ?? { kind: 'no-row' } };
  const byId = new Map<PlanItem['id'], ManifestRow>();
  for (const row of rows) for (const id of row.workItemIds) if (!byId.has(id)) byId.set(id, row);
  return { ids: [...byId.keys()], rows: byId };
}

function namesOf(text: string): Pick<Candidate, 'name' | 'key'> {
  const name = attachmentName(text);
  return { name, key: fold(name) };
}

function nonBlank(text = ''): string | undefined {
  return text.trim() === '' ? undefined : text;
}
