import { planOf } from '../../../../src/bulk/plan/planner';
import type { PlanItem } from '../../../../src/bulk/plan/plan';
import { attached, attachedMany, planFile, planInput, planItem } from './inputs';

const FILES = ['a.png', 'b.png'].map((name) => planFile(name));
const PLAIN = planItem(1);

/** Whether a work item and one without attachments get the same list of planned files. */
function sharesWithPlain(item: PlanItem, facts: Parameters<typeof planInput>[0] = {}): boolean {
  const { byItem } = planOf(planInput({ files: FILES, items: [PLAIN, item], ...facts }));
  return byItem.get(item.id) === byItem.get(PLAIN.id);
}

test.each<[string, PlanItem]>([
  ['without attachments', planItem(2)],
  ['with attachments of other names', planItem(2, { attachments: attachedMany(3) })],
  ['with just enough room', planItem(2, { attachments: attachedMany(98) })],
])('planOf creates one list of planned files for work items %s', (_, item) => {
  expect(sharesWithPlain(item)).toBe(true);
});

test.each<[string, PlanItem]>([
  ['an attachment of that name', planItem(2, { attachments: [attached('A.PNG')] })],
  ['too little room', planItem(2, { attachments: attachedMany(99) })],
  ['a problem', planItem(2, { problem: { kind: 'no-permission' } })],
])('planOf plans files apart for a work item with %s', (_, item) => {
  expect(sharesWithPlain(item)).toBe(false);
});

test('planOf plans files apart for a work item with its own files, policy or earlier attachments', () => {
  const item = planItem(2);
  const byHand = new Map([['a.png', { workItemIds: [2] }]]);
  expect(sharesWithPlain(item, { edits: byHand })).toBe(false);
  const duplicates = planInput({}).duplicates;
  const ofItems = new Map([[2, 'replace' as const]]);
  expect(sharesWithPlain(item, { duplicates: { ...duplicates, ofItems } })).toBe(false);
  expect(sharesWithPlain(item, { attached: new Map([[2, new Map([['a.png', 'x']])]]) })).toBe(false);
});

test('planOf plans 1,000 work items × 20 files without an object for each pair', () => {
  const files = Array.from({ length: 20 }, (_, index) => planFile(`${index}.log`));
  const items = Array.from({ length: 1_000 }, (_, index) => planItem(index + 1));
  const { byItem, pairs } = planOf(planInput({ files, items }));
  expect(new Set(byItem.values()).size).toBe(1);
  expect(pairs).toHaveLength(20_000);
});
