import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { createReportClock } from '../../../base/steps';
import { describeMatches } from '../matches';
import type { SearchActions } from '../search-field';
import { readPageText } from './page-text';
import type { PageMatch, PagesFound, ReadPage } from './search-pages';
import { searchPages } from './search-pages';

/** State and actions of a search in all pages. */
export interface PageSearch extends SearchActions {
  readonly matches: readonly PageMatch[];
  readonly current: PageMatch | undefined;
  /** Incremented to scroll to the current match, even if it is the same one. */
  readonly scrollRequests: number;
  /** Result in words. */
  readonly status: string;
  /** Progress in words, while pages are searched. */
  readonly progress: string | undefined;
}

/** Maximum length of all texts kept for the next query, in UTF-16 units: about 3,000 pages. Others are read again. */
const MAX_KEPT_CHARACTERS = 10_000_000;

/** Time between two reports, in milliseconds: each one renders all marks. */
const REPORT_MS = 200;

interface State {
  readonly found: PagesFound | undefined;
  readonly current: PageMatch | undefined;
  readonly scrollRequests: number;
}

const NOTHING: State = { found: undefined, current: undefined, scrollRequests: 0 };

/**
 * Searches all pages in the background while the user types.
 *
 * @param currentPage Returns the index of the page on the screen, the start of a new search. A stable function.
 */
export function usePageSearch(pdf: PDFDocumentProxy, currentPage: () => number): PageSearch {
  const [query, setQuery] = React.useState('');
  const [{ found, current, scrollRequests }, setState] = React.useState(NOTHING);
  const read = React.useMemo(() => createReader(pdf), [pdf]);
  React.useEffect(() => {
    setState((before) => ({ ...NOTHING, scrollRequests: before.scrollRequests }));
    if (query === '') return undefined;
    const aborter = new AbortController();
    void searchPages({
      ...{ query, read, count: pdf.numPages, from: currentPage(), signal: aborter.signal },
      isDue: createReportClock(REPORT_MS),
      report: (next) =>
        setState((before) => ({
          found: next,
          current: before.current ?? next.first,
          scrollRequests: before.scrollRequests + (!before.current && next.first ? 1 : 0),
        })),
    }).catch(() => undefined);
    return () => aborter.abort();
  }, [pdf, query, read, currentPage]);
  const matches = found?.matches ?? [];
  return {
    ...{ query, setQuery, matches, current, scrollRequests },
    status: describeFound(query, found, current),
    progress:
      query === '' || found?.isDone
        ? undefined
        : t('Searching page {page, number} of {count, number}…', {
            page: (found?.searched ?? 0) + 1,
            count: pdf.numPages,
          }),
    step: (by) =>
      setState((before) => {
        const all = before.found?.matches ?? [];
        const index = before.current ? indexOf(all, before.current) : 0;
        return {
          ...before,
          current: all[(index + by + all.length) % all.length],
          scrollRequests: before.scrollRequests + 1,
        };
      }),
  };
}

function describeFound(query: string, found: PagesFound | undefined, current: PageMatch | undefined): string {
  if (!found) return '';
  const { matches, isDone, hasText, isPartial } = found;
  if (matches.length === 0 && !isDone) return '';
  if (isDone && !hasText) return t('This PDF has no text to search');
  if (isPartial && matches.length === 0) return t('Nothing found in the readable text');
  const index = current ? indexOf(matches, current) : 0;
  return describeMatches(query, index, matches.length, !isDone || isPartial);
}

function indexOf(matches: readonly PageMatch[], { page, start }: PageMatch): number {
  return matches.findIndex((each) => each.page === page && each.start === start);
}

/** Returns a function that reads the texts of pages, and keeps some of them. */
function createReader(pdf: PDFDocumentProxy): ReadPage {
  const kept = new Map<number, Awaited<ReturnType<ReadPage>>>();
  let characters = 0;
  return async (index, signal) => {
    const known = kept.get(index);
    if (known) return known;
    const { text, isPartial } = await readText(pdf, index, signal);
    if (!signal.aborted && characters + text.length <= MAX_KEPT_CHARACTERS) {
      characters += text.length;
      kept.set(index, { text, isPartial });
    }
    return { text, isPartial };
  };
}

async function readText(pdf: PDFDocumentProxy, index: number, signal: AbortSignal) {
  try {
    return await readPageText(await pdf.getPage(index + 1), signal);
  } catch {
    // A damaged page, which its view says as well.
    return { text: '', isPartial: true };
  }
}
