import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { describeError, joinSentences } from '../../upload/messages/problems';

/** Result of a change, with a button to undo it. */
export function UndoLine(props: {
  text: string;
  /** An undo in progress, or the reason for its failure. */
  undoing: 'pending' | Problem | undefined;
  /** Missing if nothing was changed. */
  onUndo: (() => void) | undefined;
  onDismiss: () => void;
}): React.JSX.Element {
  const { text, undoing, onUndo, onDismiss } = props;
  return (
    <div className="gallery-job note" data-keeps-focus="">
      <span role="status">
        {joinSentences(text, undoing && undoing !== 'pending' && describeError(undoing))}
      </span>
      <div className="gallery-buttons">
        {onUndo && (
          <Button
            className="text-button"
            text={t('Undo')}
            disabled={undoing === 'pending'}
            onClick={onUndo}
          />
        )}
        <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={onDismiss} />
      </div>
    </div>
  );
}
