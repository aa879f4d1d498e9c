import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { Upload } from '../../upload/upload';
import { ErrorIcon } from '../../ui/icons';
import { useFileDrops } from '../../ui/drop-zone';
import { useFirstFocus } from '../../ui/use-focus';
import { useStore } from '../../ui/hooks';
import { SwitchedOff } from '../../ui/switched-off';
import { describePanelOff } from '../../upload/messages/switched-off';
import { InterruptedPlace } from './interrupted-place';
import type { PanelSession } from './panel-session';
import { isSwitchedOff } from './panel-state';
import { PlanView } from './plan-view';
import { RunView } from './run-view';

const NONE: readonly Upload[] = [];
/** Store of a panel without a run. */
const NO_UPLOADS = { getSnapshot: () => NONE, subscribe: () => () => undefined };

/** The whole panel. */
export function Panel({ session }: { session: PanelSession }): React.JSX.Element {
  const state = useStore(session);
  const { status, run } = state;
  const isUnresponsive = status === 'unresponsive';
  const isConnected = status !== 'connecting' && !isUnresponsive;
  const uploads = useStore<readonly Upload[]>(run?.run.queue ?? NO_UPLOADS);
  const isFileNeeded = uploads.some((upload) => upload.state.status === 'needs-file');
  const isTarget = useFileDrops({
    takesFiles: isConnected && (run ? isFileNeeded : !isSwitchedOff(state)),
    onDrop: session.attachDropped,
    onPaste: session.attachPasted,
  });
  useFirstFocus(run ? 'run' : 'plan');
  if (!isConnected) {
    return (
      <p className="note panel-connecting" role={isUnresponsive ? 'alert' : undefined}>
        {isUnresponsive && <ErrorIcon />}
        {isUnresponsive
          ? t("Azure DevOps isn't responding. Reload the page.")
          : t('Connecting to Azure DevOps…')}
      </p>
    );
  }
  if (!run && isSwitchedOff(state))
    return (
      <div className="panel panel-off">
        <InterruptedPlace isLost={state.isLost} session={session} />
        <SwitchedOff>{describePanelOff()}</SwitchedOff>
      </div>
    );
  return run ? (
    <RunView planned={run} isTarget={isTarget} session={session} />
  ) : (
    <PlanView state={state} isTarget={isTarget} session={session} />
  );
}
