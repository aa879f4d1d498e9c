import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { DownloadContext } from './download-context';

/** Message in place of a file, with buttons for its remedies. */
export function ViewerMessage(props: {
  /** `alert` for an error. */
  role?: 'alert' | 'status';
  /** First remedy, beside the download. */
  action?: { readonly text: string; readonly run: () => void } | undefined;
  children: React.ReactNode;
}): React.JSX.Element {
  const { role, action, children } = props;
  const download = React.useContext(DownloadContext);
  return (
    <div className="preview-words">
      <p role={role}>{children}</p>
      <div className="preview-actions">
        {action && <Button text={action.text} primary={true} onClick={action.run} />}
        {download && <Button text={t('Download')} onClick={download} />}
      </div>
    </div>
  );
}
