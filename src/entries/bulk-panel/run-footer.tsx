import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { BulkRun } from '../../bulk/run/bulk-run';
import type { RunState } from '../../bulk/run/run-state';
import { useStore } from '../../ui/hooks';
import type { PanelSession } from './panel-session';

/** Buttons of a run, with a confirmation before the panel is closed during it. */
export function RunFooter(props: {
  run: BulkRun;
  state: RunState;
  /** Summary of the progress. */
  text: string;
  session: PanelSession;
}): React.JSX.Element {
  const { run, state, text, session } = props;
  const { kind } = useStore(session.journal);
  const isCancelling = state.activePhase === 'cancelling';
  const [isAsking, ask] = React.useState(false);
  const answers = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    // Focus the safe answer.
    if (isAsking) answers.current?.querySelector<HTMLElement>('button:last-child')?.focus();
  }, [isAsking]);
  if (isAsking) {
    return (
      <footer className="panel-footer" data-keeps-focus="">
        <p role="alert">
          {kind === 'memory'
            ? t("The remaining files won't be attached. This browser can't resume uploads.")
            : t('You can resume the rest when you reopen this panel.')}
        </p>
        <div className="panel-buttons" ref={answers}>
          <Button text={kind === 'memory' ? t('Close anyway') : t('Close')} onClick={session.close} />
          <Button primary={true} text={t('Keep open')} onClick={() => ask(false)} />
        </div>
      </footer>
    );
  }
  return (
    <footer className="panel-footer" data-keeps-focus="">
      <p className="quiet">{text}</p>
      <div className="panel-buttons">
        {state.activePhase === 'paused' ? (
          <Button primary={true} text={t('Resume')} onClick={run.resume} />
        ) : (
          <Button text={t('Pause')} disabled={isCancelling} onClick={run.pause} />
        )}
        <Button text={t('Cancel')} disabled={isCancelling} onClick={run.cancel} />
        <Button text={t('Close')} onClick={() => ask(true)} />
      </div>
    </footer>
  );
}
