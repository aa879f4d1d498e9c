import { addGraphic, addOldPicture, addPicture, altOf } from '../office/drawings';
import { branchOf, hasContent } from '../office/alternate-content';
import { textOfEquation } from '../office/equation';
import type { TextFormat } from '../office/inline-writer';
import { InlineWriter, marksOf } from '../office/inline-writer';
import { symbolOf } from '../office/list-markers';
import type { Hue } from '../office/hue';
import type { Change, Inline, NoteKind } from '../office/nodes';
import type { XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, prefixedOf, valueOf } from '../office/xml-tree';
import { Fields, hrefIn } from './field';
import type { WordFormat } from './read-styles';
import { combine, formatIn } from './read-styles';
import type { SetHue } from './text-colors';
import type { WordContext } from './word-context';

/** Format around a text. */
interface Around {
  readonly href: string | undefined;
  readonly change: Change | undefined;
}

const NOTES: Readonly<Record<string, NoteKind>> = {
  footnoteReference: 'footnote',
  endnoteReference: 'endnote',
  commentReference: 'comment',
};

/** Characters that have an element. */
const CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  ptab: '\t',
  noBreakHyphen: '\u2011',
  softHyphen: '\u00ad',
};

/** Reads the content of a paragraph. */
export class ParagraphReader {
  readonly #writer: InlineWriter;
  readonly #fields = new Fields();
  readonly #boxes: XmlElement[] = [];

  /** @param base Format of the paragraph. */
  constructor(
    private readonly context: WordContext,
    private readonly base: WordFormat,
  ) {
    this.#writer = new InlineWriter(context.budget);
  }

  /** Text boxes in the paragraph, as elements with blocks. */
  get boxes(): readonly XmlElement[] {
    return this.#boxes;
  }

  /** Reads all children of the paragraph. */
  read(paragraph: XmlElement): readonly Inline[] {
    this.#readAll(paragraph, { href: undefined, change: undefined });
    return this.#writer.take();
  }

  #readAll(element: XmlElement | undefined, around: Around): void {
    for (const child of element?.children ?? []) this.#readOne(child, around);
  }

  #readOne(element: XmlElement, around: Around): void {
    switch (element.name) {
      case 'r': {
        this.#readRun(element, around);
        return;
      }
      case 'hyperlink': {
        this.#readAll(element, { ...around, href: this.#targetOf(element) });
        return;
      }
      case 'fldSimple': {
        this.#readAll(element, {
          ...around,
          href: hrefIn(attributeOf(element, 'instr') ?? '') ?? around.href,
        });
        return;
      }
      case 'ins':
      case 'moveTo': {
        this.#readAll(element, { ...around, change: changeOf('ins', element) });
        return;
      }
      case 'del':
      case 'moveFrom': {
        this.#readAll(element, { ...around, change: changeOf('del', element) });
        return;
      }
      case 'sdt': {
        this.#readAll(childOf(element, 'sdtContent'), around);
        return;
      }
      case 'smartTag':
      case 'customXml':
      case 'dir':
      case 'bdo':
      case 'oMathPara': {
        this.#readAll(element, around);
        return;
      }
      case 'AlternateContent': {
        this.#readAll(branchOf(element), around);
        return;
      }
      case 'oMath': {
        this.#writer.addText(textOfEquation(element), { ...around, marks: [] });
        return;
      }
    }
  }

  #targetOf(element: XmlElement): string | undefined {
    const target = this.context.relationships.get(prefixedOf(element, 'id') ?? '');
    if (target?.isExternal !== true) return undefined;
    const anchor = attributeOf(element, 'anchor');
    return anchor === undefined ? target.target : `${target.target}#${anchor}`;
  }

  #readRun(element: XmlElement, { href, change }: Around): void {
    const properties = childOf(element, 'rPr');
    const format = properties ? this.#formatOf(properties) : this.base;
    if (format.isHidden === true) {
      if (hasContent(element)) this.context.found.hasHiddenText = true;
      return;
    }
    const { marks } = format;
    const address = href ?? this.#fields.href;
    const highlight = shownHue(format.highlight);
    const text: TextFormat = {
      marks: marksOf((mark) => marks.get(mark) === true),
      href: address,
      change,
      // A link has the color of links, and a highlight has its own.
      color: address === undefined && highlight === undefined ? shownHue(format.color) : undefined,
      highlight,
    };
    for (const child of element.children) this.#readPiece(child, text);
  }

  #formatOf(properties: XmlElement): WordFormat {
    const style = valueOf(properties, 'rStyle');
    const base = style === undefined ? this.base : combine(this.base, this.context.styles.formatOf(style));
    return combine(base, formatIn(undefined, properties));
  }

  /** Reads a child of a run. */
  #readPiece(element: XmlElement, format: TextFormat): void {
    const { name, text } = element;
    switch (name) {
      case 't':
      case 'delText': {
        this.#writer.addText(text, format);
        return;
      }
      case 'br':
      case 'cr': {
        this.#writer.add({ type: 'break', isPage: attributeOf(element, 'type') === 'page' });
        return;
      }
      case 'sym': {
        this.#writer.addText(symbolIn(element), format);
        return;
      }
      case 'fldChar': {
        this.#writer.addText(this.#fields.read(element), format);
        return;
      }
      case 'instrText': {
        this.#fields.instruct(text);
        return;
      }
      case 'drawing':
      case 'pict':
      case 'object': {
        this.#readDrawing(element);
        return;
      }
      case 'AlternateContent':
        for (const child of branchOf(element)?.children ?? []) this.#readPiece(child, format);
        return;
      case 'ruby': {
        this.#readRuby(element, format);
        return;
      }
    }
    const kind = NOTES[name];
    if (kind) {
      const number = this.context.notes.refer(kind, attributeOf(element, 'id') ?? '');
      this.#writer.add({ type: 'note', kind, number });
      return;
    }
    this.#writer.addText(CHARACTERS[name] ?? '', format);
  }

  /** Reads a text with its pronunciation, which follows in parentheses. */
  #readRuby(element: XmlElement, { href, change }: TextFormat): void {
    const around = { href, change };
    this.#readAll(childOf(element, 'rubyBase'), around);
    const above = childOf(element, 'rt');
    if (!above) return;
    this.#writer.addText('(', { ...around, marks: [] });
    this.#readAll(above, around);
    this.#writer.addText(')', { ...around, marks: [] });
  }

  /** Reads pictures, text boxes, charts and embedded objects at any depth. */
  #readDrawing(element: XmlElement): void {
    const properties = childOf(childOf(element, 'inline') ?? childOf(element, 'anchor'), 'docPr');
    const extent = childOf(childOf(element, 'inline') ?? childOf(element, 'anchor'), 'extent');
    const read = (each: XmlElement, shape: XmlElement): void => {
      switch (each.name) {
        case 'pic': {
          addPicture(each, this.#writer, this.context, { alt: altOf(properties), extent });
          return;
        }
        case 'imagedata': {
          addOldPicture(shape, each, this.#writer, this.context);
          return;
        }
        case 'txbxContent':
          return void this.#boxes.push(each);
        case 'textpath': {
          this.#writer.addText(attributeOf(each, 'string') ?? '', {
            marks: [],
            href: undefined,
            change: undefined,
          });
          return;
        }
        case 'OLEObject': {
          this.#writer.add({
            type: 'omission',
            kind: 'object',
            words: (attributeOf(each, 'ProgID') ?? '').slice(0, 100),
          });
          return;
        }
        case 'graphicData':
          if (addGraphic(each, this.#writer, this.context)) return;
      }
      const inside = each.name === 'AlternateContent' ? branchOf(each) : each;
      for (const child of inside?.children ?? []) read(child, each);
    };
    for (const child of element.children) read(child, element);
  }
}

function shownHue(hue: SetHue): Hue | undefined {
  return hue === 'none' ? undefined : hue;
}

function changeOf(kind: Change['kind'], element: XmlElement): Change {
  return { kind, author: (attributeOf(element, 'author') ?? '').slice(0, 200) };
}

/** Returns a character of a font of symbols, or a box if it is unknown. */
function symbolIn(element: XmlElement): string {
  const code = Number.parseInt(attributeOf(element, 'char') ?? '', 16);
  if (!(code > 0x20 && code <= 0xffff)) return '';
  return symbolOf(code < 0x100 ? 0xf000 + code : code) ?? (code < 0xe000 ? String.fromCharCode(code) : '□');
}
