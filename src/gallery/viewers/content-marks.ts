import './content-marks.css';

/** Names of the marks in the style sheet. */
export const MARKS = { match: 'viewer-match', current: 'viewer-current-match' } as const;

/** Whether the browser can mark texts without changing the elements around them. */
export function canMark(): boolean {
  return typeof CSS !== 'undefined' && 'highlights' in CSS;
}

/**
 * Marks texts, instead of those before.
 *
 * @param priority Marks with a higher one cover others.
 * @returns A function that removes the marks.
 */
export function mark(name: string, ranges: readonly StaticRange[], priority = 0): () => void {
  if (!canMark()) return () => undefined;
  const { Highlight } = globalThis;
  const highlight = new Highlight(...ranges);
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
  return () => CSS.highlights.delete(name);
}

/** Returns the upper edge of a text on the screen, in CSS pixels. */
export function topOf(text: StaticRange): number {
  return boxOf(text).top;
}

/** Scrolls to a text, also inside of tables and code with a scroll bar of their own. */
export function reveal(text: StaticRange, root: Element): void {
  let element = text.startContainer.parentElement;
  while (element) {
    const outer = element.getBoundingClientRect();
    const { top, bottom, left, right } = boxOf(text);
    if (top < outer.top || bottom > outer.bottom)
      element.scrollTop += (top + bottom - outer.top - outer.bottom) / 2;
    if (left < outer.left || right > outer.right)
      element.scrollLeft += (left + right - outer.left - outer.right) / 2;
    element = element === root ? null : element.parentElement;
  }
}

function boxOf({ startContainer, startOffset, endContainer, endOffset }: StaticRange): DOMRect {
  const range = document.createRange();
  range.setStart(startContainer, Math.min(startOffset, lengthOf(startContainer)));
  range.setEnd(endContainer, Math.min(endOffset, lengthOf(endContainer)));
  return range.getBoundingClientRect();
}

/** The text can be shorter than when it was found. */
function lengthOf(node: Node): number {
  return node.nodeValue?.length ?? 0;
}
