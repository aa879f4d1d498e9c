import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { Bar } from '../../../ui/bar';
import type { MenuItem } from '../../../ui/menu';
import { MenuButton } from '../../../ui/menu-button';
import { SearchIcon, SortIcon } from '../../list/bar-icons';
import { describeChoice } from '../../sentences';
import type { ProjectFacet } from '../project-index';
import { PROJECT_FACETS, PROJECT_SORT_KEYS } from '../project-index';
import type { HubSession } from '../session/hub-session';
import type { HubState } from '../session/hub-state';
import { groupsToChoose } from '../session/hub-state';
import { hasCondition, withCondition } from '../session/search-text';
import { HelpIcon } from './hub-icons';
import { nameFacet, nameProjectSortKey } from './hub-sentences';
import { SavedSearches } from './saved-menu';
import { SearchHelp } from './search-help';

/** Choices of one menu. The search field can name any other. */
const MAX_CHOICES = 60;

const HELP_ID = 'hub-search-help';

/** Search field, filters, order and saved searches. */
export function SearchBar(props: {
  state: HubState;
  session: HubSession;
  field: React.RefObject<HTMLInputElement>;
}): React.JSX.Element {
  const { state, session, field } = props;
  const [isHelpOpen, setIsHelpOpen] = React.useState(false);
  const { search, result } = state;
  return (
    <div className="hub-search">
      <div className="gallery-bar" data-keeps-focus="">
        <div className="gallery-search-place hub-search-place">
          <SearchIcon />
          <input
            ref={field}
            type="search"
            className="field gallery-search"
            dir="auto"
            placeholder={t('Search names, comments, and titles')}
            aria-label={t('Search attachments')}
            value={search.text}
            onChange={({ target }) => session.find({ text: target.value })}
          />
        </div>
        <button
          type="button"
          className="bar-button"
          aria-label={t('Search conditions')}
          title={t('Search conditions')}
          aria-expanded={isHelpOpen}
          aria-controls={isHelpOpen ? HELP_ID : undefined}
          onClick={() => setIsHelpOpen(!isHelpOpen)}
        >
          <HelpIcon />
        </button>
        <Bar label={t('Filters and view')} className="gallery-ways">
          {PROJECT_FACETS.map((facet) => (
            <FacetMenu key={facet} facet={facet} state={state} session={session} />
          ))}
          <SortMenu state={state} session={session} />
          <SavedSearches state={state} session={session} />
        </Bar>
      </div>
      {isHelpOpen && (
        <SearchHelp
          id={HELP_ID}
          onAdd={(condition) => {
            session.find({ text: withCondition(search.text, condition) });
            field.current?.focus();
          }}
        />
      )}
      {result && result.problems.length > 0 && (
        <ul className="hub-problems" role="status">
          {result.problems.map(({ condition, message }) => (
            <li key={condition} className="field-error">
              <bdi>{condition}</bdi>: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function FacetMenu(props: {
  facet: ProjectFacet;
  state: HubState;
  session: HubSession;
}): React.JSX.Element | null {
  const { facet, state, session } = props;
  const { text } = state.search;
  const groups = groupsToChoose(state, facet);
  const chosen = groups.filter(({ condition }) => hasCondition(text, condition));
  if (groups.length === 0) return null;
  // The newest month matters most.
  const listed = facet === 'month' ? [...groups].reverse() : groups;

  function items(): readonly MenuItem[] {
    const choices = listed.slice(0, MAX_CHOICES).map(({ label, condition, count }): MenuItem => ({
      text: t('{name} ({count, number})', { name: label, count }),
      choice: 'radio',
      isChecked: hasCondition(text, condition),
      onSelect: () => session.toggle(facet, condition),
    }));
    const hidden = listed.length - choices.length;
    const [only] = chosen;
    return [
      ...choices,
      ...(hidden > 0
        ? [
            {
              text: t('{count, plural, one {# more} other {# more}}', { count: hidden }),
              unavailable: t('Type a condition to find it.'),
              onSelect: () => undefined,
            },
          ]
        : []),
      ...(only
        ? [
            {
              text: t('Clear'),
              beginsGroup: true,
              onSelect: () => session.toggle(facet, only.condition),
            },
          ]
        : []),
    ];
  }

  return (
    <MenuButton
      label={nameFacet(facet)}
      text={describeChoice(
        nameFacet(facet),
        chosen.map(({ label }) => label),
      )}
      isChosen={chosen.length > 0}
      items={items}
    />
  );
}

function SortMenu({ state, session }: { state: HubState; session: HubSession }): React.JSX.Element {
  const { sortBy, isDescending } = state.search;
  const keys = PROJECT_SORT_KEYS.map((key): MenuItem => ({
    text: nameProjectSortKey(key),
    choice: 'radio',
    isChecked: key === sortBy,
    onSelect: () => key !== sortBy && session.sortBy(key),
  }));
  const directions = [t('Ascending'), t('Descending')].map((text, index): MenuItem => ({
    text,
    choice: 'radio',
    beginsGroup: index === 0,
    isChecked: isDescending === (index === 1),
    onSelect: () => session.find({ isDescending: index === 1 }),
  }));
  return (
    <MenuButton
      label={describeChoice(t('Sort by'), [nameProjectSortKey(sortBy)])}
      icon={<SortIcon />}
      items={() => [...keys, ...directions]}
    />
  );
}
