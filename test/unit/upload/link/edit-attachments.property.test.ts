import fc from 'fast-check';
import { keyOf } from '../../../../src/upload/link/relation-list';
import type { WorkItemFacts, WorkItemFault } from '../../../helpers/model-work-items';
import { createModelWorkItems, numbersOn, WORK_ITEM_FAULTS } from '../../../helpers/model-work-items';
import type { Deed } from '../../../helpers/others';
import { createOthers } from '../../../helpers/others';
import { guid, linkable, linkTo, relationTo } from '../../../helpers/uploads';
import { beginOn, passAll } from './begin';

const NAMED = [1, 2, 3];
const FOREIGN = [linkTo(301), linkTo(302), linkTo(303), ...[401, 402, 403, 404].map(relationTo)];

/** Numbers of the attachments to remove. */
const placings = fc
  .shuffledSubarray([...FOREIGN.slice(3), ...NAMED.map(relationTo)], { minLength: 7 })
  .map((attachments) => [...FOREIGN.slice(0, 3), ...attachments]);

/** Removes the named attachments during faults and concurrent changes. */
async function remove(facts: WorkItemFacts, deeds: readonly Deed[]) {
  const others = createOthers(FOREIGN);
  const server = createModelWorkItems({ ...facts, others: deeds.map((deed) => others.act(deed)) });
  const test = beginOn(server);
  const answer = test.editor.remove(7, NAMED.map(guid));
  const removal = await passAll(
    test,
    answer.catch(() => undefined),
  );
  const there = new Set(server.item().relations.map(keyOf));
  const named = numbersOn(server.item()).filter((number) => NAMED.includes(number));
  const lost = others.foreign().filter((key) => !there.has(key));
  return { removal, named, lost, test, server };
}

test('AttachmentEditor removes exactly the named attachments if the server tests URLs', async () => {
  await fc.assert(
    fc.asyncProperty(
      placings,
      fc.array(fc.constantFrom(...WORK_ITEM_FAULTS), { maxLength: 10 }),
      fc.array(fc.constantFrom<Deed>('nothing', 'add a link', 'attach a file', 'edit a field'), {
        maxLength: 10,
      }),
      async (relations, faults, deeds) => {
        const { removal, named, lost, test, server } = await remove({ relations, faults }, deeds);
        expect(lost).toEqual([]);
        if (!removal) return;
        expect(named).toEqual([]);
        expect(removal).toMatchObject({ restored: [], unseen: 0 });

        // Linking it again undoes it.
        while (faults.length + deeds.length > server.asked.length)
          await server.read(7).catch(() => undefined);
        await passAll(test, test.linker.link(7, removal.removed));
        expect(
          numbersOn(server.item())
            .filter((number) => NAMED.includes(number))
            .sort(),
        ).toEqual(NAMED);
      },
    ),
    { numRuns: 500 },
  );
}, 30_000);

test.each<[string, Deed]>([
  ['come', 'add a link'],
  ['go', 'remove a link'],
])(
  'AttachmentEditor restores or counts other removed relations if the server tests no URLs and links %s',
  async (_, deed) => {
    await fc.assert(
      fc.asyncProperty(
        placings,
        fc.array(fc.constantFrom<Deed>('nothing', deed), { maxLength: 12 }),
        fc.nat(12),
        fc.constantFrom(...WORK_ITEM_FAULTS),
        async (relations, deeds, at, fault) => {
          const faults = [...Array<WorkItemFault>(at).fill('none'), fault];
          const { removal, named, lost } = await remove({ relations, faults, testsAddresses: false }, deeds);
          // Relations removed by mistake are restored even after too many conflicts.
          expect(lost).toHaveLength(removal?.unseen ?? 0);
          if (removal) expect(named).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  },
  30_000,
);

test.each([true, false])(
  'AttachmentEditor replaces an attachment exactly once or changes nothing, with URLs tested: %s',
  async (testsAddresses) => {
    await fc.assert(
      fc.asyncProperty(
        placings,
        fc.array(fc.constantFrom(...WORK_ITEM_FAULTS), { maxLength: 10 }),
        fc.array(fc.constantFrom<Deed>('nothing', 'add a link', 'attach a file', 'edit a field'), {
          maxLength: 10,
        }),
        async (relations, faults, deeds) => {
          const others = createOthers(FOREIGN);
          const facts = { relations, faults: testsAddresses ? faults : [], testsAddresses };
          const server = createModelWorkItems({ ...facts, others: deeds.map((deed) => others.act(deed)) });
          const test = beginOn(server);
          const answer = test.editor.replace(7, guid(1), linkable(9));
          const replaced = await passAll(
            test,
            answer.catch(() => undefined),
          );
          const there = new Set(server.item().relations.map(keyOf));
          const numbers = numbersOn(server.item());
          const count = (wanted: number): number => numbers.filter((each) => each === wanted).length;
          expect(others.foreign().filter((key) => !there.has(key))).toHaveLength(replaced?.unseen ?? 0);
          // The outcome may be unknown, but never are both there, or none.
          if (testsAddresses) expect(count(1) + count(9)).toBe(1);
          if (replaced) expect([count(1), count(9)]).toEqual([0, 1]);
        },
      ),
      { numRuns: 300 },
    );
  },
  30_000,
);
