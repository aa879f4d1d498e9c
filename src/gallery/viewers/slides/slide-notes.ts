import type { TaskContext } from '../../workers/task-context';
import type { Block } from '../office/nodes';
import type { OfficePackage } from '../office/open-package';
import { targetOf } from '../office/open-package';
import type { UnitReader, XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, findAll, readUnits } from '../office/xml-tree';
import type { ShapeContext } from './shape-reader';
import { placeholderOf } from './shape-reader';
import { readParagraphs } from './slide-text';

/** Maximum size of the notes or comments of a slide, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Maximum depth of elements. */
const MAX_DEPTH = 200;

/** Reads the notes of the speaker for a slide. */
export async function readSpeakerNotes(
  opened: OfficePackage,
  context: ShapeContext,
  task: TaskContext,
): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  await readPart('notesSlide', 'sp', opened, context, task, (shape, inPart) => {
    if (attributeOf(placeholderOf(shape), 'type') !== 'body') return;
    blocks.push(...readParagraphs(childOf(shape, 'txBody'), inPart, false));
  });
  return blocks;
}

/** Reads the comments on a slide, of PowerPoint before and since 2021. */
export async function readComments(
  opened: OfficePackage,
  context: ShapeContext,
  task: TaskContext,
): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  await readPart('comments', 'cm', opened, context, task, (comment, inPart) => {
    for (const element of findAll(comment, new Set(['text', 'txBody']))) {
      if (element.name === 'txBody') {
        blocks.push(...readParagraphs(element, inPart, false));
        continue;
      }
      if (!context.budget.take(element.text.length)) continue;
      const run = {
        type: 'text',
        text: element.text,
        marks: [],
        href: undefined,
        change: undefined,
      } as const;
      blocks.push({ type: 'paragraph', heading: undefined, list: undefined, content: [run] });
    }
  });
  return blocks;
}

/** Reads elements of the part of a type. A damaged part has those before the damage. */
async function readPart(
  partType: string,
  name: string,
  opened: OfficePackage,
  context: ShapeContext,
  task: TaskContext,
  add: (element: XmlElement, context: ShapeContext) => void,
): Promise<void> {
  const { budget } = context;
  const path = targetOf(context.relationships, partType);
  const entry = path === undefined ? undefined : opened.partAt(path);
  if (path === undefined || !entry) return;
  try {
    const inPart = { ...context, relationships: await opened.relationshipsOf(path) };
    const reader: UnitReader = {
      units: new Set([name]),
      unit: (element) => {
        budget.startUnit();
        add(element, inPart);
      },
      cut: () => budget.cut(),
      isDone: () => budget.isSpent,
    };
    const options = { maxBytes: MAX_BYTES, maxDepth: MAX_DEPTH, context: task };
    const isWhole = await readUnits(entry, reader, options);
    if (!isWhole || budget.isSpent) budget.cut();
  } catch {
    task.signal.throwIfAborted();
    budget.cut();
  }
}
