import type { Attributes } from '../xml-parser';
import { createXmlParser } from '../xml-parser';
import type { CutText } from './test-results';

/** Length of a part that is parsed without a pause, in UTF-16 units. */
const PART_LENGTH = 64 * 1024;

/** Maximum depth of elements. */
const MAX_DEPTH = 500;

/** Maximum length of the text of an element, in UTF-16 units. The source shows the rest. */
const MAX_TEXT_LENGTH = 100_000;

/** An element of an XML document. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Attributes;
  readonly parent: XmlElement | undefined;
  /** Text directly inside so far. */
  text: MutableText;
}

interface MutableText extends CutText {
  text: string;
  missing: number;
}

/** Called for the elements of a document, in its order. */
export interface ElementHandler {
  readonly open: (element: XmlElement) => void;
  /** Called for each piece of the text of an element, however long the text is. */
  readonly text?: (element: XmlElement, piece: string) => void;
  /** The element has its whole text. Called for all elements, also in a document without its end. */
  readonly close: (element: XmlElement) => void;
}

/**
 * Parses the elements of an XML document. Yields after each part.
 *
 * @throws ViewerProblem `too-many-parts` If elements are nested too deeply, or the document has too many errors.
 */
export function* readElements(xml: string, handler: ElementHandler): Generator<void, void> {
  let current: XmlElement | undefined;
  const parser = createXmlParser(
    {
      open: (name, attributes) => {
        current = { name, attributes, parent: current, text: { text: '', missing: 0 } };
        handler.open(current);
      },
      text: (text) => {
        if (!current) return;
        append(current.text, text);
        handler.text?.(current, text);
      },
      close: () => {
        if (!current) return;
        handler.close(current);
        current = current.parent;
      },
    },
    MAX_DEPTH,
  );
  for (let start = 0; start < xml.length; start += PART_LENGTH) {
    parser.write(xml.slice(start, start + PART_LENGTH));
    yield;
  }
  parser.end();
}

/** Adds to a text. Fast, because a text comes in as many parts as it has entities. */
function append(whole: MutableText, part: string): void {
  const room = whole.missing > 0 ? 0 : MAX_TEXT_LENGTH - whole.text.length;
  if (part.length <= room) whole.text += part;
  else {
    whole.text += part.slice(0, room);
    whole.missing += part.length - room;
  }
}

/** A text without characters. */
export const NO_TEXT: CutText = { text: '', missing: 0 };

/** Joins two texts by an empty line. An empty text is left out. */
export function joinParagraphs(first: CutText, second: CutText): CutText {
  if (second.text.trim() === '') return first;
  if (first.text.trim() === '') return second;
  const joined = { ...first };
  append(joined, '\n\n');
  append(joined, second.text);
  joined.missing += second.missing;
  return joined;
}

/** Returns a text, cut at the maximum length. */
export function cutText(text: string | undefined): CutText {
  const cut = { text: '', missing: 0 };
  append(cut, text ?? '');
  return cut;
}

/** Whether an element is directly inside an element with one of the names. */
export function isInside(element: XmlElement, ...names: readonly string[]): boolean {
  return element.parent !== undefined && names.includes(element.parent.name);
}
