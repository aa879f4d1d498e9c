import * as React from 'react';
import type { SortKey } from '../../attached/arrange';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';

const SORT_NAMES: Readonly<Record<SortKey, string>> = {
  name: 'Name',
  kind: 'Type',
  size: 'Size',
  addedAt: 'Attached',
  addedBy: 'By',
  comment: 'Comment',
};

/** The order of the files, for where no titles of columns stand above them. */
export function SortBy(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { sortBy, isDescending } = state.arrangement;
  return (
    <div className={state.view === 'grid' ? 'gallery-sort' : 'gallery-sort gallery-sort-narrow'}>
      <select
        className="field"
        aria-label="Sort by"
        value={sortBy}
        onChange={({ target }) => session.sortBy(target.value as SortKey)}
      >
        {(Object.keys(SORT_NAMES) as SortKey[]).map((key) => (
          <option key={key} value={key}>
            {SORT_NAMES[key]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="icon-button"
        aria-label={
          isDescending ? 'Descending; sort the other way round' : 'Ascending; sort the other way round'
        }
        onClick={() => session.sortBy(sortBy)}
      >
        {isDescending ? '↓' : '↑'}
      </button>
    </div>
  );
}
