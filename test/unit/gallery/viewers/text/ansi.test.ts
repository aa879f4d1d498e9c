import fc from 'fast-check';
import { readAnsi, withoutAnsi } from '../../../../../src/gallery/viewers/text/ansi';

/** Formats a line as `text(classes)`, with `·` for the escape character. */
function shown(line: string): string {
  const { text, runs } = readAnsi(line.replaceAll('·', '\u001b'));
  let start = 0;
  return runs
    .map(({ end, className }) => {
      const part = text.slice(start, end);
      start = end;
      return className === '' ? part : `${part}(${className})`;
    })
    .join('|');
}

test.each([
  ['plain', 'plain'],
  ['·[31mfailed·[0m in 3 s', 'failed(ansi-red)| in 3 s'],
  ['·[1;32mok·[22m done·[mend', 'ok(ansi-green ansi-bold)| done(ansi-green)|end'],
  ['·[90mquiet·[39m·[2mdim', 'quiet(ansi-gray)|dim(ansi-gray)'],
  ['·[30;47mblack on white', 'black on white'],
  ['·[41;97m FAIL ·[49m x', ' FAIL (ansi-on ansi-on-red)| x'],
  ['·[3;4mboth·[23mone·[24mnone', 'both(ansi-italic ansi-underlined)|one(ansi-underlined)|none'],
  ['·[38;5;9mred·[38;5;46mgreen·[38;5;240mgray', 'red(ansi-red)|green(ansi-green)|gray'],
  ['·[38;2;0;80;212mblue·[38;2;9;9;9;1mbold', 'blue(ansi-blue)|bold(ansi-bold)'],
  ['·[38:5:13mmagenta', 'magenta(ansi-magenta)'],
  ['·[2K·[1A·[?25lprogress', 'progress'],
  ['·[8mconcealed', 'concealed'],
])('readAnsi reads %s', (line, expected) => {
  expect(shown(line)).toBe(expected);
});

test('readAnsi keeps other escape sequences', () => {
  const link = '\u001b]8;;https://example.com\u0007text';
  expect(readAnsi(link).text).toBe(link);
});

test('readAnsi reads any text, and its runs cover it', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('\u001b[', '\u001b', 'm', ';', ':', '38;5;', '48;2;1;2', '\u001b[31m', '\u001b[0m'),
    fc.integer({ min: -9, max: 300 }).map(String),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const line = pieces.join('');
      const { text, runs } = readAnsi(line);
      expect(text).toBe(withoutAnsi(line));
      expect(runs.at(-1)?.end ?? 0).toBe(text.length);
      expect(runs.every(({ end }, index) => index === 0 || end > runs[index - 1]!.end)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
