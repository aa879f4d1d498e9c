import { toCsv } from '../../../../../src/gallery/project/clean-up/run-csv';
import { planCleanUp } from '../../../../../src/gallery/project/clean-up/plan-clean-up';
import { readCsv } from '../../../../../src/base/csv';
import { HostError, ServerError } from '../../../../../src/base/errors';
import { projectFile, projectItem } from '../../../../helpers/project-files';
import { relationTo } from '../../../../helpers/uploads';
import { begin, changeAs, createDocuments, numbersOf } from './begin';

const ATTACHED = { 7: [1, 901, 2], 8: [3, 902], 9: [903, 4] };

async function run(facts: Omit<Parameters<typeof begin>[0], 'attached'> = {}) {
  const test = begin({ attached: ATTACHED, ...facts });
  await test.complete(test.cleanUp.check(test.plan));
  await test.complete(test.cleanUp.start());
  return test;
}

const left = ({ service }: Pick<ReturnType<typeof begin>, 'service'>) =>
  [7, 8, 9].map((id) => numbersOf(service, id));

test('CleanUp removes the files of a plan in one batch, and no other ones', async () => {
  const test = await run();
  expect([left(test), test.report(), test.phase()]).toEqual([
    [[901], [902], [903]],
    { removed: 4 },
    'removed',
  ]);
  expect(test.service.asked).toEqual(['readMany 3', 'readMany 3', 'batch 3']);
  expect(test.changed).toEqual([7, 8, 9]);
});

test.each([
  'none',
  'forbidden',
  'signed-out',
  'hidden',
  'slow',
  'html 404',
  'html 405',
  'busy',
  'all-or-nothing',
] as const)('CleanUp removes the files where batches are %s', async (batches) => {
  const test = await run({ batches });
  expect([left(test), test.report()]).toEqual([[[901], [902], [903]], { removed: 4 }]);
});

test('CleanUp sends one patch per work item where the server tests no addresses', async () => {
  const test = await run({ testsAddresses: false });
  expect([left(test), test.report()]).toEqual([[[901], [902], [903]], { removed: 4 }]);
  expect(test.services.capabilities.supportsRelationTest).toBe(false);
});

test('CleanUp reads work items again where the answer to a patch shows no relations', async () => {
  const test = await run({ isTerse: true });
  expect([left(test), test.report()]).toEqual([[[901], [902], [903]], { removed: 4 }]);
});

test('CleanUp finds in a dry run what is gone, changed and refused, and changes nothing', async () => {
  const item = { isClosed: true, state: 'Closed' };
  const files = [1, 2, 3, 4].map((number) => projectFile(number, { item: projectItem(6 + number, item) }));
  const test = begin({ attached: { 7: [1], 8: [99], 9: [3] } });
  test.service.restore({ ...test.service.item(7), state: 'Closed' });
  await test.complete(test.cleanUp.check(planCleanUp(files, [], { isOnClosed: true })));
  const { checked, phase } = test.cleanUp.state.getSnapshot();
  expect([phase, checked?.outcomes]).toMatchObject([
    'checked',
    [
      { kind: 'open' },
      { kind: 'gone' },
      { kind: 'changed' },
      { kind: 'refused', problem: { kind: 'work-item-missing' } },
    ],
  ]);
  expect(test.service.asked.some((each) => /batch|update/.test(each))).toBe(false);
});

test('CleanUp finds read-only work items in a dry run', async () => {
  const test = begin({ attached: ATTACHED });
  const page = test.createPage({
    assertWritable: ({ id }) =>
      id === 8 ? Promise.reject(new ServerError('no-permission', 'No.')) : Promise.resolve(),
  });
  await test.complete(page.cleanUp.check(test.plan));
  await test.complete(page.cleanUp.start());
  expect([left(test), page.report()]).toEqual([[[901], [3, 902], [903]], { removed: 3, refused: 1 }]);
});

test('CleanUp keeps relations that others add, and reports those that others remove', async () => {
  const test = await run({
    onRequest(service, what) {
      if (!what.startsWith('batch')) return;
      changeAs(service, 7, (relations) => [relationTo(905), ...relations]);
      changeAs(service, 8, (relations) => relations.slice(1));
    },
  });
  expect([left(test), test.report()]).toEqual([[[905, 901], [902], [903]], { removed: 4 }]);
});

test('CleanUp keeps files on a work item that is opened again during the run', async () => {
  const closed = { isClosed: true, state: 'Closed' };
  const files = [1, 2].map((number) => projectFile(number, { item: projectItem(6 + number, closed) }));
  const test = begin({
    attached: { 7: [1], 8: [2] },
    onRequest(service, what) {
      if (!what.startsWith('batch')) return;
      service.restore({ ...service.item(7), state: 'Active', revision: 50 });
    },
  });
  for (const id of [7, 8]) test.service.restore({ ...test.service.item(id), state: 'Closed' });
  await test.complete(test.cleanUp.check(planCleanUp(files, [], { isOnClosed: true })));
  await test.complete(test.cleanUp.start());
  expect([numbersOf(test.service, 7), numbersOf(test.service, 8), test.report()]).toEqual([
    [1],
    [],
    { changed: 1, removed: 1 },
  ]);
});

test('CleanUp reports the reason of a refusal', async () => {
  const test = await run({ readOnly: [8] });
  expect(test.report()).toEqual({ removed: 3, refused: 1 });
  const { run: finished } = test.cleanUp.state.getSnapshot();
  const rows = readCsv(toCsv(finished!), ',').map(({ cells }) => cells);
  expect(rows.map((cells) => [cells[0], cells[2], cells[9], cells[10]])).toEqual([
    ['Work item', 'File', 'Outcome', 'Reason'],
    ['7', '1.txt', 'removed', ''],
    ['7', '2.txt', 'removed', ''],
    ['8', '3.txt', 'refused', 'no-permission'],
    ['9', '4.txt', 'removed', ''],
  ]);
});

test('CleanUp restores each removed file exactly once, and lists those without bytes', async () => {
  const test = await run({ gone: [2] });
  changeAs(test.service, 9, (relations) => [...relations, relationTo(4)]);
  await test.complete(test.cleanUp.restore());
  expect([left(test), test.report(), test.phase()]).toEqual([
    [
      [901, 1],
      [902, 3],
      [903, 4],
    ],
    { restored: 3, 'not-restored': 1 },
    'restored',
  ]);
});

test('CleanUp pauses after a batch, and continues', async () => {
  const attached = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [index + 1, [index + 1]]));
  const test = begin({ attached });
  await test.complete(test.cleanUp.check(test.plan));
  const unsubscribe = test.cleanUp.state.subscribe(() => {
    if ((test.cleanUp.state.getSnapshot().progress?.done ?? 0) > 0 && test.phase() === 'removing') {
      unsubscribe();
      test.cleanUp.pause();
    }
  });
  await test.complete(test.cleanUp.start());
  expect([test.phase(), test.report()]).toEqual(['paused', { open: 70, removed: 50 }]);
  await test.complete(test.cleanUp.resume());
  expect([test.phase(), test.report()]).toEqual(['removed', { removed: 120 }]);
  expect(test.service.asked.filter((each) => each.startsWith('batch'))).toEqual([
    'batch 50',
    'batch 50',
    'batch 20',
  ]);
});

test('CleanUp waits for the person when the server cannot be reached', async () => {
  const test = begin({
    attached: ATTACHED,
    faults: ['none', ...Array<'lost before'>(40).fill('lost before')],
  });
  await test.complete(test.cleanUp.check(test.plan));
  await test.complete(test.cleanUp.start());
  expect([test.phase(), test.cleanUp.state.getSnapshot().error]).toMatchObject([
    'paused',
    { kind: 'network' },
  ]);
  test.service.settle();
  await test.complete(test.cleanUp.resume());
  expect([left(test), test.report()]).toEqual([[[901], [902], [903]], { removed: 4 }]);
});

test('CleanUp records a run before the first removal, for a page that continues or restores it', async () => {
  const documents = createDocuments();
  const test = begin({ attached: ATTACHED, documents, gone: [] });
  const page = test.createPage({
    manyWorkItems: {
      ...test.services.manyWorkItems,
      // The page is closed during the batch.
      updateMany: (...order) =>
        test.services.manyWorkItems.updateMany(...order).then(() => new Promise(() => undefined)),
    },
  });
  await test.complete(page.cleanUp.check(test.plan));
  void page.cleanUp.start();
  for (let round = 0; round < 50; round++) await test.runtime.pass(1_000);
  expect(left(test)).toEqual([[901], [902], [903]]);

  const next = test.createPage();
  const [recorded] = await next.bin.list();
  expect(recorded).toMatchObject({ files: 4, removed: 4, open: 4 });
  await next.cleanUp.open(recorded!.id);
  expect(next.phase()).toBe('paused');
  // The mutex of the closed page is gone with it.
  const last = test.createPage({ mutex: (await import('../../../../../src/base/async')).createKeyedMutex() });
  await last.cleanUp.open(recorded!.id);
  await test.complete(last.cleanUp.resume());
  expect(last.report()).toEqual({ removed: 4 });
  await test.complete(last.cleanUp.restore());
  expect([left(test), last.report()]).toEqual([
    [
      [901, 1, 2],
      [902, 3],
      [903, 4],
    ],
    { restored: 4 },
  ]);
});

test('CleanUp removes nothing that it cannot record, unless that is wanted', async () => {
  const test = begin({ attached: ATTACHED });
  test.documents.runs.onWrite = () => {
    throw new HostError('No.');
  };
  await test.complete(test.cleanUp.check(test.plan));
  await test.complete(test.cleanUp.start());
  expect([test.phase(), left(test)]).toEqual([
    'failed',
    [
      [1, 901, 2],
      [3, 902],
      [903, 4],
    ],
  ]);
  await test.complete(test.cleanUp.check(test.plan));
  await test.complete(test.cleanUp.start(true));
  expect([left(test), test.cleanUp.state.getSnapshot().isRecorded]).toEqual([[[901], [902], [903]], false]);
  await test.complete(test.cleanUp.restore());
  expect(test.report()).toEqual({ restored: 4 });
});

test('CleanUp stops when another page works on the same run', async () => {
  const attached = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [index + 1, [index + 1]]));
  const test = begin({ attached });
  await test.complete(test.cleanUp.check(test.plan));
  let saves = 0;
  test.documents.runs.onWrite = (id) => {
    if (++saves === 3) test.documents.runs.touch(id);
  };
  await test.complete(test.cleanUp.start());
  expect([test.phase(), test.cleanUp.state.getSnapshot().error]).toMatchObject([
    'paused',
    { kind: 'host-silent' },
  ]);
});
