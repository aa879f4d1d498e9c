import { createReportClock } from '../../../../../src/base/steps';
import { MAX_MATCHES } from '../../../../../src/gallery/viewers/matches';
import type { PagesFound } from '../../../../../src/gallery/viewers/pdf/search-pages';
import { searchPages } from '../../../../../src/gallery/viewers/pdf/search-pages';

const PAGES = ['The café', 'Nothing here', 'A long\nline in a CAFE', ''];

/** Searches pages; each one takes `msPerPage`. Returns all reports. */
async function search(query: string, from = 0, pages: readonly string[] = PAGES, msPerPage = 0) {
  const reports: PagesFound[] = [];
  const order: number[] = [];
  let time = 0;
  await searchPages({
    ...{ query, from, count: pages.length, signal: new AbortController().signal },
    read: (page) => {
      order.push(page);
      time += msPerPage;
      return Promise.resolve({ text: pages[page]!, isPartial: false });
    },
    isDue: createReportClock(200, () => time),
    report: (found) => reports.push(found),
  });
  return { reports, last: reports.at(-1)!, order };
}

test('searchPages finds a word in any case and with or without accents', async () => {
  const { last } = await search('Café');
  expect(last).toMatchObject({ searched: 4, isDone: true, hasText: true, isPartial: false });
  expect(last.matches).toEqual([
    { page: 0, start: 4, end: 8 },
    { page: 2, start: 17, end: 21 },
  ]);
});

test('searchPages takes a line end for a space, and characters of patterns literally', async () => {
  expect((await search('long line')).last.matches).toEqual([{ page: 2, start: 2, end: 11 }]);
  expect((await search('.*')).last.matches).toEqual([]);
  expect((await search('\u0301')).last.matches).toEqual([]);
});

test('searchPages begins with a page, and lists the matches in the order of the pages', async () => {
  const { last, reports, order } = await search('cafe', 1);
  expect(order).toEqual([1, 2, 3, 0]);
  expect(reports[0]).toMatchObject({ searched: 2, matches: [{ page: 2 }], isDone: false });
  expect(last.matches.map(({ page }) => page)).toEqual([0, 2]);
  expect(last.first).toBe(last.matches[1]);
  expect((await search('the', 1)).last.first).toMatchObject({ page: 0 });
});

test('searchPages reports its progress from time to time', async () => {
  const pages = Array.from({ length: 100 }, () => 'text');
  expect((await search('q', 0, pages, 50)).reports.length).toBe(25);
  expect((await search('q', 0, pages, 0)).reports.length).toBe(1);
});

test('searchPages tells scanned and damaged pages from pages without a match', async () => {
  expect((await search('x', 0, ['', ' \n'])).last.hasText).toBe(false);
  const reports: PagesFound[] = [];
  await searchPages({
    ...{
      query: 'x',
      from: 0,
      count: 2,
      signal: new AbortController().signal,
      isDue: createReportClock(200, () => 0),
    },
    read: (page) => Promise.resolve({ text: 'a', isPartial: page === 1 }),
    report: (found) => reports.push(found),
  });
  expect(reports.at(-1)).toMatchObject({ isPartial: true });
});

test('searchPages stops at MAX_MATCHES', async () => {
  const { last, order } = await search('a', 0, ['a'.repeat(MAX_MATCHES - 1), 'aaa', 'a']);
  expect(last).toMatchObject({ isDone: true, searched: 2 });
  expect(last.matches).toHaveLength(MAX_MATCHES);
  expect(order).toEqual([0, 1]);
});

test('searchPages reports nothing after an abort', async () => {
  const aborter = new AbortController();
  const report = jest.fn();
  const read = jest.fn(() => {
    aborter.abort();
    return Promise.resolve({ text: 'a', isPartial: false });
  });
  await searchPages({
    ...{ query: 'a', from: 0, count: 9, isDue: createReportClock(200, () => 0) },
    signal: aborter.signal,
    read,
    report,
  });
  expect(report).not.toHaveBeenCalled();
  expect(read).toHaveBeenCalledTimes(1);
});
