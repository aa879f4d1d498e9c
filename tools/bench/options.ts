import { outputPath, parseCommand } from '../command.mjs';
import { BENCH, RESULTS } from './command.mjs';
import { DEFAULT_CONTESTANTS } from './contestants';
import type { ContestantName } from './contestants';
import { QUICK_WORKLOADS, WORKLOADS } from './workloads';
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

/** Reads the arguments. @throws CommandError for wrong ones. */
export function readOptions(args: readonly string[]): Options {
  const { quick, profile, rounds, only, mode, contestants, out } = parseCommand(BENCH, args);
  const ids = only?.split(',');
  const modes = mode?.split(',');
  const isFull = ![quick, profile, rounds, only, mode, contestants].some(Boolean);
  return {
    workloads: (quick ? QUICK_WORKLOADS : WORKLOADS)
      .filter((one) => (ids?.includes(one.id) ?? true) && (modes?.includes(one.mode) ?? true))
      .map((one) => (rounds === undefined ? one : { ...one, rounds: Number(rounds) })),
    contestants: (contestants?.split(',') as ContestantName[] | undefined) ?? DEFAULT_CONTESTANTS,
    out: out === undefined ? (isFull ? RESULTS : undefined) : outputPath('out', out),
    profile,
    quick,
  };
}
