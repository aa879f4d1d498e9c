import { figuresOf } from '../measurement';
import type { Run } from '../measurement';
import type { Phase, PhaseFigures } from '../page/contract';
import { median } from '../statistics';
import { tableOf } from './markdown';

/** A contestant's turns in one phase. */
interface Row {
  readonly contestant: string;
  readonly phase: Phase;
  readonly figures: readonly PhaseFigures[];
}

const PHASES: readonly Phase[] = ['planning', 'running', 'checking', 'report'];

/** How long each phase took and what it did to the main thread, of those that have phases; empty for none. */
export function phasesTable(runs: readonly Run[]): string {
  const names = [...new Set(runs.map(({ contestant }) => contestant))];
  const rows = names.flatMap((contestant) =>
    PHASES.map((phase): Row => {
      const own = figuresOf(runs.filter((run) => run.contestant === contestant));
      return { contestant, phase, figures: own.flatMap(({ phases }) => phases[phase] ?? []) };
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
    ],
    rows,
  );
}

function middle(
  figures: readonly PhaseFigures[],
  value: (figures: PhaseFigures) => number,
  digits = 0,
): string {
  return median(figures.map(value)).toFixed(digits);
}
