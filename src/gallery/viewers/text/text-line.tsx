import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import type { AnsiRun } from './ansi';
import { readAnsi } from './ansi';
import type { Match } from './find-matches';

/** Length of a line rendered at first, in UTF-16 units. A file may be a single line, too slow to render as a whole. */
const INITIAL_LENGTH = 10_000;

/** Length added on request. */
const MORE_LENGTH = 100_000;

/** Length rendered after a match beyond that. */
const CONTEXT_LENGTH = 200;

/** One line of text in the colors of a terminal, with highlighted matches. */
export function TextLine(props: {
  /** With its control sequences. */
  line: string;
  /** Matches in this line, in order. */
  matches: readonly Match[];
  /** Current match, if in this line. */
  current: Match | undefined;
  /** Runs of a line without control sequences, in the colors of its language. */
  syntax?: readonly AnsiRun[] | undefined;
}): React.JSX.Element {
  const { line, matches, current, syntax } = props;
  const ansi = React.useMemo(() => readAnsi(line), [line]);
  const { text } = ansi;
  const runs = syntax?.at(-1)?.end === text.length ? syntax : ansi.runs;
  const [limit, setLimit] = React.useState(INITIAL_LENGTH);
  const rendered = Math.min(text.length, Math.max(limit, current ? current.end + CONTEXT_LENGTH : 0));
  const styled = createStyledParts(text, runs);
  const pieces: React.ReactNode[] = [];
  let end = 0;
  for (const match of matches) {
    if (match.end > rendered) break;
    pieces.push(styled(end, match.start));
    pieces.push(
      <mark key={match.start} className={match === current ? 'viewer-current' : undefined}>
        {styled(match.start, match.end)}
      </mark>,
    );
    end = match.end;
  }
  pieces.push(styled(end, rendered));
  return (
    <span className="viewer-line-text">
      {pieces}
      {rendered < text.length && (
        <>
          {' … '}
          <button type="button" className="link-button" onClick={() => setLimit(rendered + MORE_LENGTH)}>
            {t('Show more of this line ({count, plural, one {# character} other {# characters}})', {
              count: text.length - rendered,
            })}
          </button>
        </>
      )}
    </span>
  );
}

/**
 * Returns a function that renders a part of a text in the styles of its runs.
 *
 * @returns For parts in text order.
 */
function createStyledParts(
  text: string,
  runs: readonly AnsiRun[],
): (start: number, end: number) => readonly React.ReactNode[] {
  let index = 0;
  return (start, end) => {
    const parts: React.ReactNode[] = [];
    let at = start;
    while (at < end) {
      const run = runs[index];
      const stop = Math.min(end, run?.end ?? end);
      const part = makeVisible(text.slice(at, stop));
      parts.push(
        run?.className ? (
          <span key={at} className={run.className}>
            {part}
          </span>
        ) : (
          part
        ),
      );
      at = stop;
      if (run && run.end <= stop) index++;
    }
    return parts;
  };
}
