import fc from 'fast-check';
import type { Arrangement, SortKey } from '../../../../src/gallery/model/arrange';
import { arrange } from '../../../../src/gallery/model/arrange';
import { countBy, NO_FILTERS } from '../../../../src/gallery/model/filters';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import type { FileKind } from '../../../../src/base/file-kind';
import { attachedFile } from './files';

const BY_NAME: Arrangement = { ...NO_FILTERS, sortBy: 'name', isDescending: false };

const FILES = [
  attachedFile('10.png', { size: 5, addedAt: 30, comment: 'after the fix' }),
  attachedFile('2.png', { size: undefined, addedAt: 10, addedBy: 'Ömer' }),
  attachedFile('build.LOG', { size: 7, addedAt: NaN, comment: 'Night of the release' }),
];

const names = (files: readonly AttachedFile[]): string => files.map(({ name }) => name).join(' ');
const arranged = (facts: Partial<Arrangement>): string => names(arrange(FILES, { ...BY_NAME, ...facts }));

test.each([
  ['name', false, '2.png 10.png build.LOG'],
  ['name', true, 'build.LOG 10.png 2.png'],
  ['size', false, '10.png build.LOG 2.png'],
  ['size', true, 'build.LOG 10.png 2.png'],
  ['addedAt', false, '2.png 10.png build.LOG'],
  ['addedAt', true, '10.png 2.png build.LOG'],
  ['addedBy', false, '2.png 10.png build.LOG'],
  ['comment', true, 'build.LOG 10.png 2.png'],
  ['kind', false, '10.png 2.png build.LOG'],
] as const)('arrange sorts by %s with isDescending %s: %s', (sortBy, isDescending, expected) => {
  expect(arranged({ sortBy, isDescending })).toBe(expected);
});

test('arrange keeps the files of each folder together, in their order, and those without one last', () => {
  const files = [
    attachedFile('1.png'),
    attachedFile('2.png', { folder: 'b' }),
    attachedFile('3.png', { folder: 'a/10' }),
    attachedFile('4.png', { folder: 'a/9' }),
    attachedFile('5.png', { folder: 'b' }),
  ];
  const byFolder = arrange(files, { ...BY_NAME, byFolder: true, isDescending: true });
  expect(names(byFolder)).toBe('4.png 3.png 5.png 2.png 1.png');
  expect(names(arrange(files, { ...BY_NAME, text: 'A/10' }))).toBe('3.png');
});

test.each([
  ['', '2.png 10.png build.LOG'],
  ['  ', '2.png 10.png build.LOG'],
  ['.log', 'build.LOG'],
  ['RELEASE night', 'build.LOG'],
  ['png fix', '10.png'],
  ['o\u0308mer', '2.png'],
  ['nothing like it', ''],
])('arrange filters by the text %j and returns %j', (text, expected) => {
  expect(arranged({ text })).toBe(expected);
});

test('arrange filters by kind, and countBy counts files by kind', () => {
  expect(arranged({ kinds: new Set<FileKind>(['text', 'pdf']) })).toBe('build.LOG');
  expect([...countBy(FILES, ({ kind }) => kind, new Set())]).toEqual([
    ['image', 2],
    ['text', 1],
  ]);
});

const files = fc.array(
  fc.record({
    name: fc.string(),
    size: fc.option(fc.nat(3), { nil: undefined }),
    at: fc.constantFrom(NaN, 1, 2),
  }),
  { maxLength: 12 },
);
const keys: readonly SortKey[] = ['name', 'kind', 'size', 'addedAt', 'addedBy', 'comment'];

test('arrange keeps every file for each sort key, and isDescending reverses the order', () => {
  fc.assert(
    fc.property(files, fc.constantFrom(...keys), (facts, sortBy) => {
      const all = facts.map(({ name, size, at }) => attachedFile(name, { size, addedAt: at }));
      const up = arrange(all, { ...BY_NAME, sortBy });
      const down = arrange(all, { ...BY_NAME, sortBy, isDescending: true });
      expect(new Set(up)).toEqual(new Set(all));
      const values = (sorted: readonly AttachedFile[]): unknown[] =>
        sorted
          .map((file) => file[sortBy])
          .filter((value) => typeof value === 'number' && !Number.isNaN(value));
      expect(values(down)).toEqual(values(up).reverse());
    }),
  );
});
