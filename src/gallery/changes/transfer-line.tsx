import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { describeProblem, describeWorkItem } from '../../ui/sentences';
import { useStore } from '../../ui/use-store';
import type { GalleryState } from '../gallery-state';
import { describeFiles } from '../sentences';
import type { Transfers } from './transfers';

/** What was copied or moved last, and a way to undo it. */
export function TransferLine(props: { state: GalleryState; transfers: Transfers }): React.JSX.Element | null {
  const { state, transfers } = props;
  const transfer = useStore(transfers);
  if (transfer?.own !== state.workItemId) return null;
  const { isMove, files, target, linked, removed, undoing } = transfer;
  const where = describeWorkItem(target.id, target.type);
  const what = describeFiles(files);
  const isNews = linked.length > 0 || removed.length > 0;
  const words = isNews
    ? `${isMove ? 'Moved' : 'Copied'} ${what} to ${where}.`
    : `${what} ${files.length === 1 ? 'is' : 'are'} attached to ${where} already.`;
  return (
    <div className="gallery-job note">
      <span role="status">
        {words}
        {undoing && undoing !== 'under way' && <> {describeProblem(undoing, where)}</>}
      </span>
      {isNews && (
        <Button
          className="text-button"
          text="Undo"
          disabled={undoing === 'under way'}
          onClick={() => void transfers.undo()}
        />
      )}
      <Button className="text-button" subtle={true} text="Dismiss" onClick={transfers.dismiss} />
    </div>
  );
}
