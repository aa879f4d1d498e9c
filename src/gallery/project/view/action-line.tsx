import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useLazy } from '../../../ui/hooks';
import { CrossIcon, ErrorIcon, IconButton } from '../../../ui/icons';
import { describeError } from '../../../upload/messages/problems';
import { CLEAN_UP_RUNS } from '../session/hub-action';
import type { HubSession } from '../session/hub-session';
import type { HubState } from '../session/hub-state';

const loadDialog = () => import(/* webpackChunkName: "hub-actions" */ './action-dialog');

/** The open dialog, the results of changes and the reminder of a stopped removal, or the reason why they can't be loaded. */
export function ActionLine(props: { state: HubState; session: HubSession }): React.JSX.Element | null {
  const { action } = props.state;
  const { actions, openCleanUp, closeAction } = props.session;
  const hasRuns = useHasRuns(actions, action === undefined);
  const { module, problem, retry } = useLazy(loadDialog, action !== undefined || hasRuns);
  if (!actions) return null;
  // Results stay after their dialog.
  if (module)
    return (
      <module.Actions {...{ action, hasRuns, dialogs: actions, onOpen: openCleanUp, onClose: closeAction }} />
    );
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

/** Whether there are recorded removals; looks again after each dialog. */
function useHasRuns(actions: HubSession['actions'], isIdle: boolean): boolean {
  const [hasRuns, setHasRuns] = React.useState(false);
  React.useEffect(() => {
    if (isIdle)
      actions
        ?.openDocuments(CLEAN_UP_RUNS)
        .list()
        .then(
          ({ length }) => setHasRuns(length > 0),
          () => undefined,
        );
  }, [actions, isIdle]);
  return hasRuns;
}
