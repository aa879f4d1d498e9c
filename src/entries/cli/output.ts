import { createSecrets } from '../../engine/secrets';
import type { CliEnvironment } from './environment';

/** Object of one line with `--json`. Its shapes are in `packages/cli/schema.json`. */
export type JsonLine = Readonly<Record<string, unknown>> & { readonly type: string };

/** Output of a command. Secrets are removed from all of it. */
export interface Output {
  readonly isJson: boolean;
  /** Prints a result on standard output; nothing with `--json` or `--quiet`. */
  readonly line: (text: string) => void;
  /** Prints a failure or a warning on standard error; nothing with `--json`. */
  readonly note: (text: string) => void;
  /** Prints an object with `--json`. */
  readonly json: (line: JsonLine) => void;
  /** Shows a line that the next one replaces, on a terminal. Elsewhere, prints it at intervals. */
  readonly progress: (text: string) => void;
  /** Adds a text that must never be printed. */
  readonly hide: (secret: string) => void;
}

/** Interval between two lines of progress in a file, in milliseconds. */
const LOG_INTERVAL_MS = 10_000;

/** Interval between two updates on a terminal, in milliseconds. */
const DRAW_INTERVAL_MS = 100;

/** Options of `createOutput`. */
export interface OutputOptions extends Pick<CliEnvironment, 'stdout' | 'stderr'> {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly now: () => number;
}

/** Creates the output of a command. Results go to standard output; failures and progress go to standard error. */
export function createOutput({ stdout, stderr, isJson, isQuiet, now }: OutputOptions): Output {
  const secrets = createSecrets();
  let drawn = '';
  // A short command shows no progress in a log.
  let lastAt = stderr.isTTY === true ? -Infinity : now();

  function erase(): void {
    if (drawn === '') return;
    stderr.write(`\r${' '.repeat(drawn.length)}\r`);
    drawn = '';
  }

  return {
    isJson,

    line(text) {
      if (isJson || isQuiet) return;
      erase();
      stdout.write(`${secrets.remove(text)}\n`);
    },

    note(text) {
      if (isJson) return;
      erase();
      stderr.write(`${secrets.remove(text)}\n`);
    },

    json(line) {
      if (isJson) stdout.write(`${secrets.remove(JSON.stringify(line))}\n`);
    },

    progress(text) {
      const isTerminal = stderr.isTTY === true;
      if (isJson || isQuiet || now() - lastAt < (isTerminal ? DRAW_INTERVAL_MS : LOG_INTERVAL_MS)) return;
      lastAt = now();
      erase();
      const width = (stderr.columns ?? 80) - 1;
      if (isTerminal) stderr.write((drawn = secrets.remove(text).slice(0, width)));
      else stderr.write(`${secrets.remove(text)}\n`);
    },

    hide: secrets.add,
  };
}
