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
import { fold, pathOf } from './plan';
import { isWorkItemId } from './work-item-url';

/** Candidate for attaching one file to one work item. */
export interface Candidate {
  readonly file: PlanFile;
  readonly item: PlanItem;
  /** Valid attachment name. */
  readonly name: string;
  /** Folded name, for comparison. */
  readonly key: string;
  readonly comment: string;
}

/** Result of the mapping and the manual edits. */
export interface Assignment {
  /** By file, then by work item; no pair occurs twice. */
  readonly candidates: readonly Candidate[];
  readonly unmatched: readonly UnmatchedFile[];
  readonly unusedRows: readonly UnusedRow[];
}

/** Work items by id. */
type Items = ReadonlyMap<PlanItem['id'], PlanItem>;

/** Target work items of a file, or the reason for having none. */
interface Targets {
  /** May contain ids outside the list of work items. */
  readonly ids: readonly PlanItem['id'][];
  readonly reason?: UnmatchedReason;
  /** Manifest row by work item id. */
  readonly rows?: ReadonlyMap<PlanItem['id'], ManifestRow>;
}

const NO_EDITS: FileEdits = {};

/** Assigns files to work items without checking for conflicts. Yields once per file. */
export function* assignInSteps(input: PlanInput): Generator<undefined, Assignment, undefined> {
  const { files, items, mapping, edits, comment } = input;
  const listed: Items = new Map(items.map((item) => [item.id, item]));
  const { targetsOf, unusedRows } = targetFinder(mapping, files, listed);
  const candidates: Candidate[] = [];
  const unmatched: UnmatchedFile[] = [];
  for (const file of files) {
    yield;
    const edit = edits.get(file.id) ?? NO_EDITS;
    if (edit.isExcluded) continue;
    const targets = targetsOf(file);
    const byHand = edit.workItemIds;
    const ids = [...new Set(byHand ?? targets.ids)].filter(isWorkItemId);
    const unlisted = ids.filter((id) => !listed.has(id));
    const reason = byHand ? undefined : targets.reason;
    if (unlisted.length > 0)
      unmatched.push({ fileId: file.id, reason: { kind: 'not-listed', workItemIds: unlisted } });
    else if (reason) unmatched.push({ fileId: file.id, reason });
    const nameByHand = nonBlank(edit.name);
    const names = namesOf(nameByHand ?? file.name);
    for (const id of ids) {
      const item = listed.get(id);
      if (!item) continue;
      const row = targets.rows?.get(id);
      const nameInRow = nameByHand === undefined ? nonBlank(row?.name) : undefined;
      candidates.push({
        file,
        item,
        ...(nameInRow === undefined ? names : namesOf(nameInRow)),
        comment: writeComment({
          comment: edit.comment ?? nonBlank(row?.comment) ?? nonBlank(comment) ?? '',
          folder: mapping.kind === 'by-name' ? folderBelow(file.folder, id) : file.folder,
        }),
      });
    }
  }
  return { candidates, unmatched, unusedRows };
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
      const targets: Targets = { ids: [...items.keys()] };
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
