import * as React from 'react';
import { ErrorIcon } from '../ui/icons';
import { useStore } from '../ui/use-store';
import type { PanelSession } from './panel-session';
import { PlanView } from './plan-view';
import { RunView } from './run-view';

/** Everything that the panel shows. */
export function Panel({ session }: { session: PanelSession }): React.JSX.Element {
  const state = useStore(session);
  if (state.status === 'connecting') {
    return (
      <p className="note panel-connecting" role={state.isLate ? 'alert' : undefined}>
        {state.isLate && <ErrorIcon />}
        {state.isLate
          ? 'Azure DevOps does not answer, so files cannot be attached here. Reload the page.'
          : 'Connecting to Azure DevOps…'}
      </p>
    );
  }
  return state.run ? (
    <RunView planned={state.run} session={session} />
  ) : (
    <PlanView state={state} session={session} />
  );
}
