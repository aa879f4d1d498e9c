import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useLazy, useStore } from '../../ui/hooks';
import { LoadProblem } from '../../ui/load-problem';
import type { InterruptedRunsProps } from './interrupted-runs';

const loadRuns = () => import(/* webpackChunkName: "interrupted-runs" */ './interrupted-runs');

/** Place of interrupted runs. Their code is loaded with the first one. */
export function InterruptedPlace(props: InterruptedRunsProps): React.JSX.Element | null {
  const { isLost, session } = props;
  const isWanted = useStore(session.journal).interruptedPlans.length > 0 || isLost;
  const { module, problem, retry } = useLazy(loadRuns, isWanted);
  if (module) return <module.InterruptedRuns {...props} />;
  return isWanted && problem ? (
    <LoadProblem problem={problem} subject={t('Interrupted upload')} onRetry={retry} />
  ) : null;
}
