import { limitAt } from '../contestants';
import type { ContestantName } from '../contestants';
import { figuresOf, wallByRound } from '../measurement';
import type { Figures, Run } from '../measurement';
import { median, medianRatio } from '../statistics';
import type { Workload } from '../workloads';
import { tableOf } from './markdown';
import type { Column } from './markdown';

/** All turns of one contestant at one workload. */
interface Row {
  readonly contestant: ContestantName;
  readonly runs: readonly Run[];
  readonly limit: readonly Run[];
}

const MIB = 1024 * 1024;

const REQUESTS: Column<Row> = {
  title: 'requests (preflights)',
  cell: (row) => `${middle(row, (f) => f.requests)} (${middle(row, (f) => f.preflights)})`,
};

const LONG_TASKS: Column<Row> = {
  title: 'long task: longest / all ms',
  cell: (row) => `${middle(row, (f) => f.longestTaskMs)} / ${middle(row, (f) => f.longTasksMs)}`,
};

const MEMORY: readonly Column<Row>[] = [
  { title: 'page heap MiB', cell: (row) => middle(row, (f) => f.heapBytes / MIB, 1) },
  { title: 'renderer +MiB', cell: (row) => middle(row, (f) => (f.rendererGrowthBytes ?? NaN) / MIB) },
];

/** Columns for uploads. */
const ATTACHING: readonly Column<Row>[] = [
  { title: 'MB/s', cell: (row) => middle(row, (f) => f.bytesReceived / 1000 / f.wallMs, 1) },
  REQUESTS,
  {
    title: 'uploads / link calls / reads',
    cell: (row) =>
      [middle(row, (f) => f.uploads), middle(row, (f) => f.linkCalls), middle(row, (f) => f.reads)].join(
        ' / ',
      ),
  },
  { title: 'MiB sent', cell: (row) => middle(row, (f) => f.bytesReceived / MIB, 1) },
  ...MEMORY,
  LONG_TASKS,
  { title: 'progress gap ms', cell: (row) => middle(row, (f) => f.progressGapMs) },
  { title: 'collisions', cell: (row) => middle(row, (f) => f.collisions) },
];

/** Columns for galleries. */
const LOOKING: readonly Column<Row>[] = [
  REQUESTS,
  { title: 'files read', cell: (row) => middle(row, (f) => f.downloads) },
  { title: 'MiB read', cell: (row) => middle(row, (f) => f.bytesSent / MIB, 1) },
  ...MEMORY,
  { title: 'other processes +MiB', cell: (row) => middle(row, (f) => (f.othersGrowthBytes ?? NaN) / MIB) },
  LONG_TASKS,
];

function columnsFor(workload: Workload): readonly Column<Row>[] {
  return [
    { title: 'contestant', cell: ({ contestant }) => contestant, isText: true },
    { title: 'wall s (min–max)', cell: ({ runs }) => wallOf(runs) },
    {
      title: `× ${limitAt(workload)}`,
      cell: ({ runs, limit }) => numberText(medianRatio(wallByRound(runs), wallByRound(limit)), 2),
    },
    ...(workload.looks ? LOOKING : ATTACHING),
  ];
}

/** A workload's runs as a table, a line for each contestant; figures are medians. Failures follow below. */
export function workloadTable(workload: Workload, runs: readonly Run[]): string {
  const of = (name: ContestantName): Run[] => runs.filter(({ contestant }) => contestant === name);
  const limit = limitAt(workload);
  const names = [...new Set(runs.map(({ contestant }) => contestant))].sort(limitsFirst);
  const rows = names.map((contestant) => ({ contestant, runs: of(contestant), limit: of(limit) }));
  const failures = runs.flatMap(({ contestant, round, outcome }) =>
    'failure' in outcome ? [`- ${contestant}, round ${round + 1}, failed: ${outcome.failure}`] : [],
  );
  return [tableOf(columnsFor(workload), rows), ...(failures.length > 0 ? ['', ...failures] : [])].join('\n');
}

/** The baseline comes first. */
function limitsFirst(a: ContestantName, b: ContestantName): number {
  return Number(b.startsWith('limit')) - Number(a.startsWith('limit'));
}

function middle({ runs }: Row, value: (figures: Figures) => number, digits = 0): string {
  return numberText(median(figuresOf(runs).map(value)), digits);
}

function wallOf(runs: readonly Run[]): string {
  const seconds = figuresOf(runs).map(({ wallMs }) => wallMs / 1000);
  if (seconds.length === 0) return '–';
  const [low, high] = [Math.min(...seconds), Math.max(...seconds)];
  return `${median(seconds).toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

function numberText(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}
