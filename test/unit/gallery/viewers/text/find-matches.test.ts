import fc from 'fast-check';
import type { Match } from '../../../../../src/gallery/viewers/text/find-matches';
import { describeMatches, MAX_MATCHES } from '../../../../../src/gallery/viewers/matches';
import { findMatches, firstMatchFrom } from '../../../../../src/gallery/viewers/text/find-matches';
import { textBlocks } from '../../../../helpers/text-blocks';

const signal = new AbortController().signal;

async function findAll(
  rows: readonly string[],
  wanted: string,
  { isShown = () => true, blockRows = 3 }: { isShown?: (row: number) => boolean; blockRows?: number } = {},
): Promise<readonly Match[]> {
  let found: readonly Match[] = [];
  for await (found of findMatches(textBlocks(rows, blockRows), wanted, isShown, signal));
  return found;
}

test('findMatches finds matches in all lines, case-insensitive', async () => {
  expect(await findAll(['An error', 'fine', '', 'more', 'ERROR: Error'], 'error')).toEqual([
    { row: 0, start: 3, end: 8 },
    { row: 4, start: 0, end: 5 },
    { row: 4, start: 7, end: 12 },
  ]);
});

test('findMatches skips rows that are not shown', async () => {
  const found = await findAll(['a', 'a', 'b', 'a'], 'a', { isShown: (row) => row > 0 });
  expect(found.map(({ row }) => row)).toEqual([1, 3]);
});

test('findMatches stops after an abort', async () => {
  const aborter = new AbortController();
  const search = findMatches(textBlocks(['a', 'a'], 1), 'a', () => true, aborter.signal);
  await search.next();
  aborter.abort();
  await expect(search.next()).rejects.toMatchObject({ name: 'AbortError' });
});

test('findMatches treats the query as text, not as a pattern', async () => {
  const character = fc.constantFrom(...Array.from('.*+?^$-/\\()[]{}|,:=!<>ab1 '), '😀', '\ud83d');
  const string = fc.string({ unit: character, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      string,
      string,
      fc.string({ unit: character, minLength: 1, maxLength: 4 }),
      async (a, b, wanted) => {
        const line = `${a}\t${wanted}\t${b}`;
        const found = (await findAll([line], wanted)).map(({ start, end }) => [
          start,
          line.slice(start, end),
        ]);
        expect(found).toContainEqual([a.length + 1, wanted]);
        expect(found.every(([, text]) => text === wanted)).toBe(true);
      },
    ),
  );
});

test('findMatches finds every match once in blocks of any size', async () => {
  const rows = Array.from({ length: 50 }, (_, index) => (index % 3 ? 'nothing' : 'needle'));
  expect(await findAll(rows, 'needle', { blockRows: 1 })).toEqual(
    await findAll(rows, 'needle', { blockRows: 7 }),
  );
  expect(await findAll(rows, 'needle')).toHaveLength(17);
});

test('findMatches stops at MAX_MATCHES, and describeMatches marks the count with a plus', async () => {
  const matches = await findAll(['x'.repeat(MAX_MATCHES * 2), 'x'], 'x');
  expect(matches).toHaveLength(MAX_MATCHES);
  expect(describeMatches('x', 4, matches.length, false)).toBe('5 of 10,000+');
});

test('firstMatchFrom returns the first match in or below a row', async () => {
  const matches = await findAll(['a', 'b', 'a'], 'a');
  expect([0, 1, 2, 3].map((row) => firstMatchFrom(matches, row))).toEqual([0, 1, 1, undefined]);
});

test('describeMatches returns the position and count in words', () => {
  expect(describeMatches('', 0, 0, true)).toBe('');
  expect(describeMatches('a', 0, 0, true)).toBe('Searching…');
  expect(describeMatches('a', 0, 0, false)).toBe('Nothing found');
  expect(describeMatches('a', 2, 17, false)).toBe('3 of 17');
  expect(describeMatches('a', 2, 17, true)).toBe('3 of 17+');
});
