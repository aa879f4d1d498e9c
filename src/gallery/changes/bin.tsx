import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile, partsOf } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { FileName } from '../../ui/rich-text';
import { ChevronIcon } from '../../ui/icons';
import type { GallerySession } from '../gallery-session';
import type { GalleryState, RemovedFile } from '../gallery-state';
import { describeSize } from '../sentences';
import { describeRemoved } from './change-sentences';

/** Removed files: an undo button right after a removal, and a list to restore from. */
export function Bin(props: {
  state: GalleryState;
  session: Pick<GallerySession, 'restore' | 'dismissRemoval'>;
}): React.JSX.Element | null {
  const { state, session } = props;
  const { bin, justRemoved, busy, isReadOnly, split } = state;
  const [isOpen, setOpen] = React.useState(false);
  if (bin.length === 0 || isReadOnly) return null;
  const just = bin.filter(({ file }) => justRemoved.has(keyOfFile(file)));
  const wholesOf = (removed: readonly RemovedFile[]): readonly AttachedFile[] => {
    const files = removed.map(({ file }) => file);
    return split?.joinSplitFiles(files) ?? files;
  };
  const wholes = wholesOf(bin);
  return (
    <div className="gallery-bin" data-keeps-focus="">
      {just.length > 0 && (
        <p className="note" role="status">
          <span>{describeRemoved(wholesOf(just))}</span>
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
        {t('Recently removed ({count, number})', { count: wholes.length })}
      </button>
      {isOpen && (
        <ul className="gallery-bin-list" aria-label={t('Recently removed')}>
          {wholes.map((file) => (
            <li key={keyOfFile(file)}>
              <FileName name={file.name} />
              <span className="quiet">{describeSize(file.size)}</span>
              <Button
                className="text-button"
                subtle={true}
                disabled={busy.size > 0}
                text={t('Restore')}
                ariaLabel={t('Restore {name}', { name: file.name })}
                onClick={() =>
                  void session.restore(bin.filter((removed) => partsOf(file).includes(removed.file)))
                }
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
