import fc from 'fast-check';
import { PROBLEM_KINDS } from '../../../../src/base/problem-kinds';
import { unescapeCell, readCsv } from '../../../../src/base/csv';
import type { Plan, PlannedAction, PlanPair } from '../../../../src/bulk/plan/plan';
import type { Outcome, ReportRow } from '../../../../src/bulk/plan/report';
import { pathOf } from '../../../../src/bulk/plan/plan';
import { reportOf, summarize } from '../../../../src/bulk/plan/report';
import { toCsv, toJson } from '../../../../src/bulk/plan/report-files';
import { planFile, planItem } from './inputs';

const text = fc.oneof(
  fc.string(),
  fc.array(fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\n', '\t', 'x')).map((all) => all.join('')),
);

const problem = fc.record(
  { kind: fc.constantFrom(...PROBLEM_KINDS), serverCode: fc.constantFrom('TF1', 'TF2'), activityId: text },
  { requiredKeys: ['kind'] },
);

const fate: fc.Arbitrary<PlannedAction> = fc.oneof(
  fc.constantFrom<PlannedAction>(
    { kind: 'attach' },
    { kind: 'replace', attachmentIds: ['x'] },
    { kind: 'skip', reason: 'already-there' },
    { kind: 'skip', reason: 'same-content' },
  ),
  problem.map((of): PlannedAction => ({ kind: 'blocked', problem: of })),
);

const outcome: fc.Arbitrary<Outcome | undefined> = fc.oneof(
  fc.constantFrom<(Outcome | undefined)[]>(undefined, { kind: 'attached' }, { kind: 'cancelled' }),
  problem.map((of): Outcome => ({ kind: 'failed', problem: of })),
);

const FILES = ['a.png', 'x/=b.png', 'c'].map((path) => planFile(path));
const ITEMS = [planItem(1), planItem(2, { title: '@title, "two"' })];

const reports = fc
  .uniqueArray(
    fc.tuple(
      fc.record<PlanPair>({
        ...{
          fileId: fc.constantFrom('a.png', 'x/=b.png', 'c', 'gone'),
          workItemId: fc.constantFrom(1, 2, 3),
        },
        ...{ name: text, comment: text, fate },
      }),
      outcome,
    ),
    { selector: ([{ fileId, workItemId }]) => `${fileId} ${workItemId}` },
  )
  .map((all) => {
    const pairs = all.map(([pair]) => pair);
    const outcomes = new Map(all);
    const plan: Plan = { pairs, unmatched: [], unusedRows: [] };
    return { plan, rows: reportOf(plan, FILES, ITEMS, (pair) => outcomes.get(pair)) };
  });

/** Values of a row in both files. */
function told({ workItemId, workItemTitle, file, name, comment, outcome: { kind } }: ReportRow): string[] {
  return [String(workItemId), workItemTitle, pathOf(file), name, comment, kind];
}

test('reportOf puts each pair into one row, and summarize each row into one group', () => {
  fc.assert(
    fc.property(reports, ({ plan, rows }) => {
      expect(rows.map(({ fileId, workItemId }) => [fileId, workItemId])).toEqual(
        plan.pairs.map(({ fileId, workItemId }) => [fileId, workItemId]),
      );
      const groups = summarize(rows);
      const grouped = groups.flatMap((group) => group.rows);
      expect(grouped).toHaveLength(rows.length);
      expect(new Set(grouped)).toEqual(new Set(rows));
      for (const { kind, problem: of, rows: own } of groups) {
        const outcomes = own.map(({ outcome: each }) =>
          each.kind === 'failed' ? [each.kind, each.problem.kind] : [each.kind],
        );
        const expected = kind === 'failed' ? [kind, of?.kind] : [kind];
        expect(outcomes).toEqual(own.map(() => expected));
      }
    }),
    { numRuns: 500 },
  );
});

test('toCsv writes values that are read back unchanged, and no formulas', () => {
  fc.assert(
    fc.property(reports, ({ rows }) => {
      const [header, ...read] = readCsv(toCsv(rows), ',');
      const places = ['Work item', 'Work item title', 'File', 'Attach as', 'Comment', 'Outcome'].map((name) =>
        header!.cells.indexOf(name),
      );
      expect(read.flatMap(({ cells }) => cells).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      expect(read.map(({ cells }) => places.map((place) => unescapeCell(cells[place]!)))).toEqual(
        rows.map(told),
      );
    }),
    { numRuns: 500 },
  );
});

test('toJson writes values that are read back unchanged', () => {
  fc.assert(
    fc.property(reports, ({ rows }) => {
      const read = JSON.parse(toJson(rows)) as Record<string, unknown>[];
      expect(
        read.map(({ workItemId, workItemTitle, file, name, comment, outcome: of }) => [
          ...[String(workItemId), workItemTitle, file, name, comment, of],
        ]),
      ).toEqual(rows.map(told));
    }),
    { numRuns: 500 },
  );
});
