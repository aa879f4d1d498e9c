import { attachmentName, folderComment } from '../model/attachment-name';
import { matchRows } from './by-manifest';
import { itemNamedBy } from './by-name';
import { fold } from './fold';
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
import { pathOf } from './plan';
import { isWorkItemId } from './work-item-id';

/** Candidate for attaching one file to one work item. */
export interface Wish {
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
  readonly wishes: readonly Wish[];
  readonly unmatched: readonly UnmatchedFile[];
  readonly unusedRows: readonly UnusedRow[];
}

/** Work items by id. */
type Items = ReadonlyMap<PlanItem['id'], PlanItem>;

/** Target work items of a file, or the reason for having none. */
interface Aim {
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
  const { aimOf, unusedRows } = aims(mapping, files, listed);
  const wishes: Wish[] = [];
  const unmatched: UnmatchedFile[] = [];
  for (const file of files) {
    yield;
    const edit = edits.get(file.id) ?? NO_EDITS;
    if (edit.isLeftOut) continue;
    const aim = aimOf(file);
    const byHand = edit.workItemIds;
    const ids = [...new Set(byHand ?? aim.ids)].filter(isWorkItemId);
    const unlisted = ids.filter((id) => !listed.has(id));
    const reason = byHand ? undefined : aim.reason;
    if (unlisted.length > 0)
      unmatched.push({ fileId: file.id, reason: { kind: 'not-listed', workItemIds: unlisted } });
    else if (reason) unmatched.push({ fileId: file.id, reason });
    const nameByHand = said(edit.name);
    const called = nameOf(nameByHand ?? file.name);
    // A folder that names the work item adds nothing as a comment.
    const folder = mapping.kind === 'by-name' ? '' : folderComment(file.folder);
    for (const id of ids) {
      const item = listed.get(id);
      if (!item) continue;
      const row = aim.rows?.get(id);
      const nameInRow = nameByHand === undefined ? said(row?.name) : undefined;
      wishes.push({
        file,
        item,
        ...(nameInRow === undefined ? called : nameOf(nameInRow)),
        comment: edit.comment ?? said(row?.comment) ?? said(comment) ?? folder,
      });
    }
  }
  return { wishes, unmatched, unusedRows };
}

function aims(
  mapping: PlanInput['mapping'],
  files: readonly PlanFile[],
  items: Items,
): { readonly aimOf: (file: PlanFile) => Aim; readonly unusedRows: readonly UnusedRow[] } {
  switch (mapping.kind) {
    case 'all': {
      const aim: Aim = { ids: [...items.keys()] };
      return { aimOf: () => aim, unusedRows: [] };
    }
    case 'by-name':
      return { aimOf: (file) => itemNamedBy(mapping.pattern, pathOf(file), items), unusedRows: [] };
    case 'manifest': {
      const { rows, ambiguous, unused } = matchRows(mapping.rows, files);
      const aimOf = ({ id }: PlanFile): Aim => aimOfRows(rows.get(id), ambiguous.get(id));
      return { aimOf, unusedRows: unused };
    }
  }
}

/** If two rows send a file to the same work item, the first one wins. */
function aimOfRows(rows: readonly ManifestRow[] | undefined, ambiguous: UnmatchedReason | undefined): Aim {
  if (!rows) return { ids: [], reason: ambiguous ?? { kind: 'no-row' } };
  const byId = new Map<PlanItem['id'], ManifestRow>();
  for (const row of rows) for (const id of row.workItemIds) if (!byId.has(id)) byId.set(id, row);
  return { ids: [...byId.keys()], rows: byId };
}

function nameOf(text: string): Pick<Wish, 'name' | 'key'> {
  const name = attachmentName(text);
  return { name, key: fold(name) };
}

function said(text = ''): string | undefined {
  return text.trim() === '' ? undefined : text;
}
