import { phasesTable } from '../../../../tools/bench/report/phases-table';
import { renderResults } from '../../../../tools/bench/report/results';
import { targetsTable } from '../../../../tools/bench/report/targets-table';
import { workloadTable } from '../../../../tools/bench/report/workload-table';
import { WORKLOADS } from '../../../../tools/bench/workloads';
import { lineOf, MIB, phaseFigures, run } from './report-tools';

const GALLERY = WORKLOADS.find(({ id }) => id === 'gallery')!;
const SCALE = WORKLOADS.find(({ id }) => id === 'bulk-scale')!;

test('the phases table shows the cost of 20,000 links, and the other tables omit it', () => {
  const phase = (longestTaskMs: number) => phaseFigures({ longestTaskMs });
  const runs = [
    run('stapler-bulk', 0, { phases: { planning: phase(0), running: phase(60) } }, SCALE),
    run(
      'stapler-panel',
      0,
      {
        heapBytes: 60 * MIB,
        longestTaskMs: 80,
        phases: { planning: phase(40), running: phase(80), report: phase(0) },
      },
      SCALE,
    ),
    run('stapler-form', 0, {}),
  ];
  const targets = targetsTable(runs);
  const cells = (title: string) => lineOf(targets, title).slice(3, 7);
  expect(cells('longest task, planning 20,000 links')).toEqual(['0 ms', 'yes', '40 ms', 'yes']);
  expect(cells('longest task, attaching')).toEqual(['60 ms', '**no**', '80 ms', '**no**']);
  expect(cells('longest task, showing the report')).toEqual(['–', '', '0 ms', 'yes']);
  expect(cells('longest task of the main thread')).toEqual(['–', '', '0 ms', 'yes']);
  expect(cells('page heap')).toEqual(['–', '', '2 MiB', 'yes']);

  const phases = phasesTable(runs);
  expect(phases.split('\n')).toHaveLength(7);
  expect(phases).toContain('| stapler-panel | running | 1.50 | 80 / 80 |');
  expect(phases).not.toContain('stapler-form');
  expect(phasesTable([run('limit', 0, {})])).toBe('');
  const report = { runs, date: '2026-11-24', facts: [], isTelling: true };
  expect(renderResults(report)).toContain(phasesTable(runs.slice(0, 2)));
});

test('the phases table compares a gallery with its own baseline, and the other tables omit it', () => {
  const runs = [1, 2].flatMap((times, round) => [
    run(
      'limit-gallery',
      round,
      { wallMs: 1000 * times, phases: { scrolling: phaseFigures({ wallMs: 800 * times }) } },
      GALLERY,
    ),
    run(
      'stapler-gallery',
      round,
      {
        wallMs: 1500 * times,
        downloads: 200,
        bytesSent: 200 * MIB,
        heapBytes: 60 * MIB,
        longestTaskMs: 30 * times,
        phases: {
          scrolling: phaseFigures({ wallMs: 1600 * times, heapGrowthBytes: undefined }),
          zip: phaseFigures({ heapGrowthBytes: 20 * times * MIB, rendererGrowthBytes: 50 * MIB }),
        },
      },
      GALLERY,
    ),
  ]);
  const table = workloadTable(GALLERY, runs);
  expect(table).toContain('| × limit-gallery |');
  expect(lineOf(table, 'stapler-gallery').slice(3, 7)).toEqual(['1.50', '2020 (1010)', '200', '200.0']);
  expect(table).not.toContain('link calls');

  const phases = phasesTable(runs);
  expect(phases).toContain('| stapler-gallery | scrolling | 2.40 | 0 / 0 | 2.00 | – | – |');
  expect(phases).toContain('| stapler-gallery | zip | 1.50 | 0 / 0 | – | 30.0 | 50 |');

  const targets = targetsTable([...runs, run('stapler-form', 0, {})]);
  const cells = (title: string) => lineOf(targets, title).slice(3, 7);
  expect(cells('longest task, viewing and zipping 60 pictures')).toEqual(['–', '', '60 ms', '**no**']);
  expect(cells('growth of the heap, zipping')).toEqual(['–', '', '40 MiB', '**no**']);
  expect(cells('page heap')).toEqual(['–', '', '2 MiB', 'yes']);
});
