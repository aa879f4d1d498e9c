import fc from 'fast-check';
import { attachmentsOf } from '../../../../src/azure/work-item';
import { NetworkError } from '../../../../src/base/errors';
import type { PlanPair } from '../../../../src/bulk/plan/plan';
import { createUniqueUploads } from '../../../../src/bulk/run/enqueue-unique';
import { readPlan, writePlan } from '../../../../src/bulk/run/kept-plan';
import { withoutLookAlikes } from '../../../../src/bulk/run/look-alikes';
import { findVolumeSets } from '../../../../src/upload/volumes/volume-sets';
import { beginRun, pair, planFile, planOfPairs } from '../../../helpers/bulk';
import { flush } from '../../../helpers/deferred';
import type { ModelService } from '../../../helpers/model-service';
import { createModelService, REQUEST_FAULTS } from '../../../helpers/model-service';
import { createTestQueue } from '../../../helpers/upload-queue';
import { workItemWith } from '../../../helpers/uploads';

const IDS = [7, 8, 9];
/** Three parts. */
const DUMP = { ...planFile('dump'), volumeBytes: 40 };

const namesOn = (service: ModelService, id: number): string =>
  attachmentsOf(service.item(id))
    .map(({ name }) => name)
    .join(' ');

test('A split file is sent once, and its parts are linked under the name and the comment of each work item', async () => {
  const service = createModelService({ ids: IDS });
  const pairs: PlanPair[] = [
    { ...pair('dump', 7), name: 'seven', comment: 'For 7 📁 logs' },
    { ...pair('dump', 8), name: 'dump' },
    pair('log', 8),
  ];
  const test = beginRun(service, [DUMP, planFile('log')], planOfPairs(...pairs));
  await flush();
  await test.finish('dump log');
  expect(test.transport.begun).toHaveLength(2);
  expect(service.asked).toEqual(['batch 2', 'readMany 2']);
  expect(namesOn(service, 7)).toBe('seven.001 seven.002 seven.003');
  expect(namesOn(service, 8)).toBe('dump.001 dump.002 dump.003 log');
  const comments = attachmentsOf(service.item(7)).map(({ attributes }) => String(attributes['comment']));
  for (const comment of comments) expect(comment).toMatch(/^For 7 Part \d of 3 .*\[stapler .*\] 📁 logs$/);
  expect(test.outcomes()).toEqual(['dump@7 attached', 'dump@8 attached', 'log@8 attached']);
});

test('A part that a work item has lost is linked again', async () => {
  const service = createModelService({ ids: [7] });
  const test = beginRun(service, [DUMP], planOfPairs(pair('dump', 7)), {});
  const readMany = jest.spyOn(service, 'readMany');
  readMany.mockImplementationOnce((ids) => {
    service.change(7, (relations) => relations.slice(1));
    return service.readMany(ids);
  });
  await flush();
  await test.finish('dump');
  for (let round = 0; round < 10; round++) await flush();
  expect(namesOn(service, 7).split(' ').sort()).toEqual(['dump.001', 'dump.002', 'dump.003']);
  expect(test.outcomes()).toEqual(['dump@7 attached']);
});

const worlds = fc.record({
  wanted: fc.subarray(
    ['dump', 'log'].flatMap((file) => IDS.map((id) => ({ file, id }))),
    { minLength: 1 },
  ),
  batches: fc.constantFrom('independent', 'all-or-nothing', 'none', 'forbidden'),
  faults: fc.array(fc.constantFrom(...REQUEST_FAULTS), { maxLength: 8 }),
  readOnly: fc.subarray(IDS, { maxLength: 1 }),
  isTerse: fc.boolean(),
  isLost: fc.boolean(),
  cancelsAt: fc.option(fc.nat(4), { nil: undefined }),
});

test('Each work item gets all parts of a split file once, or none, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ wanted, isLost, cancelsAt, ...facts }) => {
      const service = createModelService({ ids: IDS, ...facts });
      const plan = planOfPairs(...wanted.map(({ file, id }) => pair(file, id)));
      const { run, transport, runtime, outcomes } = beginRun(service, [DUMP, planFile('log')], plan);
      let fails = isLost;
      for (let step = 0; step < 200 && run.getSnapshot().phase !== 'over'; step++) {
        await flush();
        if (step === cancelsAt) run.cancel();
        for (const attempt of transport.underWay()) {
          if (fails) attempt.fail(new NetworkError('No answer.'));
          else attempt.finish();
          fails = false;
        }
        await flush();
        await runtime.pass(30_000);
      }
      expect(run.getSnapshot().phase).toBe('over');
      const attached = outcomes().filter((each) => each.startsWith('dump@') && each.endsWith(' attached'));
      for (const id of IDS) {
        const parts = attachmentsOf(service.item(id)).filter(({ name }) => name.startsWith('dump'));
        expect([0, 3]).toContain(parts.length);
        expect(new Set(parts.map(({ url }) => url)).size).toBe(parts.length);
        if (run.getSnapshot().unchecked) continue;
        expect(parts.length).toBe(attached.includes(`dump@${id} attached`) ? 3 : 0);
      }
    }),
    { numRuns: 200 },
  );
}, 60_000);

test('A whole file and a split file of the same content have uploads of their own', () => {
  const { queue } = createTestQueue();
  const files = [
    { ...DUMP, id: 'a', contentKey: 'same' },
    { ...planFile('b'), contentKey: 'same' },
    { ...DUMP, id: 'c', contentKey: 'same' },
  ];
  const uploadOf = createUniqueUploads(queue).enqueue([pair('a', 7), pair('b', 8), pair('c', 9)], files);
  expect(uploadOf.get('a')).toBe(uploadOf.get('c'));
  expect(uploadOf.get('a')).not.toBe(uploadOf.get('b'));
});

test('A kept plan keeps the size of the parts', async () => {
  const note = writePlan(planOfPairs(pair('dump', 7)), [DUMP], [], new Map([['dump', 'up']]));
  expect((await readPlan(note))?.files).toEqual([
    { id: 'dump', name: 'dump', size: 100, folder: '', volumeBytes: 40 },
  ]);
});

test('An unsent split file is skipped if another panel has attached its parts meanwhile', async () => {
  const kept = {
    ...{ pairs: [pair('dump', 7), pair('dump', 8)], files: [DUMP], items: [] },
    uploadOf: new Map([['dump', 'up']]),
  };
  const part = {
    ...{ rel: 'AttachedFile', url: 'https://dev.azure.com/f/_apis/wit/attachments/x', name: 'dump.001' },
    attributes: { name: 'dump.001', resourceSize: 40, resourceCreatedDate: '2030-01-01T00:00:00Z' },
  };
  const claimed = {
    batch: { addedAt: 0 },
    interrupted: [{ upload: { id: 'up', state: { status: 'needs-file', attempt: 1 } } }],
  } as unknown as Parameters<typeof withoutLookAlikes>[1];
  const workItems = new Map([
    [7, workItemWith([], { relations: [part] })],
    [8, workItemWith([], { relations: [] })],
  ]);
  const pairs = await withoutLookAlikes(kept, claimed, () => Promise.resolve(workItems));
  expect(pairs.map(({ fate }) => fate)).toEqual([
    { kind: 'skip', reason: 'already-there' },
    { kind: 'attach' },
  ]);
});

test('The parts on a work item are one set', async () => {
  const service = createModelService({ ids: [7] });
  const test = beginRun(service, [DUMP], planOfPairs(pair('dump', 7)));
  await flush();
  await test.finish('dump');
  const found = attachmentsOf(service.item(7)).map(({ name, attributes }) => ({
    ...{ name, size: undefined, comment: String(attributes['comment']) },
  }));
  const { sets, others } = findVolumeSets(found);
  expect([sets.map(({ name }) => name), others]).toEqual([['dump'], []]);
});
