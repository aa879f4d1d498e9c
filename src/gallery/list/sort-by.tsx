import * as React from 'react';
import type { SortKey } from '../../attached/arrange';
import { t } from '../../i18n/translate';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { nameSortKey } from '../sentences';

const SORT_KEYS: readonly SortKey[] = ['name', 'kind', 'size', 'addedAt', 'addedBy', 'comment'];

/** The order of the files, for where no titles of columns stand above them. */
export function SortBy(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { sortBy, isDescending } = state.arrangement;
  return (
    <div className={state.view === 'grid' ? 'gallery-sort' : 'gallery-sort gallery-sort-narrow'}>
      <select
        className="field"
        aria-label={t('Sort by')}
        value={sortBy}
        onChange={({ target }) => session.sortBy(target.value as SortKey)}
      >
        {SORT_KEYS.map((key) => (
          <option key={key} value={key}>
            {nameSortKey(key)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="icon-button"
        aria-label={
          isDescending ? t('Descending; sort the other way round') : t('Ascending; sort the other way round')
        }
        onClick={() => session.sortBy(sortBy)}
      >
        {isDescending ? '↓' : '↑'}
      </button>
    </div>
  );
}
