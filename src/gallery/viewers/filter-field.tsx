import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { QueryInput } from './query-input';

/** Field to filter a list, focused by Ctrl+F. */
export function FilterField(props: {
  /** Accessible name. */
  label: string;
  query: string;
  onChange: (query: string) => void;
}): React.JSX.Element {
  return (
    <div className="viewer-search" role="search">
      <QueryInput {...props} placeholder={t('Filter')} />
    </div>
  );
}
