import fc from 'fast-check';
import { NetworkError } from '../../../../../src/base/errors';
import { createChosenReader } from '../../../../../src/gallery/project/actions/read-chosen';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import type { RowRange } from '../../../../../src/gallery/project/session/row-selection';
import { createFakeProjectIndex, projectFiles } from '../../../../helpers/project-index';

const ALL = { text: '', sortBy: 'item', isDescending: false } as const;

async function begin(count: number, ranges: readonly RowRange[]) {
  const index = createFakeProjectIndex(projectFiles(count));
  const result = await index.search(ALL);
  const reader = createChosenReader(index, { result, ranges }, () => {
    const files: ProjectFile[] = [];
    return { add: (file) => void files.push(file), finish: () => files };
  });
  return { index, result, reader };
}

test('ChosenReader reads just the chosen rows, in order and in parts', async () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1_300 })), {
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(gaps, async (parts) => {
      const ranges: RowRange[] = [];
      for (const [gap, length] of parts) {
        const from = (ranges.at(-1)?.until ?? 0) + gap;
        ranges.push({ from, until: from + length });
      }
      const { index, reader } = await begin(7_000, ranges);
      await reader.read();
      const rows = projectFiles(7_000);
      expect(reader.getSnapshot()).toEqual({
        status: 'read',
        chosen: ranges.flatMap(({ from, until }) => rows.slice(from, until)),
      });
      expect(Math.max(0, ...index.reads.map(([, count]) => count))).toBeLessThanOrEqual(1_000);
    }),
    { numRuns: 15 },
  );
});

test('ChosenReader says that the list changed, and shows nothing of it', async () => {
  const { index, reader } = await begin(50, [{ from: 0, until: 50 }]);
  await index.search(ALL);
  await reader.read();
  expect(reader.getSnapshot()).toEqual({ status: 'outdated' });
});

test('ChosenReader tells why it failed, and reads again from the start', async () => {
  const { index, reader } = await begin(50, [{ from: 10, until: 20 }]);
  index.failNext = new NetworkError('down');
  await reader.read();
  expect(reader.getSnapshot()).toMatchObject({ status: 'failed', problem: { kind: 'network' } });
  await reader.read();
  expect(reader.getSnapshot()).toMatchObject({ status: 'read', chosen: { length: 10 } });
});

test('ChosenReader reads nothing more after it is stopped', async () => {
  const { index, reader } = await begin(5_000, [{ from: 0, until: 5_000 }]);
  const done = reader.read();
  reader.stop();
  await done;
  expect(reader.getSnapshot()).toEqual({ status: 'reading', done: 0, total: 5_000 });
  expect(index.reads).toHaveLength(1);
});
