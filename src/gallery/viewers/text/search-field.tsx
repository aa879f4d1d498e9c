import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { IconButton } from '../../../ui/icons';
import { useSearchKeys } from '../hooks';
import { describeMatches } from './find-matches';
import type { Search } from './use-search';

/** Search field, focused by Ctrl+F, with buttons for the previous and next match. */
export function SearchField({ search }: { search: Search }): React.JSX.Element {
  const { query, matches, current, isSearching, setQuery, step } = search;
  const field = React.useRef<HTMLInputElement>(null);
  useSearchKeys(field, query, setQuery, ({ key, shiftKey }) => {
    if (key !== 'Enter') return false;
    step(shiftKey ? -1 : 1);
    return true;
  });
  return (
    <div className="viewer-search" role="search">
      <input
        ref={field}
        type="search"
        className="field"
        placeholder={t('Search')}
        aria-label={t('Search in the file')}
        value={query}
        onChange={({ target }) => setQuery(target.value)}
      />
      <span className="quiet" role="status">
        {describeMatches(query, current, matches.length, isSearching)}
      </span>
      <IconButton
        label={t('Previous match')}
        icon={<span aria-hidden="true">↑</span>}
        onClick={() => step(-1)}
      />
      <IconButton label={t('Next match')} icon={<span aria-hidden="true">↓</span>} onClick={() => step(1)} />
    </div>
  );
}
