import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { LockIcon } from '../../ui/icons';

/** Takes the place of the drop zone of a full work item, and leads to its attachments. */
export const FullZone = React.forwardRef<HTMLButtonElement, { limit: number; onShow: () => void }>(
  function FullZone({ limit, onShow }, ref) {
    return (
      <button ref={ref} type="button" className="drop-zone" onClick={onShow}>
        <LockIcon />
        <span>
          {t('This work item is full ({limit, number} attachments).', { limit })}{' '}
          <span className="drop-zone-link">{t('Remove or bundle some to add more')}</span>
        </span>
      </button>
    );
  },
);

/** Says why the form has no place for files. */
export function ReadOnlyNote(): React.JSX.Element {
  return (
    <p className="form-group-note">
      <LockIcon />
      <span>{t("You don't have permission to add files to this work item.")}</span>
    </p>
  );
}
