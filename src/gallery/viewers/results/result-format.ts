import { readWholeText } from '../text/encoding';

/** Size of the beginning of a file with its root element, in bytes. */
const BEGINNING_BYTES = 64 * 1024;

/** Starts of markup that is no element, with the ends. */
const OTHER_MARKUP: readonly (readonly [start: string, end: string])[] = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!', '>'],
];

/** Format of test results. */
export type ResultFormat = 'trx' | 'junit' | 'nunit' | 'xunit';

/** Formats by the name of the root element. */
const FORMATS = new Map<string, ResultFormat>([
  ['TestRun', 'trx'],
  ['testsuites', 'junit'],
  ['testsuite', 'junit'],
  ['test-run', 'nunit'],
  ['assemblies', 'xunit'],
]);

/**
 * Reads the beginning of a file and returns the format of its test results, or `undefined` for any other file. Names
 * do not tell: reports of many kinds are called `.xml`.
 *
 * @throws DOMException If the bytes cannot be read.
 */
export async function detectFormat(bytes: Blob): Promise<ResultFormat | undefined> {
  return FORMATS.get(rootNameOf(await readWholeText(bytes.slice(0, BEGINNING_BYTES))));
}

/** Returns the name of the root element, without its prefix. Empty if there is none. */
function rootNameOf(text: string): string {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const other = OTHER_MARKUP.find(([start]) => text.startsWith(start, at));
    if (!other)
      return (
        /^[\w.:-]*/
          .exec(text.slice(at + 1, at + 100))?.[0]
          .split(':')
          .at(-1) ?? ''
      );
    const [start, end] = other;
    const endAt = text.indexOf(end, at + start.length);
    if (endAt === -1) return '';
    at = endAt + end.length;
  }
  return '';
}
