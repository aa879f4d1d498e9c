import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { MenuItem } from '../../ui/menu';
import { MenuButton } from '../../ui/menu-button';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { hasFolders } from '../gallery-state';
import type { SortKey } from '../model/arrange';
import { describeChoice, nameSortKey } from '../sentences';
import { SortIcon } from './bar-icons';

const SORT_KEYS: readonly SortKey[] = ['name', 'kind', 'size', 'addedAt', 'addedBy', 'folder', 'comment'];

/** Order of the files, for views without column titles. */
export function SortButton(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { sortBy, isDescending } = state.arrangement;

  const keys = SORT_KEYS.filter((key) => key !== 'folder' || hasFolders(state));
  const keyItems = keys.map((key): MenuItem => ({
    text: nameSortKey(key),
    choice: 'radio',
    isChecked: key === sortBy,
    onSelect: () => key !== sortBy && session.sortBy(key),
  }));
  const directionItems = [t('Ascending'), t('Descending')].map((text, index): MenuItem => ({
    text,
    choice: 'radio',
    beginsGroup: index === 0,
    isChecked: isDescending === (index === 1),
    // The same key once more reverses the order.
    onSelect: () => isDescending !== (index === 1) && session.sortBy(sortBy),
  }));
  return (
    <div className={state.view === 'grid' ? 'bar-group' : 'bar-group gallery-sort-narrow'}>
      <MenuButton
        label={describeChoice(t('Sort by'), [nameSortKey(sortBy)])}
        icon={<SortIcon />}
        items={() => [...keyItems, ...directionItems]}
      />
    </div>
  );
}
