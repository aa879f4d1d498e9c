import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { LongText } from '../long-text';
import type { CutText } from './test-results';

/** Lengths of a text that are shown at first and added on request, in UTF-16 units. */
const LENGTHS = { first: 5_000, more: 50_000 };

/** A text with its lines, and a sentence if its end is left out. */
export function ResultText({ text, missing }: CutText): React.JSX.Element {
  return (
    <>
      <div className="viewer-result-text" dir="auto">
        <LongText text={text.trimEnd()} keep="prose" {...LENGTHS} />
      </div>
      {missing > 0 && (
        <p className="quiet">
          {t('{count, plural, one {# more character is} other {# more characters are}} in the file.', {
            count: missing,
          })}
        </p>
      )}
    </>
  );
}
