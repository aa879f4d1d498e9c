import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { CheckLinesProps } from './check-lines';
import { useLazy, useStore } from './hooks';
import { LoadProblem } from './load-problem';

const loadLines = () => import(/* webpackChunkName: "checks" */ './check-lines');

/** Place of the questions and facts about files before their upload. Their code is loaded with the first one. */
export function ChecksPlace(props: CheckLinesProps): React.JSX.Element | null {
  const { checks } = props;
  const { checking, held, notes } = useStore(checks);
  const { module, problem, retry } = useLazy(
    loadLines,
    held.length + notes.length > 0 || checking.some(({ isSlow }) => isSlow),
  );
  if (module) return <module.CheckLines {...props} />;
  return problem && held.length > 0 ? (
    <LoadProblem problem={problem} subject={t('The check of files')} onRetry={retry} />
  ) : null;
}
