import type { LinkTarget } from '../../../src/azure/work-item';
import { sameTarget, workItemTarget } from '../../../src/azure/work-item';

const DRAFT_1: LinkTarget = { kind: 'draft', draftId: '1' };
const DRAFT_2: LinkTarget = { kind: 'draft', draftId: '2' };

test.each([
  [workItemTarget(1), workItemTarget(1), true],
  [workItemTarget(1), workItemTarget(2), false],
  [workItemTarget(1), DRAFT_1, false],
  [DRAFT_1, { ...DRAFT_1 }, true],
  [DRAFT_1, DRAFT_2, false],
])('sameTarget compares %j with %j: %s', (a, b, expected) => {
  expect([sameTarget(a, b), sameTarget(b, a)]).toEqual([expected, expected]);
});
