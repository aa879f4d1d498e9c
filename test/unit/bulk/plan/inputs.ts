import type { Pattern } from '../../../../src/upload/rules/names/pattern';
import { readPattern } from '../../../../src/upload/rules/names/pattern';
import type {
  ManifestRow,
  PlanAttachment,
  PlanFile,
  PlanInput,
  PlanItem,
} from '../../../../src/bulk/plan/plan';

/** A file of the given size; its path `folder/name` is its id. */
export function planFile(path: string, facts: Partial<PlanFile> = {}): PlanFile {
  const parts = path.split('/');
  return { id: path, name: parts.at(-1) ?? '', size: 100, folder: parts.slice(0, -1).join('/'), ...facts };
}

/** A work item, by default a bug. */
export function planItem(id: number, facts: Partial<PlanItem> = {}): PlanItem {
  return {
    ...{ id, title: `Title of ${id}`, type: 'Bug', state: 'Active', project: 'Fiber', revision: 1 },
    attachments: [],
    attachmentLimit: 100,
    problem: undefined,
    ...facts,
  };
}

/** An attachment already on a work item. */
export function attached(name: string, size = 100): PlanAttachment {
  return { attachmentId: `of ${name}, ${size} B`, name, size, comment: '' };
}

/** Attachments with arbitrary names. */
export function attachedMany(count: number): PlanAttachment[] {
  return Array.from({ length: count }, (_, index) => attached(`old ${index}.txt`));
}

/** One row of a manifest. */
export function manifestRow(workItemIds: readonly number[], file: string, facts = {}): ManifestRow {
  return { line: 2, workItemIds, file, name: '', comment: '', ...facts };
}

/** Input of a plan without edits, comments and duplicates. */
export function planInput(facts: Partial<PlanInput>): PlanInput {
  return {
    ...{ files: [], items: [], mapping: { kind: 'all' }, edits: new Map(), comment: '' },
    duplicates: { all: 'skip', ofItems: new Map() },
    ...facts,
  };
}

/** A valid pattern. */
export function pattern(text: string): Pattern {
  const reading = readPattern(text);
  if (!reading.ok) throw new Error(`${text}: ${reading.message}`);
  return reading.pattern;
}
