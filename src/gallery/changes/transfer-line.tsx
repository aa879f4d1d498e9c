import * as React from 'react';
import { useStore } from '../../ui/hooks';
import type { GalleryState } from '../gallery-state';
import { describeTransfer } from './change-sentences';
import type { Transfers } from './transfers';
import { UndoLine } from './undo-line';

/** The last copy or move, with a button to undo it. */
export function TransferLine(props: { state: GalleryState; transfers: Transfers }): React.JSX.Element | null {
  const { state, transfers } = props;
  const transfer = useStore(transfers);
  if (transfer?.openItemId !== state.workItemId) return null;
  const { linked, removed, undoing } = transfer;
  const hasChanges = linked.length > 0 || removed.length > 0;
  return (
    <UndoLine
      text={describeTransfer(transfer)}
      undoing={undoing}
      onUndo={hasChanges ? () => void transfers.undo() : undefined}
      onDismiss={transfers.dismiss}
    />
  );
}
