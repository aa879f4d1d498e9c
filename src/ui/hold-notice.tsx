import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { ClockIcon, OfflineIcon } from './icons';
import type { PauseReason } from '../upload/upload';
import { describePauseReason } from '../upload/messages/uploads';
import { useSecondsUntil } from './hooks';
import { RemedyLink } from './problem-text';

/** Reason for the pause of all uploads, with a button to try now. */
export function HoldNotice(props: {
  hold: Exclude<PauseReason, { reason: 'nothing' }>;
  onTryNow: () => void;
  /** Reloads the page, to sign in again. Missing if that would lose the uploads. */
  onReload?: () => void;
}): React.JSX.Element {
  const { hold, onTryNow, onReload } = props;
  const seconds = useSecondsUntil(hold.reason === 'offline' ? 0 : hold.until);
  return (
    // The live region announces it once; an audible countdown would drown out everything else.
    <div className="hold-line" role="status" aria-live="off">
      {hold.reason === 'offline' ? <OfflineIcon /> : <ClockIcon />}
      <span>
        {describePauseReason(hold, seconds)}
        {hold.reason === 'unreachable' && hold.isBlocked && <RemedyLink />}
      </span>
      <div className="hold-line-buttons">
        {hold.reason === 'signed-out' && onReload && (
          <Button className="text-button" text={t('Reload to sign in')} onClick={onReload} />
        )}
        <Button className="text-button" text={t('Retry now')} onClick={onTryNow} />
      </div>
    </div>
  );
}
