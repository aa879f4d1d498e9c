import { branchOf } from '../office/alternate-content';
import type { DrawingContext } from '../office/drawings';
import { addGraphic, addPicture, altOf } from '../office/drawings';
import { InlineWriter } from '../office/inline-writer';
import type { Block, Inline, Paragraph } from '../office/nodes';
import { TableCollector } from '../office/table-collector';
import type { XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, findAll, integerOf } from '../office/xml-tree';
import type { TextContext } from './slide-text';
import { hasText, readParagraphs } from './slide-text';

/** Facts that the shapes of a slide need. */
export interface ShapeContext extends DrawingContext, TextContext {
  /** Facts found in the shapes. */
  readonly found: { hasFooters: boolean };
}

/** Placeholders whose text is the same on all slides. */
const FOOTERS: ReadonlySet<string> = new Set(['dt', 'ftr', 'hdr', 'sldNum']);

/** Maximum number of columns that a cell covers. */
const MAX_COLUMNS = 100;

/** Reads the shapes of a slide in reading order, one after the other. */
export class ShapeReader {
  readonly #blocks: Block[] = [];
  #title: readonly Inline[] = [];

  constructor(private readonly context: ShapeContext) {}

  /** Title of the slide; empty if missing. */
  get title(): readonly Inline[] {
    return this.#title;
  }

  /** All that was read, apart from the title. */
  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  /** Reads a shape, picture, frame or group. */
  read(element: XmlElement): void {
    switch (element.name) {
      case 'sp': {
        this.#readShape(element);
        return;
      }
      case 'pic': {
        this.#readPicture(element);
        return;
      }
      case 'graphicFrame': {
        this.#readFrame(element);
        return;
      }
      case 'grpSp': {
        element.children.forEach((child) => this.read(child));
        return;
      }
      case 'AlternateContent':
        branchOf(element)?.children.forEach((child) => this.read(child));
    }
  }

  #readShape(shape: XmlElement): void {
    this.context.budget.startUnit();
    const placeholder = placeholderOf(shape);
    const type = attributeOf(placeholder, 'type');
    const body = childOf(shape, 'txBody');
    if (type !== undefined && FOOTERS.has(type)) {
      if (type !== 'sldNum' && hasText(body)) this.context.found.hasFooters = true;
      return;
    }
    // A picture can fill a shape.
    this.#addInline((writer) => addPicture(shape, writer, this.context));
    const isTitle = type === 'title' || type === 'ctrTitle';
    const paragraphs = readParagraphs(body, this.context, hasBullets(placeholder, body));
    if (isTitle && this.#title.length === 0) this.#title = joinTitle(paragraphs);
    else this.#blocks.push(...paragraphs);
  }

  #readPicture(picture: XmlElement): void {
    this.context.budget.startUnit();
    const properties = childOf(childOf(picture, 'nvPicPr'), 'nvPr');
    const name = childOf(childOf(picture, 'nvPicPr'), 'cNvPr');
    const isVideo = childOf(properties, 'videoFile') ?? childOf(properties, 'quickTimeFile');
    const isAudio = properties?.children.some(({ name: child }) =>
      /^(?:audioFile|audioCd|wavAudioFile)$/.test(child),
    );
    this.#addInline((writer) => {
      addPicture(picture, writer, this.context);
      const words = altOf(name) || (attributeOf(name, 'name') ?? '').slice(0, 200);
      if (isVideo) writer.add({ type: 'omission', kind: 'video', words });
      else if (isAudio === true) writer.add({ type: 'omission', kind: 'audio', words });
    });
  }

  #readFrame(frame: XmlElement): void {
    this.context.budget.startUnit();
    const [table] = findAll(frame, new Set(['tbl']));
    if (table) return void this.#blocks.push(this.#readTable(table));
    const [object] = findAll(frame, new Set(['oleObj']));
    this.#addInline((writer) => {
      if (object) {
        const words = (attributeOf(object, 'name') ?? attributeOf(object, 'progId') ?? '').slice(0, 200);
        writer.add({ type: 'omission', kind: 'object', words });
      } else addGraphic(frame, writer, this.context);
    });
  }

  #addInline(add: (writer: InlineWriter) => void): void {
    const writer = new InlineWriter(this.context.budget);
    add(writer);
    const content = writer.take();
    if (content.length > 0)
      this.#blocks.push({ type: 'paragraph', heading: undefined, list: undefined, content });
  }

  #readTable(element: XmlElement): Block {
    const { budget } = this.context;
    const table = new TableCollector(budget);
    const isHeader = ['1', 'true'].includes(attributeOf(childOf(element, 'tblPr'), 'firstRow') ?? '');
    let isFirst = true;
    for (const row of element.children) {
      if (row.name !== 'tr') continue;
      budget.startUnit();
      const cells = row.children.filter(
        ({ name, attributes }) => name === 'tc' && !isOn(attributes['hMerge']),
      );
      table.add(
        cells
          .filter(() => budget.take())
          .map((cell) => ({
            columns: spanOf(cell, 'gridSpan'),
            merge: isOn(cell.attributes['vMerge'])
              ? ('continued' as const)
              : spanOf(cell, 'rowSpan') > 1
                ? ('start' as const)
                : undefined,
            content: readParagraphs(childOf(cell, 'txBody'), this.context, false),
          })),
        isHeader && isFirst,
      );
      isFirst = false;
    }
    return table.finish();
  }
}

/** Returns `p:ph`, if the shape fills a place of its layout. */
export function placeholderOf(shape: XmlElement): XmlElement | undefined {
  return childOf(childOf(childOf(shape, 'nvSpPr'), 'nvPr'), 'ph');
}

/** Whether paragraphs have bullets by default. The layout would tell; this is its usual state. */
function hasBullets(placeholder: XmlElement | undefined, body: XmlElement | undefined): boolean {
  if (!placeholder) return false;
  const type = attributeOf(placeholder, 'type') ?? 'obj';
  const paragraphs = body?.children.filter(({ name }) => name === 'p').length ?? 0;
  return type === 'obj' || (type === 'body' && paragraphs > 1);
}

function joinTitle(paragraphs: readonly Paragraph[]): readonly Inline[] {
  return paragraphs.flatMap(({ content }, index): readonly Inline[] =>
    index === 0 ? content : [{ type: 'break', isPage: false }, ...content],
  );
}

function spanOf(cell: XmlElement, name: string): number {
  return Math.min(Math.max(integerOf(attributeOf(cell, name)) ?? 1, 1), MAX_COLUMNS);
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
