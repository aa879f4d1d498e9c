import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { describeError, joinSentences, quoteName } from '../../upload/messages/problems';
import type { GalleryState } from '../gallery-state';
import type { Renames } from './renames';

/** The last rename, with a button to undo it. */
export function RenameLine(props: { state: GalleryState; renames: Renames }): React.JSX.Element | null {
  const { state, renames } = props;
  const { renamed } = useStore(renames);
  if (renamed?.openItemId !== state.workItemId) return null;
  const { file, name, undoing } = renamed;
  return (
    <div className="gallery-job note" data-keeps-focus="">
      <span role="status">
        {joinSentences(
          t('Renamed {name} to {newName}.', { name: quoteName(file.name), newName: quoteName(name) }),
          undoing && undoing !== 'pending' && describeError(undoing),
        )}
      </span>
      <div className="gallery-buttons">
        <Button
          className="text-button"
          text={t('Undo')}
          disabled={undoing === 'pending'}
          onClick={() => void renames.undo()}
        />
        <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={renames.dismiss} />
      </div>
    </div>
  );
}
