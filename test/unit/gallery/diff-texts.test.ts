import fc from 'fast-check';
import type { DiffLine } from '../../../src/gallery/compare/diff-rows';
import { foldSame, linesOf } from '../../../src/gallery/compare/diff-rows';
import { compareTexts, diffTexts } from '../../../src/gallery/compare/diff-texts';

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}`);

/** Formats rows as sign, line numbers and text. */
async function shown(before: string, after: string, opened: readonly number[] = []): Promise<string[]> {
  const { runs } = await diffTexts(before, after);
  return foldSame(linesOf(runs), new Set(opened)).map((row) =>
    row.kind === 'fold'
      ? `… ${row.count} from ${row.first}`
      : `${{ same: ' ', added: '+', removed: '-' }[row.kind]}${row.before ?? ''}/${row.after ?? ''} ${row.text}`,
  );
}

test('foldSame shows a change with its context and folds the other lines', async () => {
  const lines = numbered(20);
  const before = lines.join('\n');
  const after = lines.map((line) => (line === 'line 10' ? 'new' : line)).join('\r\n');
  expect(await shown(before, after)).toEqual([
    '… 6 from 0',
    ...[' 7/7 line 7', ' 8/8 line 8', ' 9/9 line 9'],
    ...['-10/ line 10', '+/10 new'],
    ...[' 11/11 line 11', ' 12/12 line 12', ' 13/13 line 13'],
    '… 7 from 14',
  ]);
  expect((await shown(before, after, [0])).slice(0, 2)).toEqual([' 1/1 line 1', ' 2/2 line 2']);
});

test('foldSame folds equal texts completely', async () => {
  expect(await shown('a\nb', 'a\nb')).toEqual(['… 2 from 0']);
});

test('diffTexts returns the common start and end of texts with too many differences', async () => {
  const { runs, isRough } = await diffTexts('a\nb\nx\nc\nz\n', 'a\nd\nx\ne\nz\n', 1);
  expect([isRough, linesOf(runs).map(({ kind, text }) => `${kind} ${text}`)]).toEqual([
    true,
    ['same a', 'removed b', 'removed x', 'removed c', 'added d', 'added x', 'added e', 'same z'],
  ]);
});

test('diffTexts and foldSame keep both texts readable and never fold a change', async () => {
  const texts = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 40 })
    .map((lines) => `${lines.join('\n')}\n`);
  await fc.assert(
    fc.asyncProperty(texts, texts, fc.constantFrom(1, 10_000), async (before, after, maxEdits) => {
      const lines = linesOf((await diffTexts(before, after, maxEdits)).runs);
      const read = (without: DiffLine['kind']): string =>
        lines.flatMap(({ kind, text }) => (kind === without ? [] : [`${text}\n`])).join('');
      expect([read('added'), read('removed')]).toEqual([before, after]);
      const rows = foldSame(lines, new Set());
      const count = rows.reduce((sum, row) => sum + (row.kind === 'fold' ? row.count : 1), 0);
      expect(count).toBe(lines.length);
      const changes = (all: readonly { kind: string }[]): number =>
        all.filter(({ kind }) => kind === 'added' || kind === 'removed').length;
      expect(changes(rows)).toBe(changes(lines));
      const folds = rows.flatMap((row) => (row.kind === 'fold' ? [row.first] : []));
      expect(foldSame(lines, new Set(folds))).toEqual(lines);
    }),
    { numRuns: 100 },
  );
});

test('foldSame unfolds a run that is longer than the arguments of a call', async () => {
  const { runs } = await diffTexts(`a\n${'x\n'.repeat(200_000)}`, `b\n${'x\n'.repeat(200_000)}`);
  const lines = linesOf(runs);
  const folded = foldSame(lines, new Set());
  const fold = folded.find((row) => row.kind === 'fold');
  expect(foldSame(lines, new Set([fold?.first ?? 0]))).toHaveLength(200_002);
});

test('compareTexts names how both files are written', async () => {
  const utf16 = new Blob([Uint8Array.from([0xff, 0xfe]), Uint8Array.from(Buffer.from('a\r\nb', 'utf16le'))]);
  expect(await compareTexts(new Blob(['a\nb']), utf16)).toEqual({
    areTexts: true,
    before: { encoding: 'utf-8', lineEnds: 'LF' },
    after: { encoding: 'utf-16le', lineEnds: 'CRLF' },
    runs: [{ kind: 'same', value: 'a\nb' }],
    isRough: false,
  });
});

test('compareTexts refuses binary files', async () => {
  expect(await compareTexts(new Blob(['a']), new Blob(['b\0']))).toEqual({ areTexts: false });
});
