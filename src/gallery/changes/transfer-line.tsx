import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { describeError, joinSentences } from '../../upload/messages/problems';
import { useStore } from '../../ui/hooks';
import type { GalleryState } from '../gallery-state';
import { describeTransfer } from './change-sentences';
import type { Transfers } from './transfers';

/** The last copy or move, with a button to undo it. */
export function TransferLine(props: { state: GalleryState; transfers: Transfers }): React.JSX.Element | null {
  const { state, transfers } = props;
  const transfer = useStore(transfers);
  if (transfer?.openItemId !== state.workItemId) return null;
  const { linked, removed, undoing } = transfer;
  const hasChanges = linked.length > 0 || removed.length > 0;
  return (
    <div className="gallery-job note">
      <span role="status">
        {joinSentences(
          describeTransfer(transfer),
          undoing && undoing !== 'pending' && describeError(undoing),
        )}
      </span>
      <div className="gallery-buttons">
        {hasChanges && (
          <Button
            className="text-button"
            text={t('Undo')}
            disabled={undoing === 'pending'}
            onClick={() => void transfers.undo()}
          />
        )}
        <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={transfers.dismiss} />
      </div>
    </div>
  );
}
