import { createRecordedRuns, openRun } from '../../../../../src/gallery/project/actions/recorded-runs';
import { createRunLocks } from '../../../../../src/gallery/project/clean-up/run-locks';
import { HostError } from '../../../../../src/base/errors';
import { begin, numbersOf } from '../clean-up/begin';

const index = { onItemChanged: () => Promise.resolve() };

async function removeAll(test: ReturnType<typeof begin>): Promise<void> {
  await test.complete(test.cleanUp.check(test.plan));
  await test.complete(test.cleanUp.start());
}

test('RecordedRuns lists the runs, and tells which one another page works on', async () => {
  const test = begin({ attached: { 7: [1, 2] } });
  await removeAll(test);
  const free = createRecordedRuns(test.createPage().bin, createRunLocks(undefined));
  expect(free.getSnapshot()).toEqual({ status: 'reading' });
  await free.read();
  expect(free.getSnapshot()).toMatchObject({
    status: 'read',
    runs: [{ files: 2, bytes: 30, removed: 2, restored: 0, open: 0, isInProgress: false }],
  });
  const busy = createRecordedRuns(test.bin, { isFree: () => Promise.resolve(false) });
  await busy.read();
  expect(busy.getSnapshot()).toMatchObject({ runs: [{ isInProgress: true }] });
});

test('RecordedRuns tells why the record cannot be read, and a failed dismissal does not matter', async () => {
  const fail = (): Promise<never> => Promise.reject(new HostError('Barred.'));
  const runs = createRecordedRuns({ list: fail, dismiss: fail }, createRunLocks(undefined));
  await runs.read();
  expect(runs.getSnapshot()).toMatchObject({ status: 'failed' });
  await expect(runs.dismiss('x')).resolves.toBeUndefined();
});

test('OpenedRun restores the files of an earlier page, and says that a record is missing', async () => {
  const test = begin({ attached: { 7: [1, 2], 8: [3] }, gone: [2] });
  await removeAll(test);
  const [recorded] = await test.bin.list();
  const { services } = test;
  const work = openRun(recorded!.id, { services, bin: test.createPage().bin, index });
  await test.complete(work.open());
  expect(work.cleanUp.state.getSnapshot().phase).toBe('removed');
  await test.complete(work.cleanUp.restore());
  expect([numbersOf(test.service, 7), numbersOf(test.service, 8)]).toEqual([[1], [3]]);
  expect(await test.createPage().bin.list()).toMatchObject([{ removed: 1, restored: 2 }]);

  const missing = openRun('other', { services, bin: test.createPage().bin, index });
  await missing.open();
  expect(missing.isMissing.getSnapshot()).toBe(true);
});
