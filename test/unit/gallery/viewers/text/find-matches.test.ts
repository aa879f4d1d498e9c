import fc from 'fast-check';
import {
  describeMatches,
  findMatches,
  firstMatchFrom,
  MAX_MATCHES,
} from '../../../../../src/gallery/viewers/text/find-matches';
import type { LoadedText } from '../../../../../src/gallery/viewers/text/text-parts';

function textOf(head: readonly string[], tail: readonly string[] = []): LoadedText {
  return {
    head,
    tail,
    missingBytes: tail.length > 0 ? 99 : 0,
    encoding: 'utf-8',
    badBytes: 0,
    isBinary: false,
  };
}

function findAll(text: LoadedText, wanted: string, stepCharacters?: number) {
  const steps = findMatches(text, wanted, stepCharacters);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

test('findMatches finds matches in all lines, case-insensitive', () => {
  expect(findAll(textOf(['An error', 'fine', 'ERROR: Error']), 'error')).toEqual([
    { row: 0, start: 3, end: 8 },
    { row: 2, start: 0, end: 5 },
    { row: 2, start: 7, end: 12 },
  ]);
});

test('findMatches counts the gap as a row', () => {
  expect(findAll(textOf(['a', 'b'], ['c', 'a']), 'a')).toEqual([
    { row: 0, start: 0, end: 1 },
    { row: 4, start: 0, end: 1 },
  ]);
});

test('findMatches treats the query as text, not as a pattern', () => {
  const character = fc.constantFrom(...Array.from('.*+?^$-/\\()[]{}|,:=!<>ab1 '), '😀', '\ud83d');
  const string = fc.string({ unit: character, maxLength: 6 });
  fc.assert(
    fc.property(
      string,
      string,
      fc.string({ unit: character, minLength: 1, maxLength: 4 }),
      (a, b, wanted) => {
        const line = `${a}\t${wanted}\t${b}`;
        const found = findAll(textOf([line]), wanted).map(({ start, end }) => [
          start,
          line.slice(start, end),
        ]);
        expect(found).toContainEqual([a.length + 1, wanted]);
        expect(found.every(([, text]) => text === wanted)).toBe(true);
      },
    ),
  );
});

test('findMatches finds every match once with steps of any size', () => {
  const text = textOf(Array.from({ length: 50 }, (_, index) => (index % 3 ? 'nothing' : 'needle')));
  expect(findAll(text, 'needle', 1)).toEqual(findAll(text, 'needle'));
  expect(findAll(text, 'needle', 1)).toHaveLength(17);
});

test('findMatches returns no matches for an empty query', () => {
  expect(findAll(textOf(['']), '')).toEqual([]);
});

test('findMatches stops at MAX_MATCHES, and describeMatches marks the count with a plus', () => {
  const matches = findAll(textOf(['x'.repeat(MAX_MATCHES * 2)]), 'x');
  expect(matches).toHaveLength(MAX_MATCHES);
  expect(describeMatches('x', 4, matches.length, false)).toBe('5 of 10,000+');
  expect(describeMatches('x', 4, matches.length, true)).toBe('5 of 10,000+ in what is loaded');
});

test('firstMatchFrom returns the first match from a row on, or the first one of all', () => {
  const matches = findAll(textOf(['a', 'b', 'a']), 'a');
  expect([0, 1, 2, 3].map((row) => firstMatchFrom(matches, row))).toEqual([0, 1, 1, 0]);
});

test('describeMatches returns the position and count in words', () => {
  expect(describeMatches('', 0, 0, false)).toBe('');
  expect(describeMatches('a', 0, 0, false)).toBe('Nothing found');
  expect(describeMatches('a', 2, 17, false)).toBe('3 of 17');
  expect(describeMatches('a', 2, 17, true)).toBe('3 of 17 in what is loaded');
});
