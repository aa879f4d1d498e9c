import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { Dialog } from '../../ui/dialog';
import { useLazy } from '../../ui/hooks';
import { describeError } from '../../upload/messages/problems';
import type { TargetDialogProps } from './target-dialog';

const loadDialog = () => import(/* webpackChunkName: "target-dialog" */ './target-dialog');

/** The dialog for the target of a copy or move, loaded with the first one. */
export function LazyTargetDialog(props: TargetDialogProps): React.JSX.Element | null {
  const { module, problem } = useLazy(loadDialog, true);
  if (module) return <module.TargetDialog {...props} />;
  if (!problem) return null;
  return (
    <Dialog title={t('Work item')} onClose={props.onClose}>
      <p role="alert">{describeError(problem)}</p>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={props.onClose} />
      </div>
    </Dialog>
  );
}
