import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useLazy, useStore } from '../../ui/hooks';
import { describeError } from '../../upload/messages/problems';
import type { CommandLinesProps } from './command-lines';

const loadLines = () => import(/* webpackChunkName: "command-lines" */ './command-lines');

/** Progress and results of changes, loaded with the first one. */
export function LazyCommandLines(props: CommandLinesProps): React.JSX.Element | null {
  const { replacements, transfers, renames } = props.session;
  const isReplacing = useStore(replacements).size > 0;
  const hasTransfer = useStore(transfers) !== undefined;
  const hasRenamed = useStore(renames).renamed !== undefined;
  const hasBundled = useStore(props.session.bundling) !== undefined;
  const hasRemoved = props.state.bin.length > 0;
  const isWanted = isReplacing || hasTransfer || hasRenamed || hasBundled || hasRemoved;
  const { module, problem, retry } = useLazy(loadLines, isWanted);
  if (!isWanted) return null;
  if (module) return <module.CommandLines {...props} />;
  if (!problem) return null;
  return (
    <p className="note" role="alert">
      <span>{describeError(problem)}</span>
      <Button className="text-button" subtle={true} text={t('Retry')} onClick={retry} />
    </p>
  );
}
