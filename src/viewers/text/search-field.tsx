import * as React from 'react';
import { t } from '../../i18n/translate';
import { IconButton } from '../../ui/icon-button';
import { useKeys } from '../use-keys';
import { describeMatches } from './find-matches';
import type { Search } from './use-search';

/** The field for a search in the file, which Ctrl+F leads to, and the way from one match to the next. */
export function SearchField(props: {
  search: Search;
  /** Whether lines are missing, in which nothing is found. */
  isPart: boolean;
}): React.JSX.Element {
  const { search, isPart } = props;
  const { wanted, matches, current, setWanted, step } = search;
  const field = React.useRef<HTMLInputElement>(null);
  useKeys((event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (key.toLowerCase() === 'f' && (ctrlKey || metaKey) && !altKey) {
      field.current?.focus();
      field.current?.select();
      return true;
    }
    if (target !== field.current) return false;
    if (key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (key === 'Escape' && wanted !== '') setWanted('');
    else return false;
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
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      <span className="quiet" role="status">
        {describeMatches(wanted, current, matches.length, isPart)}
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
