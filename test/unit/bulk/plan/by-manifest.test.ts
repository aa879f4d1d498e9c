import { matchRows } from '../../../../src/bulk/plan/by-manifest';
import { manifestRow, planFile } from './inputs';

const PATHS = [
  'a.png',
  'x/a.png',
  'x/b.png',
  'y/z/b.png',
  'y/C.png',
  '[1] (2)+.txt',
  'wi*ld.txt',
  'wiild.txt',
];

/** Files matched by a row with this cell; `?` marks ambiguous ones. */
function meantBy(cell: string, paths = PATHS): string[] {
  const row = manifestRow([7], cell);
  const { rows, ambiguous, unused } = matchRows(
    [row],
    paths.map((path) => planFile(path)),
  );
  const found = [...rows].map(([id, own]) => {
    expect(own).toEqual([row]);
    return id;
  });
  const unclear = [...ambiguous].map(([id, reason]) => {
    expect(reason).toEqual({ kind: 'ambiguous-file', line: 2, fileIds: unused[0]?.candidates });
    return `${id}?`;
  });
  expect(unused).toHaveLength(found.length > 0 ? 0 : 1);
  return [...found, ...unclear];
}

test.each<[string, string, string[]]>([
  ['a whole path', 'x/a.png', ['x/a.png']],
  ['a name, of which there is one without a folder', 'a.png', ['a.png']],
  ['a name in a folder', 'C.png', ['y/C.png']],
  ['a name in several folders', 'b.png', ['x/b.png?', 'y/z/b.png?']],
  ['the end of a path', 'z/b.png', ['y/z/b.png']],
  ['no part of a name', '.png', []],
  ['a path as Windows writes it', 'y\\z\\b.png', ['y/z/b.png']],
  ['a path from here', './x/a.png', ['x/a.png']],
  ['a path in other case', 'X/B.PNG', ['x/b.png']],
  ['a name in other case', 'c.png', ['y/C.png']],
  ['a name between spaces', ' C.png ', ['y/C.png']],
  ['a file that was not dropped', 'e.png', []],
  ['all files', '*', PATHS],
  ['names with any beginning', '*b.png', ['x/b.png', 'y/z/b.png']],
  ['names with any end', 'A.*', ['a.png', 'x/a.png']],
  ['names that hold something', '*ii*', ['wiild.txt']],
  ['several pieces in their order', '*] (*+*', ['[1] (2)+.txt']],
  ['no pieces out of order', '*(*]*', []],
  ['no piece twice over', '*i*i*i*', []],
  ['signs of regular expressions as themselves', '[1] (2)+.txt', ['[1] (2)+.txt']],
  ['a name with a * in it, as itself', 'wi*ld.txt', ['wi*ld.txt']],
  ['all of a folder', 'x/*', ['x/a.png', 'x/b.png']],
  ['all of an inner folder', 'z/*.png', ['y/z/b.png']],
  ['all below a folder', 'y/*', ['y/z/b.png', 'y/C.png']],
  ['no folder by the end of its name', '2/*', []],
  ['names and no folders', 'y*', []],
])('matchRows finds the files for %s', (_, cell, expected) => {
  expect(meantBy(cell)).toEqual(expected);
});

test('matchRows prefers an exact match over one that ignores case', () => {
  expect(meantBy('x.png', ['X.png', 'a/x.png'])).toEqual(['a/x.png']);
  expect(meantBy('X.PNG', ['x.png', 'X.png'])).toEqual(['x.png?', 'X.png?']);
});

test('matchRows keeps the row order for each file', () => {
  const rows = [manifestRow([1], '*'), manifestRow([2], 'a.png'), manifestRow([3], 'b.png')];
  const result = matchRows(rows, [planFile('a.png'), planFile('b.png')]);
  expect(result.rows.get('a.png')).toEqual([rows[0], rows[1]]);
  expect(result.rows.get('b.png')).toEqual([rows[0], rows[2]]);
});
