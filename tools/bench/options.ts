import { outputPath, parseCommand } from '../command.mjs';
import { BENCH } from './command.mjs';
import { DEFAULT_CONTESTANTS } from './contestants';
import type { ContestantName } from './contestants';
import { QUICK_WORKLOADS, WORKLOADS, WORKLOADS_BY_NAME } from './workloads';
import type { Workload } from './workloads';

/** Options of the command line. */
export interface Options {
  readonly workloads: readonly Workload[];
  readonly contestants: readonly ContestantName[];
  /** File for the results. */
  readonly out: string | undefined;
  readonly profile: boolean;
  readonly quick: boolean;
}

/** File of the results of a full run. */
const RESULTS = 'tools/bench/results.md';

/** Reads the arguments. @throws CommandError for wrong ones. */
export function readOptions(args: readonly string[]): Options {
  const { quick, profile, rounds, only, mode, contestants, out } = parseCommand(BENCH, args);
  const all = quick ? QUICK_WORKLOADS : only === undefined ? WORKLOADS : [...WORKLOADS, ...WORKLOADS_BY_NAME];
  const ids = only?.split(',');
  const modes = mode?.split(',');
  const isFull = ![quick, profile, rounds, only, mode, contestants].some(Boolean);
  return {
    workloads: all
      .filter((one) => (ids?.includes(one.id) ?? true) && (modes?.includes(one.mode) ?? true))
      .map((one) => (rounds === undefined ? one : { ...one, rounds: Number(rounds) })),
    contestants: (contestants?.split(',') as ContestantName[] | undefined) ?? DEFAULT_CONTESTANTS,
    out: out === undefined ? (isFull ? RESULTS : undefined) : outputPath('out', out),
    profile,
    quick,
  };
}
