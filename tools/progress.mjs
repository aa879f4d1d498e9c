import { CommandError, styled } from './command.mjs';

/**
 * A terminal or a file.
 *
 * @typedef {{ isTTY?: boolean, columns?: number, write: (text: string) => unknown }} Stream
 */

/**
 * Creates a display of running steps. On a terminal it rewrites one line; otherwise each step writes one plain line. It
 * moves the cursor with carriage returns only, which every terminal knows.
 *
 * @param {Stream} stream
 */
export function createProgress(stream) {
  /** @type {Set<{ name: string, detail: string, startedAt: number }>} */
  const steps = new Set();
  let shownLength = 0;
  let holds = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  /** @param {string} text */
  const rewrite = (text) => {
    if (stream.isTTY !== true || (text === '' && shownLength === 0)) return;
    const line = text.slice(0, (stream.columns || 80) - 1);
    stream.write(`\r${styled(stream, 'dim', line.padEnd(shownLength))}${line === '' ? '\r' : ''}`);
    shownLength = line.length;
  };
  const draw = () => rewrite(holds > 0 ? '' : [...steps].map(describe).join(' · '));

  return {
    /**
     * Shows a step until it ends.
     *
     * @template T
     * @param {string} name
     * @param {(tell: (detail: string) => void) => Promise<T>} run Calls `tell` with its position, such as `2 of 7`.
     * @returns {Promise<T>}
     */
    async step(name, run) {
      const step = { name, detail: '', startedAt: Date.now() };
      steps.add(step);
      if (stream.isTTY === true) timer ??= setInterval(draw, 1_000).unref();
      else stream.write(`${name}…\n`);
      draw();
      try {
        return await run((detail) => {
          step.detail = detail;
          draw();
        });
      } finally {
        steps.delete(step);
        if (steps.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
        draw();
      }
    },

    /**
     * Leaves the terminal to another program while it runs.
     *
     * @template T
     * @param {() => Promise<T>} run
     * @returns {Promise<T>}
     */
    async hold(run) {
      holds++;
      draw();
      try {
        return await run();
      } finally {
        holds--;
        draw();
      }
    },

    /**
     * Prints a line on stdout, above the running steps.
     *
     * @param {string} text
     */
    log(text) {
      rewrite('');
      console.log(text);
      draw();
    },
  };
}

/** Progress of this process, on stderr, so that a file of its results has none. */
export const progress = createProgress(process.stderr);

/**
 * Runs a program as a step. Prints its output only if it fails.
 *
 * @param {string} name
 * @param {() => Promise<{ code: number, output: string }>} run
 * @param {string} sentence Error if it fails.
 * @param {string} [nextStep]
 * @returns {Promise<string>} Its output.
 */
export async function runStep(name, run, sentence, nextStep = 'Correct the errors above and try again.') {
  const { code, output } = await progress.step(name, run);
  if (code === 0) return output;
  console.error(output.trim());
  throw new CommandError(sentence, nextStep);
}

/**
 * Returns the time since a moment, `1 min 5 s`.
 *
 * @param {number} startedAt
 */
export function timeSince(startedAt) {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** @param {{ name: string, detail: string, startedAt: number }} step */
function describe({ name, detail, startedAt }) {
  const time = timeSince(startedAt);
  const more = [detail, time === '0 s' ? '' : time].filter(Boolean).join(', ');
  return `${name}…${more && ` ${more}`}`;
}
