import * as React from 'react';
import { t } from '../base/i18n/translate';
import { StaplerIcon } from './icons';
import { rich } from './rich';

/**
 * Visible drop target, and a button: a click, Enter or Space opens the file picker. Drops and pastes work anywhere on
 * the page (`useFileDrops`).
 */
export const DropZone = React.forwardRef<
  HTMLButtonElement,
  {
    /** Whether files are dragged over the page. */
    isTarget: boolean;
    onBrowse: () => void;
  }
>(function DropZone({ isTarget, onBrowse }, ref) {
  return (
    <button
      ref={ref}
      type="button"
      className={isTarget ? 'drop-zone drop-zone-target' : 'drop-zone'}
      onClick={onBrowse}
    >
      <StaplerIcon />
      <span>
        {isTarget
          ? t('Drop to attach')
          : rich('Drop or paste files here, or <browse>browse</browse>', {
              browse: (inside) => <span className="drop-zone-link">{inside}</span>,
            })}
      </span>
    </button>
  );
});
