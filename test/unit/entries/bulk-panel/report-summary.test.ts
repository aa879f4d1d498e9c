import type { Outcome, ReportRow } from '../../../../src/bulk/plan/report';
import { summarize } from '../../../../src/bulk/plan/report';
import { summaryOf } from '../../../../src/entries/bulk-panel/report-summary';

const row = (name: string, workItemId: number, outcome: Outcome): ReportRow => ({
  fileId: name,
  workItemId,
  name,
  comment: '',
  fate: { kind: 'attach' },
  file: { name, size: 1, folder: '' },
  workItemTitle: 'Totals [are] *wrong*',
  workItemType: 'Bug',
  outcome,
});

const full: Outcome = { kind: 'failed', problem: { kind: 'attachment-limit', serverCode: 'VS403313' } };
const urlOf = (id: number): string => `https://dev.azure.com/fabrikam/_workitems/edit/${id}`;
const linesOf = (rows: readonly ReportRow[], urls: (id: number) => string | undefined = urlOf): string[] =>
  summaryOf(summarize(rows), rows.length, urls)
    .replace(/[\u2068\u2069]/g, '')
    .split('\n');

describe('summaryOf', () => {
  it('tells totals, outcomes in words, and the failures of each work item with a link', () => {
    const rows = [
      row('a.txt', 7, { kind: 'attached' }),
      row('a.txt', 8, full),
      row('b_1.txt', 8, { kind: 'failed', problem: { kind: 'attachment-limit' } }),
      row('a.txt', 9, { kind: 'failed', problem: { kind: 'no-permission', serverCode: 'TF237111' } }),
    ];
    expect(linesOf(rows)).toEqual([
      '**1 of 4 attached, 3 failed**',
      '',
      '- Failed: work item full (2)',
      '- Failed: no permission (1)',
      '- Attached (1)',
      '',
      '- [Bug 8](https://dev.azure.com/fabrikam/_workitems/edit/8) Totals \\[are\\] \\*wrong\\*: “a.txt”, “b\\_1.txt” (Failed: work item full)',
      '- [Bug 9](https://dev.azure.com/fabrikam/_workitems/edit/9) Totals \\[are\\] \\*wrong\\*: “a.txt” (Failed: no permission)',
      '',
    ]);
  });

  it('tells files skipped for their name from those skipped for their content', () => {
    const lines = linesOf([
      row('a.txt', 7, { kind: 'skipped', reason: 'same-name' }),
      row('b.txt', 7, { kind: 'skipped', reason: 'same-content' }),
    ]);
    expect(lines).toContain('- Same name as an attachment (1)');
    expect(lines).toContain('- Same content as another file (1)');
  });

  it('names work items without a link if their address is unknown', () => {
    expect(linesOf([row('a.txt', 8, full)], () => undefined)).toContain(
      '- Bug 8 Totals \\[are\\] \\*wrong\\*: “a.txt” (Failed: work item full)',
    );
  });

  it('lists at most 100 work items with failures', () => {
    const lines = linesOf(Array.from({ length: 103 }, (_, index) => row('a.txt', index + 1, full)));
    expect(lines.filter((line) => line.startsWith('- ['))).toHaveLength(100);
    expect(lines.at(-2)).toBe('- And 3 more.');
  });

  it('ends after the outcomes without a failure', () => {
    expect(linesOf([row('a.txt', 7, { kind: 'attached' })])).toEqual([
      '**1 of 1 attached**',
      '',
      '- Attached (1)',
      '',
    ]);
  });
});
