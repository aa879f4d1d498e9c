import * as React from 'react';

/**
 * Keeps a selection by pointer from jumping to the end of a text layer while the pointer is between its lines. There,
 * browsers take the end of the element below the pointer: this puts one next to the last selected text, as the viewer of
 * pdf.js does.
 *
 * @param layer Contains pieces of text, positioned above the class `viewer-page-end`.
 */
export function useSteadySelection(layer: React.RefObject<HTMLElement>): void {
  React.useEffect(() => {
    const { current: element } = layer;
    if (!element) return undefined;
    const end = document.createElement('div');
    end.className = 'viewer-page-end';
    let before: Range | undefined;

    const onDown = ({ target, button }: PointerEvent): void => {
      const pages = element.closest('.viewer-pages');
      if (button === 0 && target instanceof Node && pages?.contains(target)) element.append(end);
    };
    const onUp = (): void => {
      before = undefined;
      end.remove();
    };
    const onChange = (): void => {
      const selection = document.getSelection();
      if (!end.isConnected || !selection || selection.rangeCount === 0) return;
      const range = selection.getRangeAt(0);
      const isStart = before !== undefined && hasSameEnd(range, before);
      before = range.cloneRange();
      const edge = pieceAt(element, isStart ? range.startContainer : range.endContainer);
      edge?.parentNode?.insertBefore(end, isStart ? edge : edge.nextSibling);
    };
    document.addEventListener('pointerdown', onDown);
    document.addEventListener('pointerup', onUp);
    document.addEventListener('pointercancel', onUp);
    document.addEventListener('selectionchange', onChange);
    return () => {
      document.removeEventListener('pointerdown', onDown);
      document.removeEventListener('pointerup', onUp);
      document.removeEventListener('pointercancel', onUp);
      document.removeEventListener('selectionchange', onChange);
      end.remove();
    };
  }, [layer]);
}

/** Whether the start of a selection moves: its end is the end, or the start, of the one before. */
function hasSameEnd(range: Range, before: Range): boolean {
  return (
    range.compareBoundaryPoints(Range.END_TO_END, before) === 0 ||
    range.compareBoundaryPoints(Range.START_TO_END, before) === 0
  );
}

/** Returns the piece of text in the layer that contains a node. */
function pieceAt(layer: Element, node: Node): Element | undefined {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest('span, br');
  return piece && layer.contains(piece) ? piece : undefined;
}
