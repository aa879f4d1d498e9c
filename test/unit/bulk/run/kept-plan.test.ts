import fc from 'fast-check';
import { readPlan, writePlan } from '../../../../src/bulk/run/kept-plan';
import { planItemOf } from '../../../../src/bulk/run/plan-item';
import type { PlannedAction, PlanPair } from '../../../../src/bulk/plan/plan';
import { pair, planFile } from '../../../helpers/bulk';
import { guid, workItemWith } from '../../../helpers/uploads';

const FATES: readonly PlannedAction[] = [
  { kind: 'attach' },
  { kind: 'replace', attachmentIds: [guid(1)] },
  { kind: 'skip', reason: 'already-there' },
  { kind: 'skip', reason: 'same-content' },
  { kind: 'blocked', problem: { kind: 'attachment-limit', limitCount: 100 } },
];

const FILES = ['a', 'b', 'c'].map((name) => planFile(name));
const ITEMS = [7, 8].map((id) => planItemOf(workItemWith([], { id }), 100));
const UPLOADS = new Map([
  ['a', 'upload 1'],
  ['b', 'upload 1'],
  ['c', 'upload 2'],
]);

const somePairs = fc
  .array(
    fc.record({
      file: fc.constantFrom('a', 'b'),
      id: fc.constantFrom(7, 8),
      fate: fc.constantFrom(...FATES),
    }),
  )
  .map((all): PlanPair[] => all.map(({ file, id, fate }) => pair(file, id, fate)));

test('readPlan returns the written plan with only the files and items of its pairs', async () => {
  await fc.assert(
    fc.asyncProperty(somePairs, async (pairs) => {
      const plan = await readPlan(writePlan({ pairs }, FILES, ITEMS, UPLOADS));
      expect(plan?.pairs).toEqual(pairs);
      const names = new Set(pairs.map(({ fileId }) => fileId));
      expect(plan?.files.map(({ id }) => id)).toEqual(['a', 'b'].filter((id) => names.has(id)));
      expect([...(plan?.uploadOf.keys() ?? [])]).toEqual(['a', 'b'].filter((id) => names.has(id)));
      const ids = new Set(pairs.map(({ workItemId }) => workItemId));
      expect(plan?.items).toEqual(
        [7, 8].filter((id) => ids.has(id)).map((id) => ({ id, type: 'Bug', title: 'Crash' })),
      );
    }),
  );
});

const GOOD = {
  format: 1,
  pairs: [pair('a', 7)],
  files: [{ id: 'a', name: 'a', size: 1, folder: '' }],
  items: [{ id: 7, type: 'Bug', title: 'Crash' }],
  uploads: [['a', 'upload 1']],
};

test.each<[string, unknown]>([
  ['of another version', { ...GOOD, format: 2 }],
  ['without pairs', { ...GOOD, pairs: undefined }],
  ['with an unknown fate', { ...GOOD, pairs: [{ ...pair('a', 7), fate: { kind: 'burn' } }] }],
  ['for no work item', { ...GOOD, pairs: [pair('a', 0)] }],
  ['for a file without a name', { ...GOOD, files: [{ id: 'a', name: '', size: 1, folder: '' }] }],
  ['with an upload without a file', { ...GOOD, uploads: [['a']] }],
  ['of another type', 'plan'],
])('readPlan rejects a plan %s', async (_, value) => {
  expect(await readPlan(new Blob([JSON.stringify(GOOD)]))).toBeDefined();
  expect(await readPlan(new Blob([JSON.stringify(value)]))).toBeUndefined();
});

test('readPlan rejects a truncated plan', async () => {
  expect(await readPlan(new Blob([JSON.stringify(GOOD).slice(0, 80)]))).toBeUndefined();
});
