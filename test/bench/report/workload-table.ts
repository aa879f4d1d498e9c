import { LIMIT } from '../contestants';
import type { ContestantName } from '../contestants';
import { figuresOf, wallByRound } from '../measurement';
import type { Figures, Run } from '../measurement';
import { median, medianRatio } from '../statistics';
import { tableOf } from './markdown';
import type { Column } from './markdown';

/** All turns of one contestant at one workload. */
interface Row {
  readonly contestant: ContestantName;
  readonly runs: readonly Run[];
  readonly limit: readonly Run[];
}

const MIB = 1024 * 1024;

const COLUMNS: readonly Column<Row>[] = [
  { title: 'contestant', cell: ({ contestant }) => contestant, isText: true },
  { title: 'wall s (min–max)', cell: ({ runs }) => wallOf(runs) },
  {
    title: `× ${LIMIT}`,
    cell: ({ runs, limit }) => numberText(medianRatio(wallByRound(runs), wallByRound(limit)), 2),
  },
  { title: 'MB/s', cell: (row) => middle(row, (f) => f.bytesReceived / 1000 / f.wallMs, 1) },
  {
    title: 'requests (preflights)',
    cell: (row) => `${middle(row, (f) => f.requests)} (${middle(row, (f) => f.preflights)})`,
  },
  {
    title: 'uploads / link calls / reads',
    cell: (row) =>
      [middle(row, (f) => f.uploads), middle(row, (f) => f.linkCalls), middle(row, (f) => f.reads)].join(
        ' / ',
      ),
  },
  { title: 'MiB sent', cell: (row) => middle(row, (f) => f.bytesReceived / MIB, 1) },
  { title: 'page heap MiB', cell: (row) => middle(row, (f) => f.heapBytes / MIB, 1) },
  { title: 'renderer +MiB', cell: (row) => middle(row, (f) => (f.rendererGrowthBytes ?? NaN) / MIB) },
  {
    title: 'long task: longest / all ms',
    cell: (row) => `${middle(row, (f) => f.longestTaskMs)} / ${middle(row, (f) => f.longTasksMs)}`,
  },
  { title: 'progress gap ms', cell: (row) => middle(row, (f) => f.progressGapMs) },
  { title: 'collisions', cell: (row) => middle(row, (f) => f.collisions) },
];

/** One workload's runs as a table, a line for each contestant; figures are medians. Failures follow below. */
export function workloadTable(runs: readonly Run[]): string {
  const of = (name: ContestantName): Run[] => runs.filter(({ contestant }) => contestant === name);
  const names = [...new Set(runs.map(({ contestant }) => contestant))].sort(limitsFirst);
  const rows = names.map((contestant) => ({ contestant, runs: of(contestant), limit: of(LIMIT) }));
  const failures = runs.flatMap(({ contestant, round, outcome }) =>
    'failure' in outcome ? [`- ${contestant}, round ${round + 1}, failed: ${outcome.failure}`] : [],
  );
  return [tableOf(COLUMNS, rows), ...(failures.length > 0 ? ['', ...failures] : [])].join('\n');
}

/** What the others are compared with stands on top. */
function limitsFirst(a: ContestantName, b: ContestantName): number {
  return Number(b.startsWith(LIMIT)) - Number(a.startsWith(LIMIT));
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
