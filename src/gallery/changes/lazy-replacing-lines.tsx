import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useLazy, useStore } from '../../ui/hooks';
import { describeError } from '../../upload/messages/problems';
import type { Replacements } from './replacing';

const loadLines = () => import(/* webpackChunkName: "replacing" */ './replacing-lines');

/** The replacements in progress, loaded with the first one. */
export function LazyReplacingLines(props: { replacements: Replacements }): React.JSX.Element | null {
  const isWanted = useStore(props.replacements).size > 0;
  const { module, problem, retry } = useLazy(loadLines, isWanted);
  if (!isWanted) return null;
  if (module) return <module.ReplacingLines {...props} />;
  if (!problem) return null;
  return (
    <p className="note" role="alert">
      <span>{describeError(problem)}</span>
      <Button className="text-button" subtle={true} text={t('Retry')} onClick={retry} />
    </p>
  );
}
