import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import type { Mark } from '../office/nodes';
import type { XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, readUnits, integerOf, valueOf } from '../office/xml-tree';
import type { SetHue } from './text-colors';
import { colorIn, highlightIn } from './text-colors';

/** Place in a list by the number of the list. */
export interface NumberingPlace {
  readonly id: string;
  readonly level: number;
}

/** Format of a style, or of one paragraph or text. */
export interface WordFormat {
  /** Level of a heading, from 1. */
  readonly heading: number | undefined;
  readonly numbering: Partial<NumberingPlace> | undefined;
  /** Marks that are switched on or off here. */
  readonly marks: ReadonlyMap<Mark, boolean>;
  readonly color: SetHue;
  readonly highlight: SetHue;
  /** Unchecked alignment, such as `both`. */
  readonly justification: string | undefined;
  /** Whether the paragraph is written from right to left. `undefined` if it is not said here. */
  readonly isRightToLeft: boolean | undefined;
  /** Whether Word hides the text. `undefined` if it is not said here. */
  readonly isHidden: boolean | undefined;
}

/** Styles of a document. */
export interface Styles {
  /** Returns the format of a style with those it is based on. */
  readonly formatOf: (id: string | undefined) => WordFormat;
}

/** Style before those it is based on are applied. */
interface Style {
  readonly basedOn: string | undefined;
  readonly format: WordFormat;
}

/** Maximum size of the styles, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Maximum number of styles. */
const MAX_STYLES = 10_000;

/** Maximum number of styles that a style is based on. Styles can be based on each other in a circle. */
const MAX_BASES = 20;

const NO_FORMAT: WordFormat = {
  heading: undefined,
  numbering: undefined,
  marks: new Map(),
  color: undefined,
  highlight: undefined,
  justification: undefined,
  isRightToLeft: undefined,
  isHidden: undefined,
};

/** Reads the styles. Without them, all text is plain. */
export async function readStyles(entry: ArchiveEntry | undefined, context: TaskContext): Promise<Styles> {
  const styles = new Map<string, Style>();
  let defaultId = '';
  if (entry)
    await readUnits(
      entry,
      {
        units: new Set(['style']),
        unit: (element) => {
          const id = attributeOf(element, 'styleId') ?? '';
          styles.set(id, { basedOn: valueOf(element, 'basedOn'), format: formatOfStyle(element) });
          const isDefault = ['1', 'true', 'on'].includes(attributeOf(element, 'default') ?? '');
          if (isDefault && attributeOf(element, 'type') === 'paragraph') defaultId = id;
        },
        cut: () => undefined,
        isDone: () => styles.size >= MAX_STYLES,
      },
      { maxBytes: MAX_BYTES, context },
    );
  const resolved = new Map<string, WordFormat>();
  return {
    formatOf: (id = defaultId) => {
      const known = resolved.get(id);
      if (known) return known;
      const format = resolve(styles, id);
      resolved.set(id, format);
      return format;
    },
  };
}

/** Reads the properties of a paragraph (`pPr`) and of a text (`rPr`). */
export function formatIn(paragraph: XmlElement | undefined, text: XmlElement | undefined): WordFormat {
  const outline = integerOf(valueOf(paragraph, 'outlineLvl'));
  const numbering = childOf(paragraph, 'numPr');
  const id = valueOf(numbering, 'numId');
  const level = integerOf(valueOf(numbering, 'ilvl'));
  return {
    heading: outline !== undefined && outline >= 0 && outline < 9 ? outline + 1 : undefined,
    numbering: numbering && { ...(id !== undefined && { id }), ...(level !== undefined && { level }) },
    marks: marksIn(text),
    color: colorIn(text),
    highlight: highlightIn(text),
    justification: valueOf(paragraph, 'jc'),
    isRightToLeft: toggleOf(paragraph, 'bidi'),
    isHidden: toggleOf(text, 'vanish'),
  };
}

/** Applies a format over another one. */
export function combine(base: WordFormat, over: WordFormat): WordFormat {
  if (base === NO_FORMAT) return over;
  return {
    heading: over.heading ?? base.heading,
    numbering: over.numbering ? { ...base.numbering, ...over.numbering } : base.numbering,
    marks: new Map([...base.marks, ...over.marks]),
    color: over.color ?? base.color,
    highlight: over.highlight ?? base.highlight,
    justification: over.justification ?? base.justification,
    isRightToLeft: over.isRightToLeft ?? base.isRightToLeft,
    isHidden: over.isHidden ?? base.isHidden,
  };
}

function resolve(styles: ReadonlyMap<string, Style>, id: string): WordFormat {
  const chain: WordFormat[] = [];
  for (let style = styles.get(id); style && chain.length < MAX_BASES; style = styles.get(style.basedOn ?? ''))
    chain.push(style.format);
  return chain.reduceRight(combine, NO_FORMAT);
}

function formatOfStyle(element: XmlElement): WordFormat {
  const format = formatIn(childOf(element, 'pPr'), childOf(element, 'rPr'));
  const name = (valueOf(element, 'name') ?? '').toLowerCase();
  const heading = format.heading ?? (name === 'title' ? 1 : integerOf(/^heading ([1-9])$/.exec(name)?.[1]));
  return { ...format, heading };
}

function marksIn(text: XmlElement | undefined): ReadonlyMap<Mark, boolean> {
  const marks = new Map<Mark, boolean>();
  const set = (mark: Mark, isOn: boolean | undefined): void => {
    if (isOn !== undefined) marks.set(mark, isOn);
  };
  set('strong', toggleOf(text, 'b'));
  set('em', toggleOf(text, 'i'));
  set('s', toggleOf(text, 'strike') ?? toggleOf(text, 'dstrike'));
  const underline = valueOf(text, 'u');
  set('u', underline === undefined ? undefined : underline !== 'none');
  const position = valueOf(text, 'vertAlign');
  if (position !== undefined) {
    set('sup', position === 'superscript');
    set('sub', position === 'subscript');
  }
  return marks;
}

/** Whether a property is on or off; `undefined` if it is missing. */
function toggleOf(properties: XmlElement | undefined, name: string): boolean | undefined {
  const element = childOf(properties, name);
  return element && !['0', 'false', 'off', 'none'].includes(attributeOf(element, 'val') ?? '');
}
