import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import type { Match } from '../text/find-matches';
import type { CodeRuns } from '../text/highlight-emitter';
import { runsOfLines } from '../text/highlight-lines';
import { TextLine } from '../text/text-line';
import { firstLines } from './terminal-lines';

/** Lengths of a text that are shown at first and added on request, in UTF-16 units. */
export const LENGTHS = { first: 5_000, more: 50_000 };

const NO_MATCHES: readonly Match[] = [];

/** Beginning of a text in the colors of a terminal, with a button for more. */
export function OutputText(props: {
  text: string;
  /** Maximum length that is shown, in UTF-16 units. */
  limit: number;
  onMore: () => void;
  /** Runs of the whole text in the colors of its language. */
  syntax?: CodeRuns | undefined;
}): React.JSX.Element {
  const { text, limit, onMore, syntax } = props;
  const syntaxOf = React.useMemo(() => syntax && runsOfLines(text.split('\n'), syntax), [text, syntax]);
  const { lines, missing } = React.useMemo(() => firstLines(text, limit), [text, limit]);
  return (
    <div className="viewer-text viewer-wraps">
      {lines.map((line, index) => (
        <div key={index} className="viewer-line">
          <TextLine line={line} matches={NO_MATCHES} current={undefined} syntax={syntaxOf?.(index)} />
        </div>
      ))}
      {missing > 0 && (
        <button type="button" className="link-button viewer-more" onClick={onMore}>
          {t('… Show more ({count, plural, one {# character} other {# characters}} left)', {
            count: missing,
          })}
        </button>
      )}
    </div>
  );
}
