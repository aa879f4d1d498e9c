import { NetworkError } from '../../../../../src/base/errors';
import { reportOf } from '../../../../../src/gallery/project/clean-up/clean-up-run';
import { changeAs } from '../clean-up/begin';
import { startRules } from './begin-rules';

test('RuleCleanUp counts as the person chooses, and offers the types that the other rules leave', async () => {
  const { work } = await startRules();
  const { estimates } = work;
  expect(estimates.getSnapshot()).toMatchObject({
    types: [
      { type: 'log', count: 4 },
      { type: 'txt', count: 1 },
    ],
  });
  expect(estimates.getSnapshot().chosen).toBeUndefined();
  work.change({ isOnClosed: true });
  await estimates.count(work.form.getSnapshot());
  expect(estimates.getSnapshot().chosen).toEqual({ files: 1, bytes: 4, inTexts: 1 });
  work.change({ includesFilesInTexts: true, types: new Set(['txt']) });
  await estimates.count(work.form.getSnapshot());
  expect(estimates.getSnapshot().chosen).toEqual({ files: 0, bytes: 0, inTexts: 0 });
  expect(estimates.getSnapshot().types.map(({ type }) => type)).toEqual(['log']);
});

test('RuleCleanUp shows its plan without a change, removes just these files, and restores them', async () => {
  const { work, dryRun, attached, complete, changed } = await startRules();
  work.change({ isOnClosed: true });
  expect(await dryRun()).toEqual({ phase: 'checked', files: [3], kept: [[4, 'in-text']] });
  expect(attached()).toEqual([[1, 2], [3, 4], [5]]);
  await complete(work.cleanUp.start());
  expect(attached()).toEqual([[1, 2], [4], [5]]);
  expect(changed).toEqual([8]);
  await complete(work.cleanUp.restore());
  expect(attached()).toEqual([[1, 2], [4, 3], [5]]);
});

test('RuleCleanUp removes proven copies only, also if the original is outside of the search', async () => {
  const { work, dryRun } = await startRules('on:8');
  work.change({ isDuplicate: true, includesFilesInTexts: true });
  expect(await dryRun()).toEqual({ phase: 'checked', files: [3, 4], kept: [] });
  work.edit();
  work.change({ isInSearch: false });
  expect(await dryRun()).toEqual({ phase: 'checked', files: [3, 4], kept: [[1, 'original']] });
});

test('RuleCleanUp keeps all copies if another client has removed the original', async () => {
  const { work, dryRun, service } = await startRules();
  changeAs(service, 7, (relations) => relations.slice(1));
  work.change({ isDuplicate: true, includesFilesInTexts: true });
  expect(await dryRun()).toMatchObject({ files: [] });
});

test('RuleCleanUp leaves files of a work item that was reopened', async () => {
  const { work, dryRun, service, complete, attached } = await startRules();
  work.change({ isOnClosed: true });
  await dryRun();
  service.restore({ ...service.item(8), state: 'Active', revision: 9 });
  await complete(work.cleanUp.start());
  const { run } = work.cleanUp.state.getSnapshot();
  expect(reportOf(run!)).toMatchObject({ changed: { files: 1 }, removed: { files: 0 } });
  expect(attached()).toEqual([[1, 2], [3, 4], [5]]);
});

test('RuleCleanUp plans nothing without a rule, and leads back to the rules', async () => {
  const { work, dryRun } = await startRules();
  expect(await dryRun()).toEqual({ status: 'none' });
  work.change({ isOnClosed: true });
  const opened = work.open();
  work.edit();
  await opened;
  expect(work.dryRun.getSnapshot()).toEqual({ status: 'none' });
  expect(await dryRun()).toMatchObject({ phase: 'checked' });
});

test('RuleCleanUp tells a failure of the list, and plans again', async () => {
  const { work, dryRun, aside } = await startRules();
  work.change({ isOnClosed: true });
  await work.estimates.count(work.form.getSnapshot());
  const read = jest.spyOn(aside, 'readRows');
  read.mockRejectedValueOnce(new NetworkError('Gone.'));
  expect(await dryRun()).toMatchObject({ status: 'failed', problem: { kind: 'network' } });
  read.mockResolvedValueOnce([]);
  expect(await dryRun()).toEqual({ status: 'outdated' });
  expect(await dryRun()).toMatchObject({ phase: 'checked', files: [3] });
});
