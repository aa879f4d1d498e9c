import { JOURNAL_PAIRS } from '../contestants';
import type { JournalPair } from '../contestants';
import { byRound, figuresOf } from '../measurement';
import type { Figures, Run } from '../measurement';
import { median, quantile, ratios } from '../statistics';
import { describeWorkload, MODE_TITLES } from '../workloads';
import type { Workload } from '../workloads';
import { tableOf } from './markdown';
import type { Column } from './markdown';

/** All turns of a pair at one workload. */
interface Row {
  readonly workload: Workload;
  readonly pair: JournalPair;
  readonly kept: readonly Run[];
  readonly unkept: readonly Run[];
}

const MIB = 1024 * 1024;

const COLUMNS: readonly Column<Row>[] = [
  { title: 'workload', cell: ({ workload }) => titleOf(workload), isText: true },
  { title: 'contestant', cell: ({ pair }) => pair.kept, isText: true },
  { title: 'rounds', cell: ({ kept }) => String(figuresOf(kept).length) },
  { title: 'time', cell: (row) => ratioText(row, ({ wallMs }) => wallMs) },
  { title: 'browser’s CPU', cell: (row) => ratioText(row, ({ cpuMs }) => cpuMs) },
  { title: 'page heap MiB', cell: (row) => bothText(row, ({ heapBytes }) => heapBytes / MIB, 1) },
  {
    title: 'renderer +MiB',
    cell: (row) => bothText(row, ({ rendererGrowthBytes }) => (rendererGrowthBytes ?? NaN) / MIB),
  },
  {
    title: 'other processes +MiB',
    cell: (row) => bothText(row, ({ othersGrowthBytes }) => (othersGrowthBytes ?? NaN) / MIB),
  },
  { title: 'database writes', cell: (row) => bothText(row, ({ databaseWrites }) => databaseWrites) },
  {
    title: 'written to disk MiB',
    cell: (row) => bothText(row, ({ writtenBytes }) => (writtenBytes ?? NaN) / MIB, 1),
  },
];

/** Cost of the journal, a row for each workload and pair in `runs`; empty for none. */
export function journalTable(runs: readonly Run[]): string {
  const workloads = [...new Set(runs.map(({ workload }) => workload))];
  const rows = workloads.flatMap((workload) =>
    JOURNAL_PAIRS.map((pair): Row => {
      const own = runs.filter((run) => run.workload === workload);
      const of = (name: string): Run[] => own.filter(({ contestant }) => contestant === name);
      return { workload, pair, kept: of(pair.kept), unkept: of(pair.unkept) };
    }).filter(({ kept, unkept }) => kept.length > 0 && unkept.length > 0),
  );
  return rows.length === 0 ? '' : tableOf(COLUMNS, rows);
}

function titleOf(workload: Workload): string {
  return `${workload.id}, ${describeWorkload(workload)}. ${MODE_TITLES[workload.mode]}`;
}

function ratioText({ kept, unkept }: Row, value: (figures: Figures) => number): string {
  const all = ratios(byRound(kept, value), byRound(unkept, value));
  const [middle, low, high] = [median(all), quantile(all, 1 / 4), quantile(all, 3 / 4)];
  return Number.isNaN(middle) ? '–' : `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

function bothText({ kept, unkept }: Row, value: (figures: Figures) => number, digits = 0): string {
  return [kept, unkept]
    .map((runs) => median(figuresOf(runs).map(value)))
    .map((middle) => (Number.isNaN(middle) ? '–' : middle.toFixed(digits)))
    .join(' / ');
}
