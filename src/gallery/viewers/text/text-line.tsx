import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import type { Match } from './find-matches';

/** Length of a line rendered at first, in UTF-16 units. A file may be a single line, too slow to render as a whole. */
const INITIAL_LENGTH = 10_000;

/** Length added on request. */
const MORE_LENGTH = 100_000;

/** Length rendered after a match beyond that. */
const CONTEXT_LENGTH = 200;

/** One line of text with highlighted matches. */
export function TextLine(props: {
  text: string;
  /** Matches in this line, in order. */
  matches: readonly Match[];
  /** Current match, if in this line. */
  current: Match | undefined;
}): React.JSX.Element {
  const { text, matches, current } = props;
  const [limit, setLimit] = React.useState(INITIAL_LENGTH);
  const rendered = Math.min(text.length, Math.max(limit, current ? current.end + CONTEXT_LENGTH : 0));
  const pieces: React.ReactNode[] = [];
  let end = 0;
  for (const match of matches) {
    if (match.end > rendered) break;
    pieces.push(makeVisible(text.slice(end, match.start)));
    pieces.push(
      <mark key={match.start} className={match === current ? 'viewer-current' : undefined}>
        {makeVisible(text.slice(match.start, match.end))}
      </mark>,
    );
    end = match.end;
  }
  pieces.push(makeVisible(text.slice(end, rendered)));
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
