import type { Plan, PlanPair } from '../../../../src/bulk/plan/plan';
import { initialRun } from '../../../../src/bulk/run/run-reducer';
import type { PairOutcome, RunPair } from '../../../../src/bulk/run/run-state';
import { reportOfRun } from '../../../../src/bulk/run/run-facts';

const FILES = Array.from({ length: 20 }, (_, index) => `file ${index}`);
const ITEMS = Array.from({ length: 50 }, (_, index) => index + 1);

function planned(fileId: string, workItemId: number): PlanPair {
  return { fileId, workItemId, name: fileId, comment: '', fate: { kind: 'attach' } };
}

const PLAN: Pick<Plan, 'pairs'> = {
  pairs: FILES.flatMap((fileId) => ITEMS.map((workItemId) => planned(fileId, workItemId))),
};

function attached(fileId: string): RunPair {
  const outcome: PairOutcome = { kind: 'attached' };
  return { fileId, uploadId: '', name: fileId, comment: '', replaces: [], reference: undefined, outcome };
}

/** Outcomes in the report of a run with these files on each work item. */
function outcomes(pairs: readonly RunPair[]): string[] {
  const items = ITEMS.map((workItemId) => ({ workItemId, pairs, status: 'waiting', attempt: 1 }) as const);
  const state = initialRun(new Map(items.map((item) => [item.workItemId, item])));
  const rows = reportOfRun({ plan: PLAN, files: [], items: [] }, state, new Map());
  return rows.map(({ outcome, fileId }) => `${fileId}: ${outcome.kind}`);
}

test('reportOfRun finds pairs in any order, and marks those without a run as not tried', () => {
  const retriedLast = [...FILES.slice(3), ...FILES.slice(1, 3)].map(attached);
  expect(outcomes(retriedLast)).toEqual(
    PLAN.pairs.map(({ fileId }) => `${fileId}: ${fileId === 'file 0' ? 'not-tried' : 'attached'}`),
  );
});

test('reportOfRun reads each pair of the run once', () => {
  let reads = 0;
  const counted = FILES.map((fileId) => ({
    ...attached(fileId),
    get fileId() {
      reads++;
      return fileId;
    },
  }));
  outcomes(counted);
  expect(reads).toBe(PLAN.pairs.length);
});
