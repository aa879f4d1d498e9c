import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useSearchKeys } from './hooks';

/** Field to filter a list, focused by Ctrl+F. */
export function FilterField(props: {
  /** Accessible name. */
  label: string;
  query: string;
  onChange: (query: string) => void;
}): React.JSX.Element {
  const { label, query, onChange } = props;
  const field = React.useRef<HTMLInputElement>(null);
  useSearchKeys(field, query, onChange);
  return (
    <div className="viewer-search" role="search">
      <input
        ref={field}
        type="search"
        className="field"
        placeholder={t('Filter')}
        aria-label={label}
        value={query}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
