import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatAmount, formatPercent, listOf } from '../base/format';
import { t } from '../base/i18n/translate';
import { ProgressBar } from '../ui/progress-bar';

/** Progress of moving bytes, with a button to cancel. */
export function ProgressLine(props: {
  text: string;
  /** Accessible name of the progress bar. */
  label: string;
  bytesDone: number;
  bytesTotal: number;
  /** Highest percentage before the end. Default: 100. */
  maxPercent?: number;
  /** Accessible name of the button. Default: its text. */
  cancelLabel?: string;
  onCancel: () => void;
}): React.JSX.Element {
  const { text, label, bytesDone, bytesTotal, maxPercent = 100, cancelLabel, onCancel } = props;
  const percent = Math.min(maxPercent, Math.floor((100 * bytesDone) / Math.max(1, bytesTotal)));
  const amount = formatAmount(bytesDone, bytesTotal);
  return (
    <>
      <div className="gallery-job-progress">
        <div className="gallery-job-words">
          <span>{text}</span>
          <span className="quiet">{amount}</span>
        </div>
        <ProgressBar label={label} percent={percent} valueText={listOf([formatPercent(percent), amount])} />
      </div>
      <Button
        className="text-button"
        subtle={true}
        text={t('Cancel')}
        {...(cancelLabel !== undefined && { ariaLabel: cancelLabel })}
        onClick={onCancel}
      />
    </>
  );
}
