import fc from 'fast-check';
import { createMemoryContents } from '../../../../../src/gallery/project/duplicates/content-store';
import { RANGE_MODES } from '../../../../helpers/content-server';
import { bytesOf, finderOf, numbersIn } from './find';

const KIB = 1024;

const contents = fc.record({
  size: fc.constantFrom(0, 1, 700, 64 * KIB - 1, 64 * KIB, 64 * KIB + 1, 256 * KIB, 256 * KIB + 1, 700 * KIB),
  head: fc.nat(2),
  tail: fc.nat(2),
  cut: fc.constantFrom(8 * KIB, 100 * KIB, 300 * KIB, 700 * KIB - 1),
});

/** Numbers of equal files, by comparing all bytes. */
function equalNumbers(files: readonly Parameters<typeof bytesOf>[0][]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [index, file] of files.entries()) {
    const key = Buffer.from(bytesOf(file)).toString('latin1');
    if (file.size > 0) groups.set(key, [...(groups.get(key) ?? []), index + 1]);
  }
  return [...groups.values()].filter(({ length }) => length > 1).sort(([a = 0], [b = 0]) => a - b);
}

test('DuplicateFinder finds exactly the files with equal bytes, under faults and pauses', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(contents, { maxLength: 14 }),
      fc.constantFrom(...RANGE_MODES),
      fc.array(fc.constantFrom(0, 503, 429, undefined), { maxLength: 5 }),
      fc.array(fc.nat(800 * KIB), { maxLength: 3 }),
      async (files, mode, faults, pauses) => {
        const store = createMemoryContents();
        const test = finderOf(files, { mode, contents: store });
        // `undefined` is no fault.
        test.server.faults.push(...(faults as number[]));
        const at = [...pauses].sort((a, b) => a - b);
        test.finder.state.subscribe(() => {
          const { phase, bytesRead } = test.finder.state.getSnapshot();
          if (phase !== 'finding' || at.length === 0 || bytesRead < at[0]!) return;
          at.shift();
          test.finder.pause();
        });
        await test.find();
        for (let rounds = 0; test.finder.state.getSnapshot().phase !== 'done'; rounds++) {
          expect(rounds).toBeLessThan(10);
          await test.complete(test.finder.resume());
        }
        expect(test.finder.state.getSnapshot().unreadable).toEqual([]);
        expect(numbersIn(test)).toEqual(equalNumbers(files));
        const again = finderOf(files, { mode, contents: store });
        await again.find();
        expect([numbersIn(again), again.server.requests()]).toEqual([numbersIn(test), 0]);
      },
    ),
    {
      numRuns: 150,
      // Files that agree in their beginning, but not in the parts after it.
      examples: [
        [
          [100 * KIB, 700 * KIB - 1].map((cut) => ({ size: 256 * KIB + 1, head: 1, tail: 0, cut })),
          'part',
          [],
          [],
        ],
        // A reading that ends after the next run has begun.
        [
          [700, 64, 700, 64].map((kib) => ({
            size: kib * KIB + (kib === 64 ? 1 : 0),
            head: 0,
            tail: 0,
            cut: 8 * KIB,
          })),
          'part',
          [],
          [64 * KIB + 1],
        ],
      ],
    },
  );
});
