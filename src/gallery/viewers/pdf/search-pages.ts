import { foldedPattern, foldText } from '../fold-text';
import { MAX_MATCHES } from '../matches';
import type { PageText } from './page-text';

/** Position of a search match. */
export interface PageMatch {
  /** Index of the page. */
  readonly page: number;
  /** Offset in the text of the page, in UTF-16 units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** State of a search. */
export interface PagesFound {
  /** In the order of the pages. */
  readonly matches: readonly PageMatch[];
  /** First match on or after the page where the search began; before it without one. */
  readonly first: PageMatch | undefined;
  /** Number of pages searched so far. */
  readonly searched: number;
  /** Whether the text of a searched page is incomplete. */
  readonly isPartial: boolean;
  /** Whether a searched page has text. Scanned pages have none. */
  readonly hasText: boolean;
  readonly isDone: boolean;
}

/** Reads the text of a page for a search. Rejects after an abort only. */
export type ReadPage = (page: number, signal: AbortSignal) => Promise<Pick<PageText, 'text' | 'isPartial'>>;

/**
 * Searches all pages, beginning with `from`; ignores case and accents, and takes each line end for a space. Stops at
 * `MAX_MATCHES`.
 *
 * @param isDue Whether it is time for a report, as by `createReportClock`.
 * @param report Called with the first match, then from time to time, and in the end. Not after an abort.
 */
export async function searchPages(options: {
  readonly query: string;
  readonly count: number;
  readonly from: number;
  readonly read: ReadPage;
  readonly signal: AbortSignal;
  readonly isDue: () => boolean;
  readonly report: (found: PagesFound) => void;
}): Promise<void> {
  const { query, count, from, read, signal, isDue, report } = options;
  const pattern = foldedPattern(query);
  const before: PageMatch[] = [];
  const after: PageMatch[] = [];
  let isPartial = false;
  let hasText = false;
  for (let searched = 1; searched <= count; searched++) {
    const page = (from + searched - 1) % count;
    const content = await read(page, signal);
    if (signal.aborted) return;
    isPartial ||= content.isPartial;
    hasText ||= content.text.trim() !== '';
    const isFirst = before.length + after.length === 0;
    const room = MAX_MATCHES - before.length - after.length;
    (page < from ? before : after).push(...matchesIn(content.text, pattern, page, room));
    const total = before.length + after.length;
    const isDone = searched === count || total === MAX_MATCHES;
    if (!isDone && !(isFirst && total > 0) && !isDue()) continue;
    const first = after[0] ?? before[0];
    report({ matches: [...before, ...after], first, searched, isPartial, hasText, isDone });
    if (isDone) return;
  }
}

function matchesIn(text: string, pattern: RegExp, page: number, room: number): PageMatch[] {
  const folded = foldText(text);
  const matches: PageMatch[] = [];
  for (const { index, 0: found } of folded.text.matchAll(pattern)) {
    if (matches.length === room) break;
    // A query of accents alone is empty.
    if (found === '') continue;
    const [start, end] = folded.locate(index, index + found.length);
    matches.push({ page, start, end });
  }
  return matches;
}
