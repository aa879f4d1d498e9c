import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import { Budget } from '../office/budget';
import { Graphics } from '../office/graphics';
import type { InertParts } from '../office/inert-parts';
import { findInertParts } from '../office/inert-parts';
import type { Part } from '../office/nodes';
import type { OfficePackage } from '../office/open-package';
import { openPackage, targetOf } from '../office/open-package';
import { PartCollector } from '../office/part-collector';
import { TableCollector } from '../office/table-collector';
import type { UnitReader } from '../office/xml-tree';
import { readUnits } from '../office/xml-tree';
import { ViewerProblem } from '../viewer-problem';
import { BlockReader } from './block-reader';
import { readNotes } from './read-notes';
import { readNumbering } from './read-numbering';
import { readStyles } from './read-styles';
import type { WordContext } from './word-context';
import { NoteNumbers } from './word-context';

/** A Word document. */
export interface WordDocument {
  /** Text with tables, then footnotes, endnotes and comments. */
  readonly parts: readonly Part[];
  readonly inert: InertParts;
  /** Whether the document is longer or deeper than shown. */
  readonly isCut: boolean;
}

/** Where Word writes the text. */
const USUAL_PATH = 'word/document.xml';

/** Maximum size of the text, in bytes without compression. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Maximum depth of elements. Tables and text boxes inside each other have the most. */
const MAX_DEPTH = 200;

/**
 * Reads a Word document in the format of Office Open XML. Nothing in it runs, and no link is followed.
 *
 * @throws ViewerProblem If it is no document, damaged, too large, or has a password.
 */
export async function readWord(bytes: Blob, task: TaskContext): Promise<WordDocument> {
  const opened = await openPackage(bytes, USUAL_PATH, task);
  const { entry, relationships } = opened.main;
  const partOf = (type: string): ArchiveEntry | undefined =>
    opened.partAt(targetOf(relationships, type) ?? '');
  const context: WordContext = {
    relationships,
    graphics: new Graphics(),
    styles: await readStyles(partOf('styles'), task),
    numbering: await readNumbering(partOf('numbering'), task),
    budget: new Budget(),
    notes: new NoteNumbers(),
    found: { hasHiddenText: false },
  };
  const parts = new PartCollector(context.budget);
  await readBody(entry, parts, context, task);
  await readNotes(opened, parts, context, task);
  await context.graphics.readWords(opened, task);
  return {
    parts: parts.parts,
    inert: { ...(await findInert(opened)), hasHiddenText: context.found.hasHiddenText },
    isCut: context.budget.isCut,
  };
}

async function readBody(
  entry: ArchiveEntry,
  parts: PartCollector,
  context: WordContext,
  task: TaskContext,
): Promise<void> {
  const { budget } = context;
  const blocks = new BlockReader(context);
  let table: TableCollector | undefined;
  const found = { body: false };
  const finishTable = (): void => {
    if (table) parts.add([table.finish()]);
    table = undefined;
  };
  const reader: UnitReader = {
    units: new Set(['p', 'tr', 'AlternateContent', 'sectPr', 'sdtPr', 'tblPr']),
    unit: (element) => {
      if (element.name !== 'tr') parts.add(blocks.read(element));
      else if (table) blocks.addRow(element, table);
    },
    open: (name) => {
      if (name === 'body') found.body = true;
      else if (name === 'tbl') {
        finishTable();
        table = new TableCollector(budget);
      }
    },
    close: (name) => {
      if (name === 'tbl') finishTable();
    },
    cut: () => budget.cut(),
    isDone: () => budget.isSpent,
  };
  const isWhole = await readUnits(entry, reader, { maxBytes: MAX_BYTES, maxDepth: MAX_DEPTH, context: task });
  finishTable();
  if (!isWhole || budget.isSpent) budget.cut();
  if (!found.body) throw new ViewerProblem('entry-damaged');
}

/** Finds the parts that are not shown. */
async function findInert(opened: OfficePackage): Promise<InertParts> {
  const { archive, main, relationshipsOf } = opened;
  const found = [...main.relationships.values()];
  const settings = targetOf(main.relationships, 'settings');
  // A document can load its template from elsewhere.
  const ofSettings = settings === undefined ? [] : [...(await relationshipsOf(settings)).values()];
  const inert = findInertParts(archive, true);
  return {
    ...inert,
    hasHeaders: found.some(({ type }) => type === 'header' || type === 'footer'),
    objects: inert.objects + found.filter(({ type }) => type === 'aFChunk').length,
    links: [...found, ...ofSettings].filter(({ type, isExternal }) => isExternal && type !== 'hyperlink')
      .length,
  };
}
