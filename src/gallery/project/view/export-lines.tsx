import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { CopyButton, ManualCopy } from '../../../ui/copy-button';
import { useStore } from '../../../ui/hooks';
import { CrossIcon, ErrorIcon, IconButton } from '../../../ui/icons';
import { ProgressBar } from '../../../ui/progress-bar';
import type { ListExport } from '../session/list-export';
import { describeListProblem } from './hub-sentences';

/** Progress of an export, and its result if the frame cannot save files. */
export function ExportLines({ job }: { job: ListExport }): React.JSX.Element | null {
  const state = useStore(job);
  const [refused, setRefused] = React.useState<string>();
  switch (state.status) {
    case 'idle':
      return null;
    case 'writing': {
      const text = t('{done, number} of {total, plural, one {# file} other {# files}} exported', {
        done: state.done,
        total: state.total,
      });
      return (
        <div className="hub-progress" data-keeps-focus="">
          <div className="hub-progress-text">
            <span>{text}</span>
            <ProgressBar
              label={t('Exporting')}
              percent={Math.floor((100 * state.done) / Math.max(1, state.total))}
              valueText={text}
            />
          </div>
          <Button className="text-button" subtle={true} text={t('Cancel')} onClick={job.cancel} />
        </div>
      );
    }
    case 'written':
      return (
        <div className="note gallery-trouble" data-keeps-focus="">
          <span role="status">{t("Files can't be saved here. Copy the list instead.")}</span>
          <CopyButton label={t('Copy')} read={() => state.text} onResult={setRefused} />
          {refused !== undefined && <ManualCopy text={refused} />}
          <IconButton label={t('Close')} icon={<CrossIcon />} onClick={job.cancel} />
        </div>
      );
    case 'outdated':
    case 'failed':
      return (
        <div className="note gallery-trouble" role="alert" data-keeps-focus="">
          <ErrorIcon />
          <span>
            {state.status === 'failed'
              ? describeListProblem(state.problem)
              : t('The list changed during the export. Export it again.')}
          </span>
          <IconButton label={t('Close')} icon={<CrossIcon />} onClick={job.cancel} />
        </div>
      );
  }
}
