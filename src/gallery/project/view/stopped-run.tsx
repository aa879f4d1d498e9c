import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatMoment } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { CrossIcon, IconButton } from '../../../ui/icons';
import { openRecordedRuns } from '../actions/recorded-runs';
import type { HubDialogs, HubSession } from '../session/hub-session';

/** Reminder of a removal that stopped before its end. */
export function StoppedRun(props: {
  dialogs: HubDialogs;
  onOpen: HubSession['openCleanUp'];
}): React.JSX.Element | null {
  const { dialogs, onOpen } = props;
  const [runs] = React.useState(() => openRecordedRuns(dialogs));
  React.useEffect(() => void runs.read(), [runs]);
  const state = useStore(runs);
  const [closed, setClosed] = React.useState<string>();
  if (state.status !== 'read') return null;
  const run = state.runs.find(
    ({ open, isDismissed, isInProgress }) => open > 0 && !isDismissed && !isInProgress,
  );
  if (!run || run.id === closed) return null;
  const { id, startedAt, files, open } = run;
  return (
    <div className="note hub-stopped" role="status" data-keeps-focus="">
      <span>
        {t(
          '{files, plural, one {The removal of # file on {time} stopped. {open, number} left.} other {The removal of # files on {time} stopped. {open, number} left.}}',
          { files, open, time: formatMoment(new Date(startedAt)) },
        )}
      </span>
      <Button
        className="text-button"
        subtle={true}
        text={t('Resume')}
        onClick={() => onOpen({ kind: 'run', id, resumes: true })}
      />
      <Button
        className="text-button"
        subtle={true}
        text={t('Restore…')}
        onClick={() => onOpen({ kind: 'run', id, resumes: false })}
      />
      <IconButton
        label={t('Close')}
        icon={<CrossIcon />}
        onClick={() => {
          setClosed(id);
          void runs.dismiss(id);
        }}
      />
    </div>
  );
}
