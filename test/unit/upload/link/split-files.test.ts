import fc from 'fast-check';
import { attachmentIdOf, attachmentsOf } from '../../../../src/azure/work-item';
import { ServerError } from '../../../../src/base/errors';
import { createModelWorkItems, WORK_ITEM_FAULTS } from '../../../helpers/model-work-items';
import { linkable, relationTo, workItemWith } from '../../../helpers/uploads';
import { beginOn, begin, passAll } from './begin';

/** Files of these numbers of volumes; one volume is a whole file. */
function filesOf(counts: readonly number[]) {
  let last = 100;
  return counts.map((count, index) =>
    Array.from({ length: count }, () => ({
      ...linkable(++last),
      ...(count > 1 && { splitKey: `file ${index}` }),
    })),
  );
}

test('A split file is linked with all its volumes or none, whatever fails, also on a full work item', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
      fc.nat(12),
      fc.array(fc.constantFrom(...WORK_ITEM_FAULTS), { maxLength: 8 }),
      async (counts, room, faults) => {
        const server = createModelWorkItems({
          relations: [1, 2, 3].map(relationTo),
          maxAttachments: 3 + room,
          faults,
        });
        const parts = beginOn(server);
        const files = filesOf(counts);
        const { failures } = await passAll(parts, parts.linker.link(7, files.flat()));
        const there = attachmentsOf(server.item()).map(({ url }) => attachmentIdOf(url));
        for (const file of files) {
          const linked = file.filter(({ reference }) => there.includes(reference.id));
          expect([0, file.length]).toContain(linked.length);
          for (const { reference } of linked)
            expect(there.filter((id) => id === reference.id)).toHaveLength(1);
          const failed = file.filter(({ reference }) => failures.has(reference.id));
          expect([0, file.length]).toContain(failed.length);
          if (linked.length === 0) expect(failed).toHaveLength(file.length);
        }
      },
    ),
  );
});

test('The patches that look for a refused file do not separate the volumes of another one', async () => {
  const { workItems, linker } = begin();
  void linker.link(7, filesOf([3, 1]).flat());
  const patches: (readonly number[])[] = [];
  for (let calls = 0; calls < 6; calls++) {
    const call = await workItems.nextCall();
    if (call.what === 'read 7') call.answer(workItemWith([]));
    else {
      patches.push(call.adds);
      call.fail(new ServerError('already-linked', 'One of them is linked already.'));
    }
  }
  expect(patches).toEqual([[101, 102, 103, 104], [101, 102, 103], [104]]);
});
