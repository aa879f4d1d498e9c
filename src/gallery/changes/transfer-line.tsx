import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../i18n/translate';
import { describeProblem } from '../../ui/sentences';
import { describeWorkItem } from '../../ui/work-item-sentences';
import { useStore } from '../../ui/use-store';
import type { GalleryState } from '../gallery-state';
import { describeTransfer } from './change-sentences';
import type { Transfers } from './transfers';

/** What was copied or moved last, and a way to undo it. */
export function TransferLine(props: { state: GalleryState; transfers: Transfers }): React.JSX.Element | null {
  const { state, transfers } = props;
  const transfer = useStore(transfers);
  if (transfer?.own !== state.workItemId) return null;
  const { target, linked, removed, undoing } = transfer;
  const isNews = linked.length > 0 || removed.length > 0;
  return (
    <div className="gallery-job note">
      <span role="status">
        {describeTransfer(transfer)}
        {undoing && undoing !== 'under way' && (
          <> {describeProblem(undoing, describeWorkItem(target.id, target.type))}</>
        )}
      </span>
      {isNews && (
        <Button
          className="text-button"
          text={t('Undo')}
          disabled={undoing === 'under way'}
          onClick={() => void transfers.undo()}
        />
      )}
      <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={transfers.dismiss} />
    </div>
  );
}
