import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { FILE_KINDS } from '../../base/file-kind';
import { t } from '../../base/i18n/translate';
import type { MenuItem } from '../../ui/menu';
import { MenuButton } from '../../ui/menu-button';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { collator } from '../model/arrange';
import type { Filters } from '../model/filters';
import { countBy, isFiltered, isIn, NO_FILTERS, periodsAt, toggled } from '../model/filters';
import { describeChoice, nameKind, namePeriod, nameSortKey, withCount } from '../sentences';

interface FilterProps {
  state: GalleryState;
  session: GallerySession;
}

/** Filters by type, person and date, each a menu with the number of files per choice. */
export function FilterButtons({ state, session }: FilterProps): React.JSX.Element | null {
  const { listed: files, arrangement } = state;
  const { kinds, people, period } = arrangement;
  if (files.length === 0 && !isFiltered(arrangement)) return null;

  /** Choices of a filter, and one that removes it. */
  const choices = (isSet: boolean, cleared: Partial<Filters>, items: readonly MenuItem[]) => [
    ...items,
    ...(isSet ? [{ text: t('Clear'), beginsGroup: true, onSelect: () => session.filterBy(cleared) }] : []),
  ];

  function kindItems(): readonly MenuItem[] {
    const counts = countBy(files, ({ kind }) => kind, kinds);
    return FILE_KINDS.filter((kind) => counts.has(kind)).map((kind) => ({
      text: withCount(nameKind(kind), counts.get(kind) ?? 0),
      choice: 'checkbox',
      isChecked: kinds.has(kind),
      onSelect: () => session.filterBy({ kinds: toggled(kinds, kind) }),
    }));
  }

  function personItems(): readonly MenuItem[] {
    const counts = countBy(files, ({ addedBy }) => addedBy, people);
    const names = [...counts.keys()].filter((name) => name !== '').sort(collator().compare);
    return names.map((name) => ({
      text: withCount(name, counts.get(name) ?? 0),
      choice: 'checkbox',
      isChecked: people.has(name),
      onSelect: () => session.filterBy({ people: toggled(people, name) }),
    }));
  }

  function periodItems(): readonly MenuItem[] {
    return periodsAt(Date.now()).map((each) => ({
      text: withCount(namePeriod(each), files.filter((file) => isIn(each, file)).length),
      choice: 'radio',
      isChecked: period?.name === each.name,
      onSelect: () => session.filterBy({ period: each }),
    }));
  }

  return (
    <>
      <MenuButton
        label={nameSortKey('kind')}
        text={describeChoice(nameSortKey('kind'), [...kinds].map(nameKind))}
        isChosen={kinds.size > 0}
        items={() => choices(kinds.size > 0, { kinds: NO_FILTERS.kinds }, kindItems())}
      />
      <MenuButton
        label={t('Attached by')}
        text={describeChoice(t('Attached by'), [...people])}
        isChosen={people.size > 0}
        items={() => choices(people.size > 0, { people: NO_FILTERS.people }, personItems())}
      />
      <MenuButton
        label={t('Date attached')}
        text={describeChoice(t('Date attached'), period ? [namePeriod(period)] : [])}
        isChosen={period !== undefined}
        items={() => choices(period !== undefined, { period: undefined }, periodItems())}
      />
    </>
  );
}

/** Shows all files again; absent without a filter. */
export function ClearFilters({ state, session }: FilterProps): React.JSX.Element | null {
  if (!isFiltered(state.arrangement)) return null;
  return (
    <Button
      className="text-button"
      subtle={true}
      text={t('Clear filters')}
      onClick={() => session.filterBy(NO_FILTERS)}
    />
  );
}
