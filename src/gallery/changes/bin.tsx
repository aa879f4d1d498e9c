import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { keyOfFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { FileName } from '../../ui/rich-text';
import { ChevronIcon } from '../../ui/icons';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { describeSize } from '../sentences';
import { describeRemoved } from './change-sentences';

/** Removed files: an undo button right after a removal, and a list to restore from. */
export function Bin(props: { state: GalleryState; session: GallerySession }): React.JSX.Element | null {
  const { state, session } = props;
  const { bin, justRemoved, busy, isReadOnly } = state;
  const [isOpen, setOpen] = React.useState(false);
  if (bin.length === 0 || isReadOnly) return null;
  const just = bin.filter(({ file }) => justRemoved.has(keyOfFile(file)));
  return (
    <div className="gallery-bin" data-keeps-focus="">
      {just.length > 0 && (
        <p className="note" role="status">
          <span>{describeRemoved(just.map(({ file }) => file))}</span>
          <Button
            className="text-button"
            disabled={busy.size > 0}
            text={t('Undo')}
            onClick={() => void session.restore(just)}
          />
          <Button
            className="text-button"
            subtle={true}
            text={t('Dismiss')}
            onClick={session.dismissRemoval}
          />
        </p>
      )}
      <button type="button" className="fold-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronIcon open={isOpen} />
        {t('Recently removed ({count, number})', { count: bin.length })}
      </button>
      {isOpen && (
        <ul className="gallery-bin-list" aria-label={t('Recently removed')}>
          {bin.map((removed) => (
            <li key={keyOfFile(removed.file)}>
              <FileName name={removed.file.name} />
              <span className="quiet">{describeSize(removed.file.size)}</span>
              <Button
                className="text-button"
                subtle={true}
                disabled={busy.size > 0}
                text={t('Restore')}
                ariaLabel={t('Restore {name}', { name: removed.file.name })}
                onClick={() => void session.restore([removed])}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
