import fc from 'fast-check';
import { createGroupLinker } from '../../../../src/upload/link/link-group';
import { servicesForMany } from '../../../helpers/frame-services';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { numbersOn } from '../../../helpers/model-work-items';
import { createModelService, REQUEST_FAULTS } from '../../../helpers/model-service';
import { guid, linkable, relationTo } from '../../../helpers/uploads';
import { passAll } from './begin';

const IDS = [7, 8, 9, 10, 11];
const OURS = [1, 2, 3];
/** Relations before the links. */
const FOREIGN = 90;

const worlds = fc.record({
  batches: fc.constantFrom('independent', 'all-or-nothing', 'none', 'forbidden', 'signed-out'),
  faults: fc.array(fc.constantFrom(...REQUEST_FAULTS), { maxLength: 10 }),
  readOnly: fc.subarray(IDS, { maxLength: 2 }),
  gone: fc.subarray(IDS, { maxLength: 2 }),
  there: fc.subarray(IDS),
  isTerse: fc.boolean(),
  maxAttachments: fc.constantFrom(2, 100),
});

test('GroupLinker links each pair once or reports it, with any faults', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ gone, there, ...facts }) => {
      const service = createModelService({ ids: IDS, ...facts });
      for (const id of there) service.change(id, () => [relationTo(FOREIGN), relationTo(1)]);
      for (const id of gone) service.delete(id);
      const runtime = createFakeRuntime();
      const linker = createGroupLinker(servicesForMany(service, runtime));
      const group = IDS.map((workItemId) => ({ workItemId, attachments: OURS.map(linkable) }));

      async function linkAndCheck() {
        const outcomes = await passAll({ runtime }, linker.linkGroup(group));
        expect([...outcomes.keys()]).toEqual(IDS);
        for (const [id, { failures }] of outcomes) {
          const on = gone.includes(id) ? [] : numbersOn(service.item(id));
          expect(new Set(on).size).toBe(on.length);
          expect(on.includes(FOREIGN)).toBe(there.includes(id) && !gone.includes(id));
          expect(OURS.filter((each) => !failures.has(guid(each)) && !on.includes(each))).toEqual([]);
        }
        return outcomes;
      }

      for (let tries = 0; tries < 3; tries++) await linkAndCheck();
      // Without faults, only refused attachments stay unlinked.
      service.settle();
      const outcomes = await linkAndCheck();
      const hopeless = [...facts.readOnly, ...gone];
      if (facts.maxAttachments === 100)
        for (const [id, { failures }] of outcomes)
          if (!hopeless.includes(id)) expect([id, [...failures.values()]]).toEqual([id, []]);
    }),
    { numRuns: 500 },
  );
}, 30_000);
