import type { FoldedText } from './fold-text';
import { foldedPattern, foldText } from './fold-text';
import { MAX_MATCHES } from './matches';

/** Elements inside of a line of text. All others separate texts. */
const INLINE = new Set(
  'a abbr b bdi bdo code del em i ins kbd mark s small span strong sub sup u'.split(' '),
);

/** Elements without text of the file: buttons for more and links to notes, and words for screen readers. */
const NOT_SEARCHED = 'button:not(.viewer-path), .for-screen-readers';

/** Maximum length of a text that is folded at once, in UTF-16 units: a few milliseconds. */
const MAX_PIECE_LENGTH = 20_000;

/**
 * Finds a text in the rendered content of a file. Ignores case, accents, and borders of elements inside of a line. Stops
 * at `MAX_MATCHES`.
 */
export function* findInContent(root: Element, query: string): Generator<void, readonly StaticRange[]> {
  const pattern = foldedPattern(query);
  const matches: StaticRange[] = [];
  for (const texts of textsOf(root)) {
    const line = new FoldedLine();
    for (const text of texts)
      for (let offset = 0; offset < text.data.length; offset += MAX_PIECE_LENGTH) {
        line.add(text, offset);
        yield;
      }
    for (const { index, 0: found } of line.text.matchAll(pattern)) {
      // A query of accents alone is empty.
      if (found === '') break;
      matches.push(line.rangeOf(index, index + found.length));
      if (matches.length === MAX_MATCHES) return matches;
    }
  }
  return matches;
}

/** Yields the texts of each block: a paragraph, an item, a cell. */
function* textsOf(root: Element): Generator<readonly Text[]> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(NOT_SEARCHED)
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  let texts: Text[] = [];
  let block: Element | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      const own = blockOf(node);
      if (own === block) texts.push(node);
      else {
        yield texts;
        texts = [node];
        block = own;
      }
    } else if (!INLINE.has((node as Element).localName)) block = null;
  }
  yield texts;
}

function blockOf(text: Text): Element | null {
  let element = text.parentElement;
  while (element && INLINE.has(element.localName)) element = element.parentElement;
  return element;
}

/** A part of a text node. */
interface Piece {
  readonly node: Text;
  /** Offset in the node, in UTF-16 units. */
  readonly offset: number;
  readonly folded: FoldedText;
  /** Offset in the line, in UTF-16 units. */
  readonly start: number;
}

/** Folded texts of a block. */
class FoldedLine {
  text = '';
  readonly #pieces: Piece[] = [];
  /** Index of the piece with the last match: matches are located in their order. */
  #last = 0;

  add(node: Text, offset: number): void {
    const folded = foldText(node.data.slice(offset, offset + MAX_PIECE_LENGTH));
    if (folded.text === '') return;
    this.#pieces.push({ node, offset, folded, start: this.text.length });
    this.text += folded.text;
  }

  rangeOf(start: number, end: number): StaticRange {
    const first = this.#pieceAt(start);
    const last = this.#pieceAt(end - 1);
    return new StaticRange({
      startContainer: first.node,
      startOffset: first.offset + first.folded.locate(start - first.start, start + 1 - first.start)[0],
      endContainer: last.node,
      endOffset: last.offset + last.folded.locate(end - 1 - last.start, end - last.start)[1],
    });
  }

  #pieceAt(index: number): Piece {
    while ((this.#pieces[this.#last + 1]?.start ?? Infinity) <= index) this.#last++;
    const piece = this.#pieces[this.#last];
    if (!piece) throw new RangeError('A match is outside of the text');
    return piece;
  }
}
