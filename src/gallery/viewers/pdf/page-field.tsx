import * as React from 'react';
import { rich } from '../../../ui/rich-text';
import { t } from '../../../base/i18n/translate';

/** Field with the number of the current page. Enter goes to the typed page; anything else is put back. */
export function PageField(props: {
  /** Number of the current page. */
  page: number;
  count: number;
  onGo: (page: number) => void;
}): React.JSX.Element {
  const { page, count, onGo } = props;
  const [draft, setDraft] = React.useState<string>();
  const go = (): void => {
    const wanted = Number(draft?.trim());
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= count) onGo(wanted);
    setDraft(undefined);
  };
  const field = (
    <input
      type="text"
      inputMode="numeric"
      className="field"
      aria-label={t('Page number')}
      autoComplete="off"
      value={draft ?? String(page)}
      style={{ width: `calc(${String(count).length}ch + 22px)` }}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={() => setDraft(undefined)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go();
        else if (event.key === 'Escape' && draft !== undefined) setDraft(undefined);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
  return (
    <span className="viewer-page-field" data-takes-escape={draft === undefined ? undefined : ''}>
      {rich('Page <field></field> of {count, number}', { field: () => field, count })}
    </span>
  );
}
