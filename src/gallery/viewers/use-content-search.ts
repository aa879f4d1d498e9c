import * as React from 'react';
import { firstIndexWhere } from '../../base/bisect';
import { runInSteps } from '../../base/steps';
import { findInContent } from './find-in-content';
import { canMark, MARKS, mark, reveal, topOf } from './content-marks';
import type { FindMatches, MatchSearch } from './use-match-search';
import { useMatchSearch } from './use-match-search';

/** Time between two searches of content that changes, in milliseconds. */
const PAUSE_MS = 250;

/**
 * Searches the rendered content of a file, again after each change of it, and marks the matches.
 *
 * @param isCut Whether the file has more than its content here.
 */
export function useContentSearch(
  content: React.RefObject<HTMLElement>,
  isCut: boolean,
): MatchSearch<StaticRange> {
  const find = React.useCallback<FindMatches<StaticRange>>(
    async (query, report, signal) => {
      const root = content.current;
      if (!root) return;
      const changes = new Changes(root, signal);
      for (;;) {
        changes.forget();
        const matches = await runInSteps(findInContent(root, query), signal);
        report({
          matches,
          isSearching: changes.has || root.querySelector('.viewer-growing') !== null,
          isPartial: isCut || root.querySelector('.viewer-more') !== null,
          indexOf: (current) => indexOf(matches, current, root),
        });
        await changes.wait();
      }
    },
    [content, isCut],
  );
  const search = useMatchSearch(find);
  const { matches, current, scrollRequests, isChosen } = search;
  React.useLayoutEffect(() => mark(MARKS.match, matches), [matches]);
  React.useLayoutEffect(() => mark(MARKS.current, current ? [current] : [], 1), [current]);
  const latest = React.useRef({ current, isChosen });
  latest.current = { current, isChosen };
  React.useLayoutEffect(() => {
    const { current: match, isChosen: selects } = latest.current;
    if (!match || !content.current) return;
    reveal(match, content.current);
    // Not while the user types: Safari moves the caret out of the field.
    if (selects && !canMark())
      getSelection()?.setBaseAndExtent(
        ...[match.startContainer, match.startOffset],
        ...[match.endContainer, match.endOffset],
      );
  }, [content, scrollRequests]);
  return search;
}

/** Index of the same match, or of the first one on the screen. */
function indexOf(matches: readonly StaticRange[], current: StaticRange | undefined, root: Element): number {
  const index = matches.findIndex(
    ({ startContainer, startOffset }) =>
      startContainer === current?.startContainer && startOffset === current.startOffset,
  );
  return index < 0 ? firstBelow(matches, root.getBoundingClientRect().top) : index;
}

/** Index of the first match that begins below a position, or 0. Looks at few of them: each one costs a layout. */
function firstBelow(matches: readonly StaticRange[], top: number): number {
  const index = firstIndexWhere(matches.length, (at) => {
    const match = matches[at];
    return !match || topOf(match) >= top;
  });
  return index === matches.length ? 0 : index;
}

/** Changes of content. */
class Changes {
  has = false;
  #onChange = (): void => undefined;

  constructor(
    root: Element,
    private readonly signal: AbortSignal,
  ) {
    const observer = new MutationObserver(() => {
      this.has = true;
      this.#onChange();
    });
    observer.observe(root, { childList: true, characterData: true, subtree: true });
    signal.addEventListener('abort', () => {
      observer.disconnect();
      this.#onChange();
    });
  }

  forget(): void {
    this.has = false;
  }

  /**
   * Waits until there are changes, and a moment for more of them.
   *
   * @throws DOMException After an abort.
   */
  async wait(): Promise<void> {
    if (!this.has) await new Promise<void>((resolve) => (this.#onChange = resolve));
    this.signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    this.signal.throwIfAborted();
  }
}
