import fc from 'fast-check';
import { exportPaths } from '../../../../src/gallery/export/export-paths';

const BUG = { id: 7, type: 'Bug', title: 'Crash' };

test('exportPaths puts the files of a work item into its folder', () => {
  expect(exportPaths(BUG, ['a.png', 'A.png', 'b'], [], 'folders')).toEqual([
    'Bug 7 Crash/a.png',
    'Bug 7 Crash/A (1).png',
    'Bug 7 Crash/b',
  ]);
});

test('exportPaths keeps the folder of a work item with a new title', () => {
  const taken = ['Bug 7 Crash/a.png'];
  expect(exportPaths({ ...BUG, title: 'Solved' }, ['a.png'], taken, 'folders')).toEqual([
    'Bug 7 Crash/a (1).png',
  ]);
});

test('exportPaths gives no two work items the same folder', () => {
  const one = exportPaths({ id: 1, type: 'A', title: '2 x' }, ['f'], [], 'folders');
  const other = exportPaths({ id: 2, type: 'A 1', title: 'x' }, ['f'], [], 'folders');
  expect([one, other]).toEqual([['A 1 2 x/f'], ['A-1 2 x/f']]);
});

test('exportPaths keeps the number in the name of a folder with a long type', () => {
  const [path] = exportPaths({ id: 123_456_789, type: 'T'.repeat(128), title: 'x' }, ['f'], [], 'folders');
  expect(path).toBe(`${'T'.repeat(40)} 123456789 x/f`);
});

test('exportPaths returns different paths below the folder, for all names', () => {
  const names = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', 'CON', 'a.part', '')),
  );
  fc.assert(
    fc.property(
      names,
      fc.string(),
      fc.constantFrom('folders' as const, 'flat' as const),
      (all, title, layout) => {
        const paths = exportPaths({ ...BUG, title }, all, [], layout);
        expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(all.length);
        for (const path of paths) {
          const parts = path.split('/');
          expect(parts).toHaveLength(layout === 'flat' ? 1 : 2);
          expect(path).not.toMatch(/[\\\u0000-\u001f:*?"<>|]|\.part$/i);
          for (const part of parts) expect(part).toMatch(/^(?!\.*$).*[^. ]$/su);
        }
      },
    ),
  );
});
