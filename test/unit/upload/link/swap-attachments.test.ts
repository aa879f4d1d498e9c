import fc from 'fast-check';
import { swapAttachments } from '../../../../src/upload/link/swap-attachments';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { rejectionOf } from '../../../helpers/deferred';
import { servicesFor } from '../../../helpers/frame-services';
import type { WorkItemFacts } from '../../../helpers/model-work-items';
import { createModelWorkItems, numbersOn, WORK_ITEM_FAULTS } from '../../../helpers/model-work-items';
import { guid, linkable, relationTo } from '../../../helpers/uploads';
import { passAll } from './begin';

/** Puts attachment 9 in the place of 1 to 3, on a work item with 1 to 4. */
function begin(facts: WorkItemFacts = {}) {
  const server = createModelWorkItems({ relations: [1, 2, 3, 4].map(relationTo), ...facts });
  const runtime = createFakeRuntime();
  const services = servicesFor(server, runtime);
  const swap = (remove: readonly number[], add: readonly number[]) =>
    passAll({ runtime }, swapAttachments(services, 7, { remove: remove.map(guid), add: add.map(linkable) }));
  return { server, swap };
}

test('swapAttachments removes and adds in one patch, also on a full work item', async () => {
  const { server, swap } = begin({ maxAttachments: 4 });
  const { removed } = await swap([1, 2, 3], [9]);
  expect(numbersOn(server.item())).toEqual([4, 9]);
  expect(removed.map(({ reference }) => reference.id)).toEqual([1, 2, 3].map(guid));
  expect(server.asked.filter((what) => what === 'update')).toHaveLength(1);
  await swap([9], [1, 2, 3]);
  expect([...numbersOn(server.item())].sort()).toEqual([1, 2, 3, 4]);
});

test('swapAttachments skips what another client has removed, and changes nothing if all of it is gone', async () => {
  const { server, swap } = begin();
  server.change((relations) => relations.slice(1));
  await swap([1, 2, 3], [9]);
  expect(numbersOn(server.item())).toEqual([4, 9]);
  expect(await rejectionOf(swap([1, 2], [8]))).toMatchObject({ kind: 'not-attached' });
  expect(numbersOn(server.item())).toEqual([4, 9]);
});

test('swapAttachments changes nothing if the server refuses the patch', async () => {
  const { server, swap } = begin({ maxAttachments: 4 });
  expect(await rejectionOf(swap([1], [8, 9]))).toMatchObject({ kind: 'attachment-limit' });
  expect(numbersOn(server.item())).toEqual([1, 2, 3, 4]);
});

test('swapAttachments leaves all old attachments or the new one, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...WORK_ITEM_FAULTS), { maxLength: 12 }), async (faults) => {
      const { server, swap } = begin({ faults });
      const outcome = await swap([1, 2, 3], [9]).then(
        () => 'done',
        () => 'failed',
      );
      const numbers = numbersOn(server.item());
      expect([
        [1, 2, 3, 4],
        [4, 9],
      ]).toContainEqual(numbers);
      if (outcome === 'done') expect(numbers).toEqual([4, 9]);
    }),
  );
});
