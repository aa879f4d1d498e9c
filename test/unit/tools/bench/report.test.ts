import { journalTable } from '../../../../tools/bench/report/journal-table';
import { tableOf } from '../../../../tools/bench/report/markdown';
import { renderResults } from '../../../../tools/bench/report/results';
import { targetsTable } from '../../../../tools/bench/report/targets-table';
import { workloadTable } from '../../../../tools/bench/report/workload-table';
import { describeWorkload, WORKLOADS } from '../../../../tools/bench/workloads';
import { lineOf, MIB, run, W4 } from './report-tools';

const W3 = WORKLOADS.find(({ mode, id }) => mode === 'loopback' && id === 'W3')!;
const GALLERY = WORKLOADS.find(({ id }) => id === 'gallery')!;
const SCALE = WORKLOADS.find(({ id }) => id === 'bulk-scale')!;

test('a Markdown table has a header, a separator and one line per row', () => {
  const columns = [
    { title: 'name', cell: (row: { name: string }) => row.name, isText: true },
    { title: 'length', cell: (row: { name: string }) => String(row.name.length) },
  ];
  expect(tableOf(columns, [{ name: 'a|b' }])).toBe(
    ['| name | length |', '| --- | ---: |', '| a\\|b | 3 |'].join('\n'),
  );
});

test('the table of a workload shows medians, and ratios by round', () => {
  const table = workloadTable(W4, [
    run('stapler', 0, { wallMs: 500 }),
    run('limit', 0, {}),
    run('limit', 1, { wallMs: 2000 }),
    run('stapler', 1, { wallMs: 1800 }),
    { workload: W4, contestant: 'tus', round: 0, outcome: { failure: 'no answer' } },
  ]);
  expect(table.split('\n')[2]).toMatch(/^\| limit /);
  expect(lineOf(table, 'stapler').slice(2, 6)).toEqual(['1.15 (0.50–1.80)', '0.70', '25.6', '2020 (1010)']);
  expect(lineOf(table, 'tus').slice(2, 4)).toEqual(['–', '–']);
  expect(table).toContain('- tus, round 1, failed: no answer');
});

test('the targets table marks missed and unmeasured targets', () => {
  const table = targetsTable([
    run('limit', 0, {}),
    run('stapler', 0, { wallMs: 800 }),
    run('stapler-form', 0, { wallMs: 900, longestTaskMs: 20 }),
    run('limit', 1, {}),
    run('stapler', 1, { wallMs: 800 }),
    run('stapler-form', 1, { wallMs: 900, longestTaskMs: 72.4 }),
  ]);
  expect(lineOf(table, '1,000 × 20 KiB to 10 items').slice(2, 7)).toEqual([
    '0.85 × limit',
    '0.80 × limit',
    'yes',
    '0.90 × limit',
    '**no**',
  ]);
  expect(lineOf(table, 'longest task of the main thread').slice(3, 7)).toEqual([
    '0 ms',
    'yes',
    '72 ms',
    '**no**',
  ]);
  expect(lineOf(table, '1 GiB in one request').slice(3, 5)).toEqual(['–', '']);
});

test('the journal table compares rounds with both contestants', () => {
  const walls = [1100, 1200, 1300, 2800];
  const runs = walls.flatMap((wallMs, round) => [
    run('stapler-form', round, { wallMs, cpuMs: 1800, heapBytes: 6 * MIB, databaseWrites: 50 }),
    run('stapler-form-no-journal', round, { wallMs: round === 3 ? 2000 : 1000 }),
    run('stapler-journal', round, {}),
  ]);
  const table = journalTable(runs);
  expect(table.split('\n')).toHaveLength(3);
  expect(table).toContain('| W4, 1,000 × 20 KiB to 10 work items. Loopback |');
  const cells = table
    .split('\n')[2]!
    .split('|')
    .map((cell) => cell.trim());
  expect(cells.slice(2, 11)).toEqual([
    'stapler-form',
    '4',
    '1.25 (1.15–1.35)',
    '1.20 (1.20–1.20)',
    '6.0 / 2.0',
    '30 / 30',
    '10 / 10',
    '50 / 0',
    '1.0 / 1.0',
  ]);
  expect(lineOf(targetsTable(runs), 'journal, 1,000 × 20 KiB').slice(2, 7)).toEqual([
    '1.03 × without',
    '–',
    '',
    '1.25 × without',
    '**no**',
  ]);
  expect(journalTable([run('stapler-form', 0, {}), run('limit', 0, {})])).toBe('');
});

test('bulk workloads have their own targets, for the worst of all runs', () => {
  const table = targetsTable([
    run('limit', 0, {}, W3),
    run('stapler-bulk', 0, { wallMs: 500, uploads: 20, linkCalls: 1 }, W3),
    run('stapler-panel', 0, { wallMs: 800, uploads: 20, linkCalls: 1 }, W3),
    run('stapler-panel', 1, { uploads: 21, linkCalls: 6 }, W3),
    run('stapler', 0, { uploads: 1000, linkCalls: 10 }),
  ]);
  expect(lineOf(table, '20 × 1 MiB to each of 50 items, engine').slice(2, 5)).toEqual([
    '0.75 × limit',
    '0.50 × limit',
    'yes',
  ]);
  expect(lineOf(table, '20 × 1 MiB to each of 50 items, panel').slice(2, 7)).toEqual([
    ...['0.90 × limit', '–', ''],
    ...['0.80 × limit', 'yes'],
  ]);
  expect(lineOf(table, 'uploads, 20 files').slice(2, 7)).toEqual(['20', '20', 'yes', '21', '**no**']);
  expect(lineOf(table, 'link calls, 20 files to each of 50 items').slice(2, 7)).toEqual([
    '5',
    '1',
    'yes',
    '6',
    '**no**',
  ]);
});

test.each([
  [W3, '20 × 1 MiB to each of 50 work items'],
  [SCALE, '20 × 1 KiB to each of 1,000 work items'],
  [W4, '1,000 × 20 KiB to 10 work items'],
  [GALLERY, '60 × 1 MiB on 1 work item'],
])('describeWorkload returns a workload in words', (workload, words) => {
  expect(describeWorkload(workload)).toBe(words);
});

test('a target for unknown memory is not marked as reached', () => {
  const table = targetsTable([run('stapler', 0, { rendererGrowthBytes: undefined })]);
  expect(lineOf(table, 'growth of the renderer').slice(3, 5)).toEqual(['–', '']);
});

test('the results contain the time, the machine and the outcome', () => {
  const report = { runs: [run('limit', 0, {})], date: '2026-11-24', facts: ['Node 20'], isTelling: true };
  const results = renderResults(report);
  for (const part of [
    '# Results of 2026-11-24',
    '- Node 20',
    '## Targets',
    '## Loopback',
    '**W4**: 1,000 × 20 KiB to 10 work items',
  ])
    expect(results).toContain(part);
  expect(results).not.toContain('## The journal');
  expect(renderResults({ ...report, isTelling: false })).not.toContain('## Targets');
  const pair = [run('stapler', 0, {}), run('stapler-journal', 0, {})];
  expect(renderResults({ ...report, runs: pair })).toContain('## The journal');
});
