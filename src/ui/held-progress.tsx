import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatPercent } from '../base/format';
import { t } from '../base/i18n/translate';
import type { HeldFile } from '../upload/checks/checks-state';
import { ProgressBar } from './progress-bar';

/** Progress of the work that the user has decided on. */
export function HeldProgress(props: {
  /** Name of the question. */
  label: string;
  text: string;
  held: Pick<HeldFile, 'progress'>;
  onStop: () => void;
}): React.JSX.Element {
  const { label, text, held, onStop } = props;
  const percent = Math.floor(100 * (held.progress ?? 0));
  return (
    <div className="save-line" role="group" aria-label={label} data-keeps-focus="">
      <p className="line-text" role="status">
        <span>{text}</span>
      </p>
      <ProgressBar label={text} percent={percent} valueText={formatPercent(percent)} />
      <div className="save-line-choices">
        <Button text={t('Cancel')} onClick={onStop} />
      </div>
    </div>
  );
}
