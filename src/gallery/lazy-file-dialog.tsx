import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { Dialog } from '../ui/dialog';
import { useLazy } from '../ui/hooks';
import { describeError } from '../upload/messages/problems';
import type { FileDialogProps } from './file-dialog';

const loadDialog = () => import(/* webpackChunkName: "file-dialog" */ './file-dialog');

/** A dialog of the gallery, loaded with the first one. */
export function LazyFileDialog(props: FileDialogProps): React.JSX.Element | null {
  const { module, problem } = useLazy(loadDialog, true);
  if (module) return <module.FileDialog {...props} />;
  if (!problem) return null;
  return (
    <Dialog title={t('Files')} onClose={props.onClose}>
      <p role="alert">{describeError(problem)}</p>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={props.onClose} />
      </div>
    </Dialog>
  );
}
