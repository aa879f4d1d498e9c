import * as React from 'react';
import { makeVisible } from '../../base/visible-text';
import { t } from '../../base/i18n/translate';

/** Text of any length. More of it is shown on request, because a browser takes seconds to lay out a long one. */
export function LongText(props: {
  text: string;
  /** Length that is shown at first, in UTF-16 units. */
  first: number;
  /** Length that is added on request, in UTF-16 units. */
  more: number;
  /** As of `makeVisible`. */
  keep?: 'prose';
  /** Writes a part of the text. Unchanged by default. */
  format?: (part: string) => string;
}): React.JSX.Element {
  const { text, first, more, keep, format = String } = props;
  const [limit, setLimit] = React.useState(first);
  const count = text.length - limit;
  return (
    <>
      {makeVisible(format(text.slice(0, limit)), keep)}
      {count > 0 && (
        <button type="button" className="link-button viewer-more" onClick={() => setLimit(limit + more)}>
          {t('… Show more ({count, plural, one {# character} other {# characters}} left)', { count })}
        </button>
      )}
    </>
  );
}
