import { escapePattern, groupMatches } from '../../../../src/gallery/viewers/matches';

test('escapePattern makes a pattern that matches a text literally', () => {
  for (const text of ['a.b', '$1', '(x|y)*', '[^]', 'C:\\temp', '{2}', '/'])
    expect(new RegExp(`^${escapePattern(text)}$`, 'u').test(text)).toBe(true);
  expect(new RegExp(escapePattern('a.b'), 'u').test('axb')).toBe(false);
});

test('groupMatches groups matches by place and keeps their order', () => {
  const matches = [
    { row: 3, start: 0 },
    { row: 5, start: 1 },
    { row: 3, start: 9 },
  ];
  expect([...groupMatches(matches, ({ row }) => row)]).toEqual([
    [3, [matches[0], matches[2]]],
    [5, [matches[1]]],
  ]);
});
