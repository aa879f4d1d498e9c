import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useLazy } from '../../ui/hooks';
import { describeError } from '../../upload/messages/problems';

const loadLines = () => import(/* webpackChunkName: "policy-differences" */ './compared-lines');

/** Line differences of two texts, with code that is loaded when they are shown. */
export function Differences(props: { before: string; after: string; label: string }): React.JSX.Element {
  const { module, problem, retry } = useLazy(loadLines, true);
  return (
    <div className="settings-differences" role="group" aria-label={props.label} data-keeps-focus="">
      <p className="quiet">{props.label}</p>
      {module && <module.ComparedLines before={props.before} after={props.after} />}
      {!module && !problem && <p className="quiet">{t('Loading…')}</p>}
      {!module && problem && (
        <p role="alert">
          {describeError(problem)}{' '}
          <Button className="text-button" subtle={true} text={t('Retry')} onClick={retry} />
        </p>
      )}
    </div>
  );
}
