import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { IconButton } from '../../ui/icons';
import { QueryInput } from './query-input';

/** Query and actions of a search. */
export interface SearchActions {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** Moves by a number of matches, wrapping around at the ends. */
  readonly step: (by: number) => void;
}

/** Search field, focused by Ctrl+F, with buttons for the previous and next match. */
export function SearchField(props: {
  search: SearchActions;
  /** Result in words, as by `describeMatches`. Screen readers announce its changes. */
  status: string;
  /** Progress of a long search, in words. It changes too often to announce it. */
  progress?: string | undefined;
}): React.JSX.Element {
  const { status, progress } = props;
  const { query, setQuery, step } = props.search;
  const onOtherKey = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (key !== 'Enter') return false;
    step(shiftKey ? -1 : 1);
    return true;
  };
  return (
    <div className="viewer-search" role="search">
      <QueryInput
        label={t('Search in the file')}
        placeholder={t('Search')}
        query={query}
        onChange={setQuery}
        onOtherKey={onOtherKey}
      />
      <span className="quiet" role="status">
        {status}
      </span>
      {progress !== undefined && <span className="quiet">{progress}</span>}
      <IconButton
        label={t('Previous match')}
        icon={<span aria-hidden="true">↑</span>}
        onClick={() => step(-1)}
      />
      <IconButton label={t('Next match')} icon={<span aria-hidden="true">↓</span>} onClick={() => step(1)} />
    </div>
  );
}
