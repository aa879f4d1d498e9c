import * as React from 'react';
import { t } from '../../../base/i18n/translate';

const EXAMPLES: readonly (readonly [string, () => string])[] = [
  ['type:log', () => t('Files with this extension, or of this kind: image, video, archive')],
  ['size:>10mb', () => t('Larger than 10 MB')],
  ['by:anna', () => t('Attached by this person')],
  ['before:2026-01', () => t('Attached before this month')],
  ['after:2025-06-30', () => t('Attached after this day')],
  ['state:closed', () => t('On work items in this state')],
  ['area:billing', () => t('On work items of this area')],
  ['on:1234', () => t('On this work item')],
  ['inline:yes', () => t('Used in the text of the work item')],
  ['duplicate:yes', () => t('With the same content as another file, or probably')],
  ['duplicate:same', () => t('With the same content as another file')],
];

/** Conditions of a search, each an example to add. */
export function SearchHelp(props: { id: string; onAdd: (condition: string) => void }): React.JSX.Element {
  return (
    <div id={props.id} className="hub-help" role="group" aria-label={t('Search conditions')}>
      <p className="quiet">
        {t(
          'Type words of the name, the comment, or the title of the work item. Add conditions to narrow the list.',
        )}
      </p>
      <ul>
        {EXAMPLES.map(([condition, describe]) => (
          <li key={condition}>
            <button type="button" className="hub-example" onClick={() => props.onAdd(condition)}>
              <bdi dir="ltr">{condition}</bdi>
            </button>
            <span className="quiet">{describe()}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
