import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { quoteName } from '../../upload/messages/problems';
import type { GalleryState } from '../gallery-state';
import type { Renames } from './renames';
import { UndoLine } from './undo-line';

/** The last rename, with a button to undo it. */
export function RenameLine(props: { state: GalleryState; renames: Renames }): React.JSX.Element | null {
  const { state, renames } = props;
  const { renamed } = useStore(renames);
  if (renamed?.openItemId !== state.workItemId) return null;
  const { file, name, undoing } = renamed;
  return (
    <UndoLine
      text={t('Renamed {name} to {newName}.', { name: quoteName(file.name), newName: quoteName(name) })}
      undoing={undoing}
      onUndo={() => void renames.undo()}
      onDismiss={renames.dismiss}
    />
  );
}
