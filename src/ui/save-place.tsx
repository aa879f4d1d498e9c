import * as React from 'react';
import { t } from '../base/i18n/translate';
import { useLazy, useStore } from './hooks';
import { LoadProblem } from './load-problem';
import type { SavePromptProps } from './save-prompt';

const loadPrompt = () => import(/* webpackChunkName: "save" */ './save-prompt');

/** Place of the question about files and changes that wait for a save. Its code is loaded with the first one. */
export function SavePlace(props: SavePromptProps): React.JSX.Element | null {
  const { gate, workItemId, files } = props;
  const { changes } = useStore(gate);
  const isAsking = files > 0 || changes.some((change) => change.workItemId === workItemId);
  const { module, problem, retry } = useLazy(loadPrompt, isAsking);
  if (module) return <module.SavePrompt {...props} />;
  return problem && isAsking ? (
    <LoadProblem problem={problem} subject={t('The question')} onRetry={retry} />
  ) : null;
}
