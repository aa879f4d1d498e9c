import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useLazy } from '../../../ui/hooks';
import { ErrorIcon } from '../../../ui/icons';
import { describeError } from '../../../upload/messages/problems';
import type { ReportViewProps } from './report-view';

const loadReport = () => import(/* webpackChunkName: "hub-report" */ './report-view');

/** The report, loaded when it is shown first. */
export function LazyReport(props: ReportViewProps): React.JSX.Element {
  const { module, problem, retry } = useLazy(loadReport, true);
  if (module) return <module.ReportView {...props} />;
  if (!problem) return <p className="hub-words quiet">{t('Loading…')}</p>;
  return (
    <div className="note gallery-trouble" role="alert" data-keeps-focus="">
      <ErrorIcon />
      <span>{describeError(problem)}</span>
      <Button className="text-button" subtle={true} text={t('Retry')} onClick={retry} />
    </div>
  );
}
