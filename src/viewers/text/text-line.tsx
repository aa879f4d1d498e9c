import * as React from 'react';
import { t } from '../../i18n/translate';
import { makeVisible } from '../safe-text';
import type { Match } from './find-matches';

/** What is drawn of a long line at first, in UTF-16 units. A line may be a whole file, and browsers are slow with such. */
const DRAWN = 10_000;

/** So many more each time that more is asked for. */
const MORE = 100_000;

/** What is drawn behind a match that stands in the part left out. */
const AROUND = 200;

/** One line of a text, in which the matches are marked. */
export function TextLine(props: {
  text: string;
  /** Those in this line, in their order. */
  matches: readonly Match[];
  /** The one that is looked at, where it stands in this line. */
  current: Match | undefined;
}): React.JSX.Element {
  const { text, matches, current } = props;
  const [asked, setAsked] = React.useState(DRAWN);
  const drawn = Math.min(text.length, Math.max(asked, current ? current.end + AROUND : 0));
  const pieces: React.ReactNode[] = [];
  let end = 0;
  for (const match of matches) {
    if (match.end > drawn) break;
    pieces.push(makeVisible(text.slice(end, match.start)));
    pieces.push(
      <mark key={match.start} className={match === current ? 'viewer-current' : undefined}>
        {makeVisible(text.slice(match.start, match.end))}
      </mark>,
    );
    end = match.end;
  }
  pieces.push(makeVisible(text.slice(end, drawn)));
  return (
    <span className="viewer-line-text">
      {pieces}
      {drawn < text.length && (
        <>
          {' … '}
          <button type="button" className="link-button" onClick={() => setAsked(drawn + MORE)}>
            {t('Show more of this line ({count, plural, one {# character} other {# characters}})', {
              count: text.length - drawn,
            })}
          </button>
        </>
      )}
    </span>
  );
}
