import type { CleanUpRun, EntryOutcome } from '../../../../../src/gallery/project/clean-up/clean-up-run';
import { createRunBin } from '../../../../../src/gallery/project/clean-up/run-bin';
import { linkable } from '../../../../helpers/uploads';
import { createDocuments } from './begin';

const OUTCOMES: readonly EntryOutcome[] = [
  { kind: 'open' },
  { kind: 'tried' },
  { kind: 'removed' },
  { kind: 'gone' },
  { kind: 'changed' },
  { kind: 'changed', problem: { kind: 'conflict', status: 409 } },
  { kind: 'refused', problem: { kind: 'no-permission', status: 403, serverMessage: 'No.' } },
  { kind: 'restored' },
  { kind: 'not-restored', problem: { kind: 'refused' } },
];

function runWith(files: number, facts: Partial<CleanUpRun> = {}): CleanUpRun {
  return {
    ...{ id: 'a', startedAt: 1, isRestored: false },
    entries: Array.from({ length: files }, (_, index) => ({
      ...{ workItemId: index, title: `Item ${index}`, linkable: linkable(index), addedBy: 'Raisa' },
      ...(index % 2 === 0 && { state: 'Closed' }),
      addedAt: index % 3 === 0 ? NaN : index,
    })),
    outcomes: Array.from({ length: files }, (_, index) => OUTCOMES[index % OUTCOMES.length]!),
    ...facts,
  };
}

function open(documents = createDocuments(), project = 'p') {
  const bin = createRunBin({ runs: documents.runs.open(), entries: documents.entries.open(), project });
  return { bin, documents };
}

test('RunBin returns a run of 5,000 files as it was recorded, in documents below 200 KB', async () => {
  const { bin, documents } = open();
  const run = runWith(5_000);
  await bin.add(run);
  await bin.save({ ...run, isRestored: true });
  expect(await open(documents).bin.read('a')).toEqual({ ...run, isRestored: true });
  const lengths = [...documents.runs.texts.values(), ...documents.entries.texts.values()].map(
    ({ length }) => length,
  );
  expect(Math.max(...lengths)).toBeLessThan(200_000);
});

test('RunBin lists the runs of its project, the latest one first', async () => {
  const { bin, documents } = open();
  await bin.add(runWith(9));
  await bin.add(runWith(1, { id: 'b', startedAt: 2 }));
  await open(documents, 'other').bin.add(runWith(1, { id: 'c', startedAt: 3 }));
  expect(await bin.list()).toEqual([
    {
      ...{ id: 'b', startedAt: 2, files: 1, bytes: 0 },
      removed: 0,
      restored: 0,
      open: 1,
      isDismissed: false,
    },
    {
      ...{ id: 'a', startedAt: 1, files: 9, bytes: 180 },
      removed: 3,
      restored: 1,
      open: 2,
      isDismissed: false,
    },
  ]);
  expect(await bin.read('c')).toBeUndefined();
});

test('RunBin ignores runs that are damaged or incomplete', async () => {
  const { bin, documents } = open();
  await bin.add(runWith(300));
  await documents.entries.open().remove('a-1');
  expect(await bin.read('a')).toBeUndefined();
  const foreign = documents.runs.open();
  await foreign.write('x', { id: 'x', project: 'p' });
  expect((await bin.list()).map(({ id }) => id)).toEqual(['a']);
});

test('RunBin removes a run with all its documents', async () => {
  const { bin, documents } = open();
  await bin.add(runWith(300));
  await bin.remove('a');
  expect([documents.runs.texts.size, documents.entries.texts.size]).toEqual([0, 0]);
});

test('RunBin drops runs after 35 days, and all but the last 50, of any project', async () => {
  const day = 24 * 60 * 60 * 1_000;
  const { bin, documents } = open();
  const other = open(documents, 'other').bin;
  await other.add(runWith(300, { id: 'old', startedAt: 0 }));
  for (let number = 1; number <= 50; number++)
    await bin.add(runWith(1, { id: `r${number}`, startedAt: day }));
  expect(documents.runs.texts.size).toBe(50);
  await other.add(runWith(1, { id: 'new', startedAt: 36 * day }));
  expect((await bin.list()).length).toBe(49);
  await other.add(runWith(1, { id: 'newer', startedAt: 36 * day + 1 }));
  expect([...documents.runs.texts.keys()].filter((id) => !id.startsWith('r'))).toEqual(['new', 'newer']);
  await bin.add(runWith(1, { id: 'last', startedAt: 37 * day }));
  expect([...documents.runs.texts.keys()]).toEqual(['new', 'newer', 'last']);
  expect([...documents.entries.texts.keys()]).toEqual(['new-0', 'newer-0', 'last-0']);
});

test('RunBin leaves no part of a run that cannot be recorded', async () => {
  const { bin, documents } = open();
  documents.runs.onWrite = () => {
    throw new Error('Too large.');
  };
  await expect(bin.add(runWith(300))).rejects.toThrow('Too large.');
  expect(documents.entries.texts.size).toBe(0);
});

test('RunBin ends the reminders of a run until it is recorded again', async () => {
  const { bin } = open();
  const run = runWith(1);
  await bin.add(run);
  await bin.dismiss('a');
  expect(await bin.list()).toMatchObject([{ isDismissed: true }]);
  await bin.save(run);
  expect(await bin.list()).toMatchObject([{ isDismissed: false }]);
  await expect(bin.dismiss('other')).resolves.toBeUndefined();
});
