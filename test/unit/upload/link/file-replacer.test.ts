import fc from 'fast-check';
import type { WorkItem } from '../../../../src/azure/work-item';
import type { FileToLink, ReplacedFile } from '../../../../src/upload/link/replace-files';
import { createFileReplacer } from '../../../../src/upload/link/file-replacer';
import { createLinker } from '../../../../src/upload/link/link-attachments';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { servicesFor } from '../../../helpers/frame-services';
import type { WorkItemFacts } from '../../../helpers/model-work-items';
import { createModelWorkItems, numbersOn, WORK_ITEM_FAULTS } from '../../../helpers/model-work-items';
import { guid, linkable, relationTo } from '../../../helpers/uploads';
import { passAll } from './begin';

/** Attachment `number` in place of another one. */
function inPlaceOf(old: number, number: number): FileToLink {
  return { ...linkable(number), replaces: guid(old) };
}

/** A replacer on a server with attachments 1 to 4. */
function begin(facts: Partial<WorkItemFacts> = {}) {
  const server = createModelWorkItems({ relations: [1, 2, 3, 4].map(relationTo), ...facts });
  const runtime = createFakeRuntime();
  const services = servicesFor(server, runtime);
  const reported: ReplacedFile[] = [];
  const undone: [WorkItem, readonly ReplacedFile[]][] = [];
  const replacer = createFileReplacer({
    services,
    linker: createLinker(services),
    onReplaced: (replaced) => reported.push(...replaced),
    onUndone: (...report) => undone.push(report),
  });
  return {
    server,
    replacer,
    reported,
    undone,
    link: (...files: FileToLink[]) => passAll({ runtime }, replacer.link(7, files)),
    undo: () => passAll({ runtime }, replacer.undo(7)),
    numbers: () => numbersOn(server.item()),
    updates: () => server.asked.filter((what) => what === 'update').length,
  };
}

describe('FileReplacer', () => {
  test('links plain files without a read', async () => {
    const { link, numbers, server, replacer } = begin();
    await link(linkable(8));
    expect(numbers()).toEqual([1, 2, 3, 4, 8]);
    expect(server.asked).toEqual(['update']);
    expect(replacer.getSnapshot().files).toEqual([]);
  });

  test('replaces all attachments of one batch in one revision', async () => {
    const { link, numbers, updates, replacer, reported } = begin();
    const { workItem, failures } = await link(inPlaceOf(1, 8), inPlaceOf(3, 9));
    expect(numbers()).toEqual([2, 4, 8, 9]);
    expect(workItem && numbersOn(workItem)).toEqual([2, 4, 8, 9]);
    expect([failures.size, updates()]).toEqual([0, 1]);
    expect(replacer.getSnapshot().files).toMatchObject([
      { workItemId: 7, successor: { name: '8.txt' }, former: { name: '1.txt' } },
      { workItemId: 7, successor: { name: '9.txt' }, former: { name: '3.txt' } },
    ]);
    expect(reported.map(({ former }) => former.name)).toEqual(['1.txt', '3.txt']);
  });

  test('links other files of the batch as well', async () => {
    const { link, numbers, updates } = begin();
    const { workItem } = await link(linkable(8), inPlaceOf(3, 9));
    expect(numbers()).toEqual([1, 2, 4, 9, 8]);
    expect(workItem && numbersOn(workItem)).toEqual([1, 2, 4, 9, 8]);
    expect(updates()).toBe(2);
  });

  test('links a file plainly if the one to replace is gone', async () => {
    const { link, numbers, replacer } = begin();
    expect((await link(inPlaceOf(5, 8))).failures.size).toBe(0);
    expect((await link(inPlaceOf(5, 6), inPlaceOf(1, 9))).failures.size).toBe(0);
    expect(numbers()).toEqual([2, 3, 4, 8, 9, 6]);
    expect(replacer.getSnapshot().files).toHaveLength(1);
  });

  test('replaces an attachment by two files of one batch', async () => {
    const { link, numbers } = begin();
    await link(inPlaceOf(2, 8), inPlaceOf(2, 9));
    expect(numbers()).toEqual([1, 3, 4, 8, 9]);
  });

  test('puts the former files back in one revision', async () => {
    const { link, undo, numbers, updates, undone, replacer } = begin();
    await link(inPlaceOf(1, 8), inPlaceOf(3, 9));
    await undo();
    expect(numbers()).toEqual([2, 4, 1, 3]);
    expect(updates()).toBe(2);
    expect(undone).toHaveLength(1);
    expect(undone[0]![1].map(({ successor }) => successor.name)).toEqual(['8.txt', '9.txt']);
    expect(replacer.getSnapshot()).toEqual({ files: [], isUndoing: false });
    await undo();
    expect(updates()).toBe(2);
  });

  test('offers the undo again after it has failed', async () => {
    const { link, undo, replacer, server } = begin();
    await link(inPlaceOf(1, 8));
    await server.update(7, [{ op: 'remove', path: '/relations/3' }]);
    await undo();
    expect(replacer.getSnapshot()).toMatchObject({ isUndoing: false, problem: { kind: 'not-attached' } });
    expect(replacer.getSnapshot().files).toHaveLength(1);
    replacer.dismiss();
    expect(replacer.getSnapshot().files).toEqual([]);
  });

  test('replaces exactly once during faults, however often it is tried', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...WORK_ITEM_FAULTS), { maxLength: 6 }), async (faults) => {
        const { link, numbers } = begin({ faults });
        const files = [inPlaceOf(1, 8), inPlaceOf(3, 9), linkable(6)];
        let left: readonly FileToLink[] = files;
        for (let tries = 0; left.length > 0 && tries < 20; tries++) {
          const { failures } = await link(...left);
          left = left.filter(({ reference }) => failures.has(reference.id));
        }
        expect([...numbers()].sort()).toEqual([2, 4, 6, 8, 9]);
      }),
      { numRuns: 200 },
    );
  });
});
