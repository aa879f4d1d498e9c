import { explain, workItemInPath } from '../../../../src/bulk/plan/by-name';
import { DEFAULT_PATTERN } from '../../../../src/upload/rules/names/pattern';
import { pattern, planItem } from './inputs';

const ITEMS = new Map(
  [
    planItem(12),
    planItem(1234),
    planItem(7, { type: 'User Story' }),
    planItem(15, { type: 'Tier 2 Bug' }),
  ].map((item) => [item.id, item]),
);

/** Number found in a path, or the reason for finding none. */
function found(text: string, path: string): unknown {
  const { ids, reason } = workItemInPath(pattern(text), path, ITEMS);
  if (reason) return reason;
  return ids.length === 1 && ITEMS.has(ids[0]!) ? ids[0] : { unlisted: ids };
}

const NO_NUMBER = { kind: 'no-number' };

describe('DEFAULT_PATTERN', () => {
  test.each([
    ['1234_evidence.png', 1234],
    ['1234-foo.txt', 1234],
    ['1234 foo.txt', 1234],
    ['1234.png', 1234],
    ['1234', 1234],
    ['#1234 notes.txt', 1234],
    ['Bug 1234.log', 1234],
    ['bug-1234.log', 1234],
    ['BUG_1234 (2).log', 1234],
    ['User Story 7 - x.docx', 7],
    ['user_story-7.txt', 7],
    ['Tier 2 Bug 15.txt', 15],
    ['1234/anything.png', 1234],
    ['1234/deep/down/anything.png', 1234],
    ['Bug 1234/IMG.png', 1234],
    ['0012.txt', 12],
  ])('finds the number in %s', (path, id) => {
    expect(found(DEFAULT_PATTERN, path)).toBe(id);
  });

  test.each([
    ['IMG.png'],
    [''],
    ['1234th.png'],
    ['12f85f64-5717.png'],
    ['x1234.png'],
    ['Task 1234.log'],
    ['Bug 7.log'],
    ['Bugs 1234.log'],
    ['99999999999.png'],
    ['2147483648.png'],
    ['0.png'],
  ])('finds no number in %j', (path) => {
    expect(found(DEFAULT_PATTERN, path)).toEqual(NO_NUMBER);
  });

  test.each<[string, number[]]>([
    ['2024-01-31 report.pdf', [2024]],
    ['IMG_20240131.png', [20240131]],
    ['99/98.png', [98, 99]],
    ['2147483647.png', [2147483647]],
  ])('reports the numbers of %s as not listed', (path, unlisted) => {
    expect(found(DEFAULT_PATTERN, path)).toEqual({ unlisted });
  });

  test('accepts a date if its year is a work item', () => {
    const items = new Map([[2024, planItem(2024)]]);
    expect(workItemInPath(pattern(DEFAULT_PATTERN), '2024-01-31 report.pdf', items)).toEqual({ ids: [2024] });
    // A word before the number is a type, and `IMG` is not the type of this item.
    expect(workItemInPath(pattern(DEFAULT_PATTERN), 'IMG_2024.png', items)).toEqual({
      ids: [],
      reason: NO_NUMBER,
    });
  });
});

describe('workItemInPath: precedence', () => {
  test.each<[string, string, string, unknown]>([
    ['the file before its folder', '{id}*', '7/12.png', 12],
    ['an inner folder before an outer one', '{id}*', '7/12/a.png', 12],
    ['a folder where the number of the file is no work item', '{id}*', '12/2024-01-31.png', 12],
    ['the first way of naming', '{id}*;*_{id}.*', '12_7.png', 12],
    ['the way of naming that finds a work item', '{id}*;*_{id}.*', '99_7.png', 7],
    [
      'nothing where two work items are meant',
      '*{id}*',
      '12 and 7.png',
      { kind: 'ambiguous-number', workItemIds: [12, 7] },
    ],
    ['the one of two numbers that is a work item', '*{id}*', '99 and 7.png', 7],
    ['a number that stands there twice', '*{id}*', '12 is 0012.png', 12],
  ])('selects %s', (_, text, path, expected) => {
    expect(found(text, path)).toEqual(expected);
  });
});

describe('workItemInPath: pattern', () => {
  test.each<[string, string, string, unknown]>([
    ['never takes a part of a longer number', '*{id}*', 'x99912.png', { unlisted: [99912] }],
    ['needs the whole name', '{id}', '12.png', NO_NUMBER],
    ['goes on with anything after *', '{id}*', '12.png', 12],
    ['goes on with nothing after *', '{id}*', '12', 12],
    ['wants one character for ?', '??{id}', 'ab12', 12],
    ['wants no fewer for ?', '??{id}', 'a12', NO_NUMBER],
    ['counts an emoji as one', '?{id}', '🧨12', 12],
    ['lets a space be several of what separates words', 'a {id}', 'a_ -\u00a012', 12],
    ['lets no space be nothing', 'a {id}', 'a12', NO_NUMBER],
    ['takes a type behind the number', '{id} {type}*', '12 bug found.png', 12],
    ['takes a type among other words', '*{type} {id}*', 'old bug 12.png', 12],
    ['takes no part of a word for a type', '*{type}*{id}', 'debugger 12', NO_NUMBER],
    ['does not mind the case', 'EVIDENCE {id}', 'eViDeNcE 12', 12],
    ['does not mind how accents are stored', 'ü{id}', 'u\u030812', 12],
    ['reads signs of regular expressions as themselves', '(a+)+${id}', '(a+)+$12', 12],
    ['and as nothing else', '.{id}', 'x12', NO_NUMBER],
    ['does not look across folders', 'a*{id}', 'a/12', NO_NUMBER],
  ])('%s', (_, text, path, expected) => {
    expect(found(text, path)).toEqual(expected);
  });

  test('ignores the type if it is unknown', () => {
    const items = new Map([[12, planItem(12, { type: '' })]]);
    expect(workItemInPath(pattern('{type} {id}'), 'Whatever It Is 12', items)).toEqual({ ids: [12] });
    expect(workItemInPath(pattern('{type} {id}'), '% 12', items)).toEqual({ ids: [], reason: NO_NUMBER });
  });
});

describe('explain', () => {
  test('returns the number, the alternative and the position in the path', () => {
    expect(explain(pattern('{id}*; {type} {id}*'), 'a/Bug 0012 b/c.png')).toEqual([
      { workItemId: 12, alternative: '{type} {id}*', before: 'a/Bug ', digits: '0012', after: ' b/c.png' },
    ]);
  });

  test('returns all possible numbers', () => {
    expect(explain(pattern('*{id}*'), '1 2').map(({ workItemId }) => workItemId)).toEqual([1, 2]);
  });

  test('returns nothing without a match', () => {
    expect(explain(pattern('{id}'), 'a/b.png')).toEqual([]);
  });
});
