import { firstIndexWhere } from '../../../base/bisect';
import type { AnsiRun } from './ansi';
import type { CodeRuns } from './highlight-emitter';
import { CODE_KINDS } from './highlight-emitter';

/** Returns the runs of a line of a code, by its 0-based index, or `undefined` for a line beyond the end. */
export type RunsOfLine = (line: number) => readonly AnsiRun[] | undefined;

const CLASS_NAMES = CODE_KINDS.map((kind) => (kind === 'plain' ? '' : `code-${kind}`));

/** Returns all runs of a code, with the names of their classes. */
export function allRuns({ ends, kinds }: CodeRuns): readonly AnsiRun[] {
  return Array.from(ends, (end, index) => ({ end, className: CLASS_NAMES[kinds[index] ?? 0] ?? '' }));
}

/**
 * Returns a function that finds the runs of a line. A run over several lines, such as a comment, is in each of them.
 *
 * @param lines Lines of the code, without their ends of one character each.
 */
export function runsOfLines(lines: readonly string[], { ends, kinds }: CodeRuns): RunsOfLine {
  const starts = new Uint32Array(lines.length);
  let offset = 0;
  lines.forEach((line, index) => {
    starts[index] = offset;
    offset += line.length + 1;
  });
  const indexAfter = (start: number): number =>
    firstIndexWhere(ends.length, (index) => (ends[index] ?? 0) > start);
  return (line) => {
    const start = starts[line];
    const text = lines[line];
    if (start === undefined || text === undefined) return undefined;
    const runs: AnsiRun[] = [];
    for (let index = indexAfter(start), at = start; at < start + text.length; index++) {
      at = Math.min(ends[index] ?? Infinity, start + text.length);
      runs.push({ end: at - start, className: CLASS_NAMES[kinds[index] ?? 0] ?? '' });
    }
    return runs;
  };
}
