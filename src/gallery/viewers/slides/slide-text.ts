import { branchOf } from '../office/alternate-content';
import type { Budget } from '../office/budget';
import { textOfEquation } from '../office/equation';
import type { TextFormat } from '../office/inline-writer';
import { InlineWriter, marksOf } from '../office/inline-writer';
import { bulletOf, formatNumber } from '../office/list-markers';
import type { NumberStyle } from '../office/list-markers';
import type { Inline, ListPlace, Mark, Paragraph } from '../office/nodes';
import type { Relationships } from '../office/open-package';
import type { XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, findAll, integerOf, prefixedOf } from '../office/xml-tree';

/** Facts that the texts of a slide need. */
export interface TextContext {
  readonly relationships: Relationships;
  readonly budget: Budget;
}

/** Levels of a list. */
const LEVELS = 9;

/** Number formats, such as `alphaLcParenR`, by their start. */
const NUMBER_STYLES: readonly (readonly [start: string, style: NumberStyle])[] = [
  ['alphaLc', 'lowerLetter'],
  ['alphaUc', 'upperLetter'],
  ['romanLc', 'lowerRoman'],
  ['romanUc', 'upperRoman'],
];

/**
 * Reads the paragraphs of a text body (`txBody`).
 *
 * @param hasBullets Whether paragraphs are items of a list by default.
 */
export function readParagraphs(
  body: XmlElement | undefined,
  context: TextContext,
  hasBullets: boolean,
): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  /** Number of the last item by level. */
  const counts: (number | undefined)[] = [];
  for (const element of body?.children ?? []) {
    if (element.name !== 'p') continue;
    const content = readContent(element, context);
    if (content.length === 0) continue;
    context.budget.takeBlock();
    const list = placeOf(childOf(element, 'pPr'), counts, hasBullets);
    paragraphs.push({ type: 'paragraph', heading: undefined, list, content });
  }
  return paragraphs;
}

/** Reads the texts of a paragraph (`a:p`). */
function readContent(paragraph: XmlElement, { relationships, budget }: TextContext): readonly Inline[] {
  const writer = new InlineWriter(budget);
  const read = (element: XmlElement): void => {
    switch (element.name) {
      case 'r':
      case 'fld': {
        const format = formatOf(childOf(element, 'rPr'), relationships);
        writer.addText(childOf(element, 't')?.text ?? '', format);
        return;
      }
      case 'br': {
        writer.add({ type: 'break', isPage: false });
        return;
      }
      case 'AlternateContent':
        branchOf(element)?.children.forEach(read);
        return;
      case 'm':
      case 'oMathPara': {
        element.children.forEach(read);
        return;
      }
      case 'oMath': {
        writer.addText(textOfEquation(element), formatOf(undefined, relationships));
        return;
      }
    }
  };
  paragraph.children.forEach(read);
  return writer.take();
}

function formatOf(properties: XmlElement | undefined, relationships: Relationships): TextFormat {
  const isOn = (mark: Mark): boolean => {
    const baseline = integerOf(attributeOf(properties, 'baseline')) ?? 0;
    switch (mark) {
      case 'strong':
        return ['1', 'true'].includes(attributeOf(properties, 'b') ?? '');
      case 'em':
        return ['1', 'true'].includes(attributeOf(properties, 'i') ?? '');
      case 'u':
        return (attributeOf(properties, 'u') ?? 'none') !== 'none';
      case 's':
        return (attributeOf(properties, 'strike') ?? 'noStrike') !== 'noStrike';
      case 'sup':
        return baseline > 0;
      case 'sub':
        return baseline < 0;
    }
  };
  const link = childOf(properties, 'hlinkClick');
  const target = link && relationships.get(prefixedOf(link, 'id') ?? '');
  return {
    marks: marksOf(isOn),
    href: target?.isExternal === true ? target.target : undefined,
    change: undefined,
  };
}

function placeOf(
  properties: XmlElement | undefined,
  counts: (number | undefined)[],
  hasBullets: boolean,
): ListPlace | undefined {
  const level = Math.min(Math.max(integerOf(attributeOf(properties, 'lvl')) ?? 0, 0), LEVELS - 1);
  const number = childOf(properties, 'buAutoNum');
  const last = counts[level];
  counts.length = level;
  if (number) {
    const next = last === undefined ? (integerOf(attributeOf(number, 'startAt')) ?? 1) : last + 1;
    counts[level] = next;
    return { level, marker: writeNumber(next, attributeOf(number, 'type') ?? ''), isOrdered: true };
  }
  const bullet = childOf(properties, 'buChar');
  const isItem = bullet ?? childOf(properties, 'buBlip') ?? hasBullets;
  if (isItem === false || childOf(properties, 'buNone')) return undefined;
  return { level, marker: bulletOf(attributeOf(bullet, 'char') ?? '', level), isOrdered: false };
}

/** `1.`, `(a)`, `iv)`. */
function writeNumber(number: number, type: string): string {
  const style = NUMBER_STYLES.find(([start]) => type.startsWith(start))?.[1] ?? 'decimal';
  const digits = formatNumber(number, style);
  if (type.endsWith('ParenBoth')) return `(${digits})`;
  if (type.endsWith('ParenR')) return `${digits})`;
  return type.endsWith('Plain') ? digits : `${digits}.`;
}

/** Whether an element has a paragraph with text. */
export function hasText(body: XmlElement | undefined): boolean {
  return body !== undefined && findAll(body, new Set(['t'])).some(({ text }) => text.trim() !== '');
}
