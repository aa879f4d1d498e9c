import { parseArgs } from 'node:util';
import { CONTESTANTS, DEFAULT_CONTESTANTS } from './contestants';
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

/** Values for `--only`. */
const KNOWN = [...WORKLOADS, ...WORKLOADS_BY_NAME];

/** How to call it. */
export const USAGE = `npm run bench -- [options]

  --quick                  one small round, to see that everything works
  --rounds 3               rounds of each workload
  --only W1,W4             workloads: ${unique(KNOWN, ({ id }) => id).join(', ')}; a full run takes all but ${unique(WORKLOADS_BY_NAME, ({ id }) => id).join(', ')}
  --mode loopback,wan      ways from page to server: ${unique(KNOWN, ({ mode }) => mode).join(', ')}
  --contestants limit,…    ${Object.keys(CONTESTANTS).join(', ')}
  --out file.md            where the results go; a full run writes ${RESULTS}
  --profile                tells the functions that took most time, at some cost`;

/** Reads the arguments. @throws Error for unknown ones. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string' },
      mode: { type: 'string' },
      contestants: { type: 'string' },
      out: { type: 'string' },
      profile: { type: 'boolean', default: false },
    },
  });
  const { quick, profile, rounds, only, mode, contestants } = values;
  const all = quick ? QUICK_WORKLOADS : only === undefined ? WORKLOADS : KNOWN;
  const ids =
    only === undefined
      ? undefined
      : listOf(
          only,
          unique(KNOWN, ({ id }) => id),
        );
  const modes =
    mode === undefined
      ? undefined
      : listOf(
          mode,
          unique(WORKLOADS, (one) => one.mode),
        );
  const isFull = ![quick, profile, rounds, only, mode, contestants].some(Boolean);
  return {
    workloads: all
      .filter((one) => (ids?.includes(one.id) ?? true) && (modes?.includes(one.mode) ?? true))
      .map((one) => (rounds === undefined ? one : { ...one, rounds: countOf(rounds) })),
    contestants:
      contestants === undefined
        ? DEFAULT_CONTESTANTS
        : listOf(contestants, Object.keys(CONTESTANTS) as ContestantName[]),
    out: values.out ?? (isFull ? RESULTS : undefined),
    profile,
    quick,
  };
}

function listOf<T extends string>(text: string, known: readonly T[]): T[] {
  return text.split(',').map((name) => {
    const found = known.find((one) => one === name.trim());
    if (found === undefined) throw new Error(`"${name}" is none of ${known.join(', ')}.`);
    return found;
  });
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new Error(`"${text}" is not a number of rounds.`);
  return count;
}

function unique<T, K>(values: readonly T[], keyOf: (value: T) => K): K[] {
  return [...new Set(values.map(keyOf))];
}
