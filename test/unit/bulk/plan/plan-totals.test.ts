import { totalsOf } from '../../../../src/bulk/plan/plan-totals';
import { planOf } from '../../../../src/bulk/plan/planner';
import { attached, attachedMany, planFile, planInput, planItem } from './inputs';

const FILES = ['a.png', 'b.png', 'c.png'].map((name) => planFile(name));

test('totalsOf counts files, work items, attachments, skipped and blocked files', () => {
  const items = [
    planItem(1),
    planItem(2),
    planItem(3, { attachments: [attached('b.png')] }),
    planItem(4, { attachments: attachedMany(99) }),
    planItem(5, { problem: { kind: 'no-permission' } }),
  ];
  expect(totalsOf(planOf(planInput({ files: FILES, items })))).toEqual({
    ...{ files: 3, items: 4, pairs: 3 + 3 + 2 + 1 },
    ...{ skipped: 1, blocked: 2 + 3 },
  });
});

test('totalsOf counts a file only if it is attached anywhere', () => {
  const items = [planItem(1, { attachments: [attached('a.png')] })];
  expect(totalsOf(planOf(planInput({ files: FILES, items })))).toMatchObject({ files: 2, items: 1 });
  expect(totalsOf({ byItem: new Map() })).toEqual({ files: 0, items: 0, pairs: 0, skipped: 0, blocked: 0 });
});
