import { HostError } from '../../../../../src/base/errors';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
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

/** Three equal files on work items of their own, of which the copies 2 and 3 are chosen. */
async function startCopies({ gone = [] as readonly number[], isProven = true } = {}) {
  const test = begin({ attached: { 7: [1], 8: [2], 9: [3] }, gone });
  const copies = test.files.map((file): ProjectFile => ({
    ...file,
    ...{ size: 100, addedAt: Number(file.reference.id.slice(-12)), isDuplicate: true },
    ...(isProven && { hasSameContent: true }),
  }));
  const index = createFakeProjectIndex(copies);
  const result = await index.search({ text: '', sortBy: 'item', isDescending: false });
  const rows = { result, ranges: [{ from: 1, until: 3 }] };
  const { services, bin, service } = test;
  const work = createFileRemoval({ services, bin, index, rows, keepsOldest: true });
  const numbers = () => [7, 8, 9].map((id) => numbersOf(service, id));
  return { ...test, index, work, numbers, state: () => work.cleanUp.state.getSnapshot() };
}

test('FileRemoval removes copies while the oldest file is attached and can be read', async () => {
  const { work, complete, numbers, state } = await startCopies();
  await complete(work.open());
  expect(state().checked?.unsafe).toEqual([]);
  await complete(work.cleanUp.start());
  expect(numbers()).toEqual([[1], [], []]);
});

test('FileRemoval keeps all copies if the oldest file is no longer attached', async () => {
  const { work, complete, numbers, state, service } = await startCopies();
  changeAs(service, 7, () => []);
  await complete(work.open());
  expect(state().checked?.unsafe?.map(({ item }) => item.id)).toEqual([8, 9]);
  await complete(work.cleanUp.start());
  expect(numbers()).toEqual([[], [2], [3]]);
});

test('FileRemoval keeps all copies if the oldest file cannot be read', async () => {
  const { work, complete, numbers, state } = await startCopies({ gone: [1] });
  await complete(work.open());
  expect(state().checked?.unsafe?.map(({ item }) => item.id)).toEqual([8, 9]);
  await complete(work.cleanUp.start());
  expect(numbers()).toEqual([[1], [2], [3]]);
});

test('FileRemoval removes no copy whose group the list no longer has', async () => {
  const { work, complete, numbers, state } = await startCopies({ isProven: false });
  await complete(work.open());
  expect(work.reader.getSnapshot()).toEqual({ status: 'outdated' });
  await complete(work.cleanUp.start());
  expect(state().phase).toBe('idle');
  expect(numbers()).toEqual([[1], [2], [3]]);
});

test('FileRemoval says that the list changed before it was read', async () => {
  const { work, index, phase } = await start();
  await index.search({ text: '', sortBy: 'item', isDescending: false });
  await work.open();
  expect(work.reader.getSnapshot()).toEqual({ status: 'outdated' });
  expect(phase()).toBe('idle');
});
