import type { Problem } from '../../../../src/base/errors';
import { readManifest } from '../../../../src/bulk/plan/manifest';
import { planOf } from '../../../../src/bulk/plan/planner';
import type { Outcome, ReportRow } from '../../../../src/bulk/plan/report';
import { reportOf, summarize } from '../../../../src/bulk/plan/report';
import { toCsv, toJson } from '../../../../src/bulk/plan/report-files';
import { attached, attachedMany, manifestRow, planFile, planInput, planItem } from './inputs';

const ATTACHED: Outcome = { kind: 'attached' };

function failed(problem: Problem): Outcome {
  return { kind: 'failed', problem };
}

/** A row with this outcome. */
function row(outcome: Outcome, facts: Partial<ReportRow> = {}): ReportRow {
  return {
    ...{ fileId: 'a', workItemId: 7, name: 'a.png', comment: '', fate: { kind: 'attach' } },
    ...{ file: planFile('x/a.png'), workItemTitle: 'Crash', workItemType: 'Bug' },
    ...{ outcome, ...facts },
  };
}

describe('reportOf', () => {
  const files = [
    planFile('a.png', { contentKey: 'k' }),
    planFile('x/b.png', { size: 5, contentKey: 'k' }),
    planFile('there.png'),
  ];
  const items = [
    planItem(7, { attachments: [attached('there.png')] }),
    planItem(8, { attachments: attachedMany(100), type: 'Task' }),
  ];
  const plan = planOf(planInput({ files, items }));
  const limit: Outcome = failed({ kind: 'attachment-limit', limitCount: 100 });

  test('returns each pair once, including those left out by the plan', () => {
    const rows = reportOf(plan, files, items, () => ATTACHED);
    expect(rows.map(({ fileId, workItemId, outcome }) => [fileId, workItemId, outcome])).toEqual([
      ['a.png', 7, ATTACHED],
      ['a.png', 8, limit],
      ['x/b.png', 7, { kind: 'skipped', reason: 'same-content' }],
      ['x/b.png', 8, { kind: 'skipped', reason: 'same-content' }],
      ['there.png', 7, { kind: 'already-there' }],
      ['there.png', 8, limit],
    ]);
    expect(rows[2]).toMatchObject({
      file: { name: 'b.png', folder: 'x', size: 5 },
      workItemTitle: 'Title of 7',
      workItemType: 'Bug',
    });
  });

  test('asks only about planned attachments, and marks the unknown ones as not tried', () => {
    const asked: string[] = [];
    const rows = reportOf(plan, files, items, ({ fileId, workItemId }) => {
      asked.push(`${fileId} ${workItemId}`);
      return undefined;
    });
    expect(asked).toEqual(['a.png 7']);
    expect(rows[0]!.outcome).toEqual({ kind: 'not-tried' });
  });

  test('distinguishes replaced, attached and failed', () => {
    const replacing = planOf(planInput({ files, items, duplicates: { all: 'replace', ofItems: new Map() } }));
    const outcomeOf = (outcome: Outcome): unknown =>
      reportOf(replacing, files, items, () => outcome).find(
        ({ fileId, workItemId }) => fileId === 'there.png' && workItemId === 7,
      )?.outcome;
    expect(outcomeOf(ATTACHED)).toEqual({ kind: 'replaced' });
    expect(outcomeOf(failed({ kind: 'network' }))).toEqual(failed({ kind: 'network' }));
  });
});

test('summarize groups by outcome and reason, failures and their most frequent reason first', () => {
  const rows = [
    row({ kind: 'cancelled' }),
    row(failed({ kind: 'network' })),
    row(failed({ kind: 'refused', serverCode: 'TF1' })),
    row(ATTACHED),
    row(failed({ kind: 'refused', serverCode: 'TF2' })),
    row(failed({ kind: 'refused', serverCode: 'TF2', serverMessage: 'another' })),
    row(ATTACHED),
  ];
  expect(summarize(rows).map(({ kind, problem, rows: own }) => [kind, problem, own])).toEqual([
    ['failed', { kind: 'refused', serverCode: 'TF1' }, [rows[2], rows[4], rows[5]]],
    ['failed', { kind: 'network' }, [rows[1]]],
    ['cancelled', undefined, [rows[0]]],
    ['attached', undefined, [rows[3], rows[6]]],
  ]);
});

describe('toCsv and toJson', () => {
  const problem: Problem = {
    ...{ kind: 'refused', serverCode: 'TF401', activityId: 'id of it' },
    serverMessage: 'Bearer secret',
  };
  const rows = [
    row(failed(problem), { workItemTitle: '=evil()', comment: 'a,\n"b"' }),
    row({ kind: 'skipped', reason: 'same-content' }, { workItemId: 8 }),
  ];
  const tell = ({ kind }: Problem, { name }: ReportRow): string => `${name}: ${kind}.`;

  test('write a table without formulas', () => {
    expect(toCsv(rows, tell).split('\r\n')).toEqual([
      '\ufeffWork item,Work item type,Work item title,File,Size in bytes,Attach as,Comment,Outcome,Reason,Server code,ActivityId,Explanation',
      '7,Bug,\'=evil(),x/a.png,100,a.png,"a,\n""b""",failed,refused,TF401,id of it,a.png: refused.',
      '8,Bug,Crash,x/a.png,100,a.png,,skipped,same-content,,,',
      '',
    ]);
  });

  test('write a list for programs', () => {
    const facts = { workItemType: 'Bug', file: 'x/a.png', size: 100, name: 'a.png' };
    expect(JSON.parse(toJson(rows, tell))).toEqual([
      {
        ...{ ...facts, workItemId: 7, workItemTitle: '=evil()', comment: 'a,\n"b"' },
        ...{ outcome: 'failed', reason: 'refused', serverCode: 'TF401', activityId: 'id of it' },
        explanation: 'a.png: refused.',
      },
      {
        ...{ ...facts, workItemId: 8, workItemTitle: 'Crash', comment: '' },
        ...{ outcome: 'skipped', reason: 'same-content' },
      },
    ]);
  });

  test('write no server messages', () => {
    expect(toCsv(rows)).not.toContain('secret');
    expect(toJson(rows)).not.toContain('secret');
  });

  test('write a table that is usable as a manifest', async () => {
    expect(await readManifest(toCsv(rows))).toEqual({
      ok: true,
      faults: [],
      rows: [
        manifestRow([7], 'x/a.png', { name: 'a.png', comment: 'a,\n"b"' }),
        manifestRow([8], 'x/a.png', { name: 'a.png', line: 4 }),
      ],
    });
  });
});
