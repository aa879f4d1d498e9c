import fc from 'fast-check';
import { diffLine, pairLines } from '../../../src/gallery/compare/diff-line';
import type { DiffLine } from '../../../src/gallery/compare/diff-rows';
import { linesOf } from '../../../src/gallery/compare/diff-rows';
import { diffTexts } from '../../../src/gallery/compare/diff-texts';

/** Marks differing parts: `if ([ad​min])`. */
function shown(line: DiffLine, other: DiffLine | undefined): string {
  return diffLine(line, other)
    .map(({ text, isDifferent }) => (isDifferent ? `[${text}]` : text))
    .join('');
}

async function changesOf(before: string, after: string): Promise<string[]> {
  const lines = linesOf((await diffTexts(before, after)).runs);
  const pairs = pairLines(lines);
  return lines.filter(({ kind }) => kind !== 'same').map((line) => shown(line, pairs.get(line)));
}

test('diffLine marks an invisible character', async () => {
  expect(await changesOf('if (admin)\n', 'if (ad\u200bmin)\n')).toEqual([
    'if ([admin])',
    'if ([ad\u200bmin])',
  ]);
});

test('pairLines pairs the lines of runs of equal length', async () => {
  expect(await changesOf('a 1\nb 1\nsame\nc 1\n', 'a 2\nb 2\nsame\nc 2\nd 2\n')).toEqual([
    ...['a [1]', 'b [1]', 'a [2]', 'b [2]'],
    ...['c 1', 'c 2', 'd 2'],
  ]);
});

test('diffLine compares no line longer than 2,000 characters', () => {
  const line = (kind: DiffLine['kind'], text: string): DiffLine => ({ kind, text, before: 1, after: 1 });
  expect(diffLine(line('removed', 'a'.repeat(2_001)), line('added', 'b'))).toHaveLength(1);
});

test('diffLine returns the whole line in parts', () => {
  const text = fc.string({ maxLength: 30 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const removed: DiffLine = { kind: 'removed', text: before, before: 1, after: undefined };
      const added: DiffLine = { kind: 'added', text: after, before: undefined, after: 1 };
      const textOf = (line: DiffLine, other: DiffLine): string =>
        diffLine(line, other)
          .map((part) => part.text)
          .join('');
      expect([textOf(removed, added), textOf(added, removed)]).toEqual([before, after]);
    }),
  );
});
