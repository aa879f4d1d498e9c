import type { ContestantName } from '../contestants';
import type { Run } from '../measurement';
import { tableOf } from './markdown';
import { ENGINE, PAGE, TARGETS } from './targets';
import type { Target } from './targets';

/** Targets with the reached figures, of the engine alone and with its page. */
export function targetsTable(runs: readonly Run[]): string {
  return tableOf<Target>(
    [
      { title: 'target', cell: ({ title }) => title, isText: true },
      { title: 'at most', cell: (target) => textOf(target, target.atMost) },
      { title: 'engine', cell: (target) => valueOf(target, runs, ENGINE) },
      { title: 'reached', cell: (target) => verdictOf(target, runs, ENGINE) },
      { title: 'in its page', cell: (target) => valueOf(target, runs, PAGE) },
      { title: 'reached', cell: (target) => verdictOf(target, runs, PAGE) },
    ],
    TARGETS,
  );
}

function valueOf(target: Target, runs: readonly Run[], contestants: readonly ContestantName[]): string {
  return textOf(target, target.measure(runs, contestants));
}

function verdictOf(target: Target, runs: readonly Run[], contestants: readonly ContestantName[]): string {
  const value = target.measure(runs, contestants);
  if (Number.isNaN(value)) return '';
  return value <= target.atMost ? 'yes' : '**no**';
}

function textOf({ unit, digits }: Target, value: number): string {
  return Number.isNaN(value) ? '–' : `${value.toFixed(digits)} ${unit}`.trim();
}
