import * as React from 'react';
import { useSearchKeys } from './hooks';

/** Input for a query, focused by Ctrl+F and cleared by Escape. */
export function QueryInput(props: {
  /** Accessible name. */
  label: string;
  placeholder: string;
  query: string;
  onChange: (query: string) => void;
  /** Called for other keys. Returns `true` for a handled key. */
  onOtherKey?: (event: KeyboardEvent) => boolean;
}): React.JSX.Element {
  const { label, placeholder, query, onChange, onOtherKey } = props;
  const field = React.useRef<HTMLInputElement>(null);
  useSearchKeys(field, query, onChange, onOtherKey);
  return (
    <input
      ref={field}
      type="search"
      className="field"
      placeholder={placeholder}
      aria-label={label}
      value={query}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
