import { newName, stemLength } from '../../../src/gallery/changes/new-name';

describe('newName', () => {
  it.each([
    ['b.png', 'a.png', 'b.png'],
    ['  b.png ', 'a.png', 'b.png'],
    ['b', 'a.png', 'b.png'],
    ['b.', 'a.png', 'b.png'],
    ['b.jpg', 'a.png', 'b.jpg'],
    ['b', 'Makefile', 'b'],
    ['.env', 'a.png', '.env.png'],
    ['u\u0308.png', 'a.png', 'ü.png'],
    ['tab\tinside.png', 'a.png', 'tab_inside.png'],
  ])('makes “%s” for “%s” the name “%s”', (typed, oldName, name) => {
    expect(newName(typed, oldName)).toEqual({ name });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['...', 'empty'],
    ['a/b.png', 'folder'],
    ['a\\b.png', 'folder'],
    [`${'x'.repeat(252)}.png`, 'too-long'],
    ['x'.repeat(252), 'too-long'],
  ])('refuses “%s” as %s', (typed, problem) => {
    expect(newName(typed, 'a.png')).toEqual({ problem });
  });
});

test.each([
  ['a.png', 1],
  ['archive.tar.gz', 11],
  ['.env', 4],
  ['Makefile', 8],
])('stemLength of “%s” is %d', (name, length) => {
  expect(stemLength(name)).toBe(length);
});
