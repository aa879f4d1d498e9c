import { branchOf } from '../office/alternate-content';
import type { Block, Paragraph, ParagraphAlignment } from '../office/nodes';
import type { RawCell } from '../office/table-collector';
import { TableCollector } from '../office/table-collector';
import type { XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, integerOf, valueOf } from '../office/xml-tree';
import { ParagraphReader } from './paragraph-reader';
import type { WordFormat } from './read-styles';
import { combine, formatIn } from './read-styles';
import type { WordContext } from './word-context';

/** Maximum number of tables and text boxes inside each other. */
const MAX_NESTING = 10;

/** Maximum number of columns that a cell covers. Word has at most 63 columns. */
const MAX_COLUMNS = 100;

/** Reads the elements between blocks: `w:p`, `w:tbl`, and elements around them. */
export class BlockReader {
  #nesting = 0;

  constructor(private readonly context: WordContext) {}

  /** Reads an element, which is no block if it is unknown. */
  read(element: XmlElement): readonly Block[] {
    switch (element.name) {
      case 'p':
        return this.#readParagraph(element);
      case 'tbl':
        return this.#readTable(element);
      case 'sdt':
        return this.readAll(childOf(element, 'sdtContent'));
      case 'AlternateContent':
        return this.readAll(branchOf(element));
      case 'ins':
      case 'del':
      case 'moveTo':
      case 'moveFrom':
      case 'customXml':
        return this.readAll(element);
      default:
        return [];
    }
  }

  /** Reads the children of an element. */
  readAll(element: XmlElement | undefined): readonly Block[] {
    return element?.children.flatMap((child) => this.read(child)) ?? [];
  }

  /** Adds a row (`w:tr`) to a table. */
  addRow(row: XmlElement, table: TableCollector): void {
    if (this.#nesting === 0) this.context.budget.startUnit();
    const properties = childOf(row, 'trPr');
    const skipped = columnsOf(valueOf(properties, 'gridBefore'), 0);
    const cells: RawCell[] = skipped > 0 ? [{ columns: skipped, merge: undefined, content: [] }] : [];
    for (const cell of cellsOf(row)) {
      if (!this.context.budget.take()) break;
      cells.push(this.#readCell(cell));
    }
    table.add(cells, childOf(properties, 'tblHeader') !== undefined);
  }

  #readCell(cell: XmlElement): RawCell {
    const properties = childOf(cell, 'tcPr');
    const merge = childOf(properties, 'vMerge');
    return {
      columns: columnsOf(valueOf(properties, 'gridSpan'), 1),
      merge: merge && (attributeOf(merge, 'val') === 'restart' ? 'start' : 'continued'),
      content: this.#readInside(cell),
    };
  }

  #readTable(element: XmlElement): readonly Block[] {
    const table = new TableCollector(this.context.budget);
    const addRows = ({ children }: XmlElement): void => {
      for (const child of children)
        if (child.name === 'tr') this.addRow(child, table);
        else if (['sdt', 'sdtContent', 'customXml', 'ins', 'del'].includes(child.name)) addRows(child);
    };
    addRows(element);
    return [table.finish()];
  }

  #readParagraph(element: XmlElement): readonly Block[] {
    const { budget, styles } = this.context;
    if (this.#nesting === 0) budget.startUnit();
    const properties = childOf(element, 'pPr');
    const style = styles.formatOf(valueOf(properties, 'pStyle'));
    const format = combine(style, formatIn(properties, undefined));
    // Headings look the same here in all documents.
    const reader = new ParagraphReader(
      this.context,
      format.heading === undefined
        ? format
        : { ...format, marks: new Map(), color: undefined, highlight: undefined },
    );
    const content = reader.read(element);
    const list = this.#placeOf(format);
    const boxes = reader.boxes.map((box): Block => ({ type: 'box', content: this.#readInside(box) }));
    // Empty paragraphs are distances.
    if (content.length === 0 && !(list && budget.take())) return boxes;
    budget.takeBlock();
    const alignment = alignmentOf(format);
    return [{ type: 'paragraph', heading: format.heading, list, alignment, content }, ...boxes];
  }

  #placeOf({ numbering }: WordFormat): Paragraph['list'] {
    const { id = '0', level = 0 } = numbering ?? {};
    return id === '0' ? undefined : this.context.numbering.next({ id, level });
  }

  /** Reads the blocks of a cell or text box, unless it is nested too deep. */
  #readInside(element: XmlElement): readonly Block[] {
    if (this.#nesting === MAX_NESTING) {
      this.context.budget.cut();
      return [];
    }
    this.#nesting++;
    const blocks = this.readAll(element);
    this.#nesting--;
    return blocks;
  }
}

/** In text from right to left, Word's left is the right side. */
function alignmentOf({ justification, isRightToLeft = false }: WordFormat): ParagraphAlignment | undefined {
  switch (justification) {
    case 'center':
      return 'center';
    case 'both':
    case 'distribute':
      return 'justify';
    case 'right':
    case 'end':
      return isRightToLeft ? 'left' : 'right';
    default:
      return isRightToLeft ? 'right' : undefined;
  }
}

function cellsOf({ children }: XmlElement): readonly XmlElement[] {
  return children.flatMap((child) => {
    if (child.name === 'tc') return [child];
    return ['sdt', 'sdtContent', 'customXml'].includes(child.name) ? cellsOf(child) : [];
  });
}

function columnsOf(value: string | undefined, least: number): number {
  return Math.min(Math.max(integerOf(value) ?? least, least), MAX_COLUMNS);
}
