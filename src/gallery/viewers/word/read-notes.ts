import type { TaskContext } from '../../workers/task-context';
import type { NoteKind } from '../office/nodes';
import type { OfficePackage } from '../office/open-package';
import { targetOf } from '../office/open-package';
import type { PartCollector } from '../office/part-collector';
import type { UnitReader } from '../office/xml-tree';
import { attributeOf, readUnits } from '../office/xml-tree';
import { BlockReader } from './block-reader';
import type { WordContext } from './word-context';

/** Kinds of notes, with the types of their parts. */
const KINDS: readonly (readonly [kind: NoteKind, partType: string])[] = [
  ['footnote', 'footnotes'],
  ['endnote', 'endnotes'],
  ['comment', 'comments'],
];

/** Maximum size of the notes of a kind, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Maximum depth of elements. */
const MAX_DEPTH = 200;

/** Reads the notes that the text refers to, in the order of their part. */
export async function readNotes(
  opened: OfficePackage,
  parts: PartCollector,
  context: WordContext,
  task: TaskContext,
): Promise<void> {
  for (const [kind, partType] of KINDS) await readKind(kind, partType, opened, parts, context, task);
}

async function readKind(
  kind: NoteKind,
  partType: string,
  opened: OfficePackage,
  parts: PartCollector,
  context: WordContext,
  task: TaskContext,
): Promise<void> {
  const { budget, notes } = context;
  const path = targetOf(opened.main.relationships, partType);
  const entry = path === undefined ? undefined : opened.partAt(path);
  if (path === undefined || !entry) return;
  const blocks = new BlockReader({ ...context, relationships: await opened.relationshipsOf(path) });
  let isFirst = true;
  const reader: UnitReader = {
    units: new Set([kind]),
    unit: (element) => {
      const number = notes.numberOf(kind, attributeOf(element, 'id') ?? '');
      budget.startUnit();
      if (number === undefined || !budget.take()) return;
      const author = attributeOf(element, 'author') ?? '';
      parts.add([{ type: 'note', kind, number, isFirst, author, content: blocks.readAll(element) }]);
      isFirst = false;
    },
    cut: () => budget.cut(),
    isDone: () => budget.isSpent,
  };
  const options = { maxBytes: MAX_BYTES, maxDepth: MAX_DEPTH, context: task };
  const isWhole = await readUnits(entry, reader, options);
  if (!isWhole || budget.isSpent) budget.cut();
}
