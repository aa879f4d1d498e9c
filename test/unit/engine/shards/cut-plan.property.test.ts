import fc from 'fast-check';
import type { PlanFile, PlanPair } from '../../../../src/bulk/plan/plan';
import { keyOfPair } from '../../../../src/bulk/plan/plan';
import { readManifest } from '../../../../src/bulk/plan/manifest';
import type { AttachPlan } from '../../../../src/engine/attach/plan-order';
import { cutPlan, manifestOf } from '../../../../src/engine/shards/cut-plan';

const FATES: PlanPair['fate'][] = [
  { kind: 'attach' },
  { kind: 'skip', reason: 'already-there' },
  { kind: 'blocked', problem: { kind: 'attachment-limit' } },
];

const plans = fc
  .record({
    sizes: fc.array(fc.nat(1e8), { minLength: 1, maxLength: 30 }),
    links: fc.uniqueArray(fc.tuple(fc.nat(29), fc.integer({ min: 1, max: 12 }), fc.constantFrom(...FATES)), {
      selector: ([file, item]) => `${file} ${item}`,
      maxLength: 80,
    }),
  })
  .map(({ sizes, links }): Pick<AttachPlan, 'plan' | 'files'> => {
    const files: PlanFile[] = sizes.map((size, index) => ({
      id: `/x/f${index}`,
      name: `f${index}`,
      size,
      folder: '',
    }));
    const pairs = links
      .filter(([file]) => file < files.length)
      .map(([file, workItemId, fate]) => ({
        fileId: `/x/f${file}`,
        workItemId,
        name: `f${file}`,
        comment: '',
        fate,
      }));
    return { plan: { pairs, unmatched: [], unusedRows: [] }, files: files as unknown as AttachPlan['files'] };
  });

test('cutPlan puts each file to be attached into one part, and all of a work item into the same', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 1, max: 9 }), (planned, shards) => {
      const parts = cutPlan(planned, shards);
      expect(parts).toHaveLength(shards);
      const wanted = planned.plan.pairs.filter(({ fate }) => fate.kind === 'attach').map(keyOfPair);
      expect(parts.flat().map(keyOfPair).sort()).toEqual(wanted.sort());
      const partOf = new Map<number, number>();
      for (const [index, pairs] of parts.entries())
        for (const { workItemId } of pairs) {
          expect(partOf.get(workItemId) ?? index).toBe(index);
          partOf.set(workItemId, index);
        }
    }),
  );
});

test('cutPlan shares the effort: no part has more than another plus its largest work item', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 2, max: 5 }), (planned, shards) => {
      const bytesOf = new Map(planned.files.map(({ id, size }) => [id, size]));
      const effortOf = (pairs: readonly PlanPair[]) =>
        pairs.reduce((sum, { fileId }) => sum + 65_536 + (bytesOf.get(fileId) ?? 0), 0);
      const parts = cutPlan(planned, shards);
      const least = Math.min(...parts.map(effortOf));
      for (const pairs of parts) {
        const ofItem = new Map<number, PlanPair[]>();
        for (const pair of pairs) ofItem.set(pair.workItemId, [...(ofItem.get(pair.workItemId) ?? []), pair]);
        const smallest = Math.min(Infinity, ...[...ofItem.values()].map(effortOf));
        if (ofItem.size > 1) expect(effortOf(pairs) - smallest).toBeLessThanOrEqual(least);
      }
    }),
  );
});

test('manifestOf writes a list that is read again', async () => {
  const pair = {
    fileId: '/x/y/=a, "b".txt',
    workItemId: 7,
    name: '=a.txt',
    comment: 'two\nlines',
    fate: FATES[0]!,
  };
  const read = await readManifest(manifestOf([pair], '/x/shards'));
  expect(read).toMatchObject({
    ok: true,
    faults: [],
    rows: [{ workItemIds: [7], file: '../y/=a, "b".txt', name: '=a.txt', comment: 'two\nlines' }],
  });
});
