import fc from 'fast-check';
import { keyOf } from '../../../../src/upload/link/relation-list';
import { createModelWorkItems, numbersOn, WORK_ITEM_FAULTS } from '../../../helpers/model-work-items';
import { createOthers, DEEDS } from '../../../helpers/others';
import { guid, linkTo, relationTo } from '../../../helpers/uploads';
import { beginOn, passAll } from './begin';

const OURS = [1, 2, 3, 4, 5, 6];
const FOREIGN = [linkTo(301), linkTo(302), relationTo(401), relationTo(402)];

const worlds = fc.record({
  faults: fc.array(fc.constantFrom(...WORK_ITEM_FAULTS), { maxLength: 12 }),
  deeds: fc.array(fc.constantFrom(...DEEDS), { maxLength: 12 }),
  gone: fc.oneof(fc.constant<number[]>([]), fc.subarray(OURS)),
  maxAttachments: fc.constantFrom(4, 6, 100),
});

test('Linker links each attachment once or reports it, and changes nothing else, with any faults', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ faults, deeds, gone, maxAttachments }) => {
      const others = createOthers(FOREIGN);
      const server = createModelWorkItems({
        relations: FOREIGN,
        faults,
        others: deeds.map((deed) => others.act(deed)),
        gone: new Set(gone.map(guid)),
        maxAttachments,
      });
      const test = beginOn(server);
      const check = ({ failures }: Awaited<ReturnType<typeof test.link>>): void => {
        const on = numbersOn(server.item()).filter((number) => OURS.includes(number));
        expect(new Set(on).size).toBe(on.length);
        expect(OURS.filter((number) => !(number in failures) && !on.includes(number))).toEqual([]);
        const foreign = server.item().relations.map(keyOf).sort();
        expect(foreign.filter((key) => !OURS.some((each) => key.endsWith(guid(each))))).toEqual(
          others.foreign(),
        );
      };

      // Two retries, since failed links can be linked later.
      for (let tries = 0; tries < 3; tries++) check(await passAll(test, test.link(7, ...OURS)));

      // Without faults, only refused attachments stay unlinked.
      while (faults.length + deeds.length > server.asked.length) await server.read(7).catch(() => undefined);
      const last = await passAll(test, test.link(7, ...OURS));
      check(last);
      if (maxAttachments < 100) return;
      expect(Object.keys(last.failures).map(Number)).toEqual(
        gone.filter((number) => !numbersOn(server.item()).includes(number)),
      );
    }),
    { numRuns: 500 },
  );
}, 30_000);
