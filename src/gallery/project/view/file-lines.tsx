import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { CrossIcon, ErrorIcon, IconButton } from '../../../ui/icons';
import { describeError } from '../../../upload/messages/problems';
import { DownloadLines } from '../../download-lines';
import { describeUnread } from '../../sentences';
import { ZipLine } from '../../zip/zip-line';
import type { HubSession } from '../session/hub-session';
import type { HubState } from '../session/hub-state';

/** Progress and failures of downloads. */
export function FileLines(props: { state: HubState; session: HubSession }): React.JSX.Element | null {
  const { state, session } = props;
  const { fileError, previewed } = state;
  if (!session.files) return null;
  return (
    <>
      <ZipLine job={session.files.zip} />
      {previewed === undefined && <DownloadLines downloads={session.files.downloads} />}
      {previewed === undefined && <FileErrorLine error={fileError} session={session} />}
    </>
  );
}

/** Reason why a file could not be downloaded. */
export function FileErrorLine(props: {
  error: HubState['fileError'];
  session: Pick<HubSession, 'saveParts' | 'dismissFileError'>;
}): React.JSX.Element | null {
  const { error, session } = props;
  if (!error) return null;
  const { name, problem, parts = [] } = error;
  return (
    <div className="note gallery-trouble" role="alert" data-keeps-focus="">
      <ErrorIcon />
      <span>{name === undefined ? describeError(problem) : describeUnread(problem, name)}</span>
      {parts.length > 0 && (
        <Button
          className="text-button"
          subtle={true}
          text={t('{count, plural, one {Save # part} other {Save # parts}}', { count: parts.length })}
          onClick={() => void session.saveParts()}
        />
      )}
      <IconButton label={t('Close')} icon={<CrossIcon />} onClick={session.dismissFileError} />
    </div>
  );
}
