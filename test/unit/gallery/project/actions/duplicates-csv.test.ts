import { readCsv } from '../../../../../src/base/csv';
import { writeDuplicates } from '../../../../../src/gallery/project/actions/duplicates-csv';
import type { DuplicateSet } from '../../../../../src/gallery/project/project-index';
import { projectFile } from '../../../../helpers/project-files';

test('The table of duplicates has a row for each file of each group, the oldest marked', async () => {
  const sets = Array.from({ length: 201 }, (_, number): DuplicateSet => ({
    condition: `duplicate:${number}`,
    isProven: number === 0,
    size: 100,
    files: [projectFile(2 * number + 1), projectFile(2 * number + 2, { addedAt: NaN, isInText: true })],
    ...{ copies: 1, freedBytes: number === 0 ? 100 : 0 },
  }));
  const reads: number[] = [];
  const text = await writeDuplicates(
    {
      readDuplicates(_, start, count) {
        reads.push(start);
        return Promise.resolve(sets.slice(start, start + count));
      },
    },
    1,
  );
  const rows = readCsv(text, ',').map(({ cells }) => cells);
  expect(reads).toEqual([0, 200]);
  expect(rows).toHaveLength(1 + 402);
  expect(rows[1]?.slice(0, 6)).toEqual(['1', 'Same', '1.txt', '100', 'Yes', '1']);
  expect(rows[2]?.slice(0, 5)).toEqual(['1', 'Same', '2.txt', '100', 'No']);
  expect(rows[2]?.slice(7, 11)).toEqual(['', 'Raisa Pokrovskaya', 'Yes', '100']);
  expect(rows[3]?.slice(0, 3)).toEqual(['2', 'Probably the same', '3.txt']);
});
