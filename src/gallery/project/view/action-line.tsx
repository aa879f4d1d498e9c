import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useLazy } from '../../../ui/hooks';
import { CrossIcon, ErrorIcon, IconButton } from '../../../ui/icons';
import { describeError } from '../../../upload/messages/problems';
import type { HubSession } from '../session/hub-session';
import type { HubState } from '../session/hub-state';

const loadDialog = () => import(/* webpackChunkName: "hub-actions" */ './action-dialog');

/** The open dialog for chosen files and the results of changes, or the reason why they can't be loaded. */
export function ActionLine(props: { state: HubState; session: HubSession }): React.JSX.Element | null {
  const { action } = props.state;
  const { actions, closeAction } = props.session;
  const { module, problem, retry } = useLazy(loadDialog, action !== undefined);
  if (!actions) return null;
  // Results stay after their dialog.
  if (module) return <module.Actions action={action} dialogs={actions} onClose={closeAction} />;
  if (!action || !problem) return null;
  return (
    <div className="note gallery-trouble" role="alert" data-keeps-focus="">
      <ErrorIcon />
      <span>{describeError(problem)}</span>
      <Button className="text-button" subtle={true} text={t('Retry')} onClick={retry} />
      <IconButton label={t('Close')} icon={<CrossIcon />} onClick={closeAction} />
    </div>
  );
}
