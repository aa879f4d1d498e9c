import { limitAt } from '../contestants';
import type { ContestantName } from '../contestants';
import { byRound, figuresOf } from '../measurement';
import type { PhaseFigures, Run } from '../measurement';
import type { Phase } from '../page/contract';
import { median, medianRatio } from '../statistics';
import { tableOf } from './markdown';

/** A contestant's turns in one phase. */
interface Row {
  readonly contestant: ContestantName;
  readonly phase: Phase;
  readonly figures: readonly PhaseFigures[];
  /** Ratio of the durations to the limit; NaN without such a phase. */
  readonly ratio: number;
}

const PHASES: readonly Phase[] = [
  ...(['planning', 'editing', 'running', 'checking', 'report', 'reading'] as const),
  ...(['first-row', 'thumbnails', 'scrolling', 'zip'] as const),
];

const MIB = 1024 * 1024;

/**
 * Duration of each phase of a workload and its effect on the main thread and memory, for contestants with
 * phases; empty for none.
 */
export function phasesTable(runs: readonly Run[]): string {
  const names = [...new Set(runs.map(({ contestant }) => contestant))];
  const of = (name: ContestantName): Run[] => runs.filter(({ contestant }) => contestant === name);
  const rows = names.flatMap((contestant) =>
    PHASES.map((phase): Row => {
      const own = of(contestant);
      const [limit] = own.map(({ workload }) => limitAt(workload));
      return {
        contestant,
        phase,
        figures: figuresOf(own).flatMap(({ phases }) => phases[phase] ?? []),
        ratio:
          limit === undefined ? NaN : medianRatio(wallByRound(own, phase), wallByRound(of(limit), phase)),
      };
    }).filter(({ figures }) => figures.length > 0),
  );
  if (rows.length === 0) return '';
  return tableOf<Row>(
    [
      { title: 'contestant', cell: ({ contestant }) => contestant, isText: true },
      { title: 'phase', cell: ({ phase }) => phase, isText: true },
      { title: 'wall s', cell: ({ figures }) => middle(figures, ({ wallMs }) => wallMs / 1000, 2) },
      {
        title: 'long task: longest / all ms',
        cell: ({ figures }) =>
          `${middle(figures, ({ longestTaskMs }) => longestTaskMs)} / ${middle(figures, ({ longTasksMs }) => longTasksMs)}`,
      },
      { title: '× limit', cell: ({ ratio }) => numberText(ratio, 2) },
      {
        title: 'heap +MiB',
        cell: ({ figures }) => middle(figures, ({ heapGrowthBytes }) => (heapGrowthBytes ?? NaN) / MIB, 1),
      },
      {
        title: 'renderer +MiB',
        cell: ({ figures }) =>
          middle(figures, ({ rendererGrowthBytes }) => (rendererGrowthBytes ?? NaN) / MIB),
      },
    ],
    rows,
  );
}

function wallByRound(runs: readonly Run[], phase: Phase): Map<number, number> {
  return byRound(runs, ({ phases }) => phases[phase]?.wallMs ?? NaN);
}

/** Of the measured ones. */
function middle(
  figures: readonly PhaseFigures[],
  value: (figures: PhaseFigures) => number,
  digits = 0,
): string {
  return numberText(median(figures.map(value).filter((each) => !Number.isNaN(each))), digits);
}

function numberText(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}
