import { HostError } from '../../../../../src/base/errors';
import { createFileRemoval } from '../../../../../src/gallery/project/actions/file-removal';
import { reportOf } from '../../../../../src/gallery/project/clean-up/clean-up-run';
import type { RunBin } from '../../../../../src/gallery/project/clean-up/run-bin';
import { createFakeProjectIndex } from '../../../../helpers/project-index';
import { begin, changeAs, numbersOf } from '../clean-up/begin';

async function start(changeBin = (bin: RunBin): RunBin => bin) {
  const test = begin({ attached: { 7: [1, 2, 3], 8: [4], 9: [5] } });
  const index = createFakeProjectIndex(test.files);
  const result = await index.search({ text: '', sortBy: 'item', isDescending: false });
  // All but the last one.
  const rows = { result, ranges: [{ from: 0, until: 4 }] };
  const { services, service } = test;
  const events: (readonly [string, number])[] = [];
  const selectNone = (): void => void events.push(['selectNone', index.commands.length]);
  const work = createFileRemoval({ services, bin: changeBin(test.bin), index, rows, selectNone });
  const { state } = work.cleanUp;
  const phase = () => state.getSnapshot().phase;
  const numbers = () => [7, 8, 9].map((id) => numbersOf(service, id));
  return { ...test, index, work, state, phase, numbers, events };
}

test('FileRemoval checks the chosen files without a change, removes and restores them', async () => {
  const { work, phase, numbers, complete, index } = await start();
  await complete(work.open());
  expect(phase()).toBe('checked');
  expect(numbers()).toEqual([[1, 2, 3], [4], [5]]);
  await complete(work.cleanUp.start());
  expect(phase()).toBe('removed');
  expect(numbers()).toEqual([[], [], [5]]);
  expect(index.commands).toEqual(['changed 7 8']);
  await complete(work.cleanUp.restore());
  expect(numbers()).toEqual([[1, 2, 3], [4], [5]]);
});

test('FileRemoval leaves a file alone that another client removed', async () => {
  const { work, state, complete, service } = await start();
  changeAs(service, 7, (relations) => relations.slice(1));
  await complete(work.open());
  const { checked } = state.getSnapshot();
  expect(reportOf(checked!)).toMatchObject({ open: { files: 3, items: 2 }, gone: { files: 1 } });
});

test('FileRemoval removes nothing that cannot be recorded, unless the person wants it', async () => {
  const fail = (): Promise<never> => Promise.reject(new HostError('The data is not available.'));
  const { work, phase, numbers, complete, events } = await start((bin) => ({ ...bin, add: fail }));
  await complete(work.open());
  await complete(work.cleanUp.start());
  expect(phase()).toBe('failed');
  expect(events).toEqual([]);
  expect(numbers()).toEqual([[1, 2, 3], [4], [5]]);
  await complete(work.startWithoutRecord());
  expect(phase()).toBe('removed');
  expect(numbers()).toEqual([[], [], [5]]);
  await complete(work.cleanUp.restore());
  expect(numbers()).toEqual([[1, 2, 3], [4], [5]]);
});

test('FileRemoval clears the selection once files are removed, before the list changes', async () => {
  const { work, events, complete } = await start();
  await complete(work.open());
  expect(events).toEqual([]);
  await complete(work.cleanUp.start());
  expect(events).toEqual([['selectNone', 0]]);
});

test('FileRemoval says that the list changed before it was read', async () => {
  const { work, index, phase } = await start();
  await index.search({ text: '', sortBy: 'item', isDescending: false });
  await work.open();
  expect(work.reader.getSnapshot()).toEqual({ status: 'outdated' });
  expect(phase()).toBe('idle');
});
