import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { Upload } from '../../upload/upload';
import type { UploadActions } from '../../ui/upload-actions';
import { bulkActionsFor } from '../../ui/upload-actions';

/** Buttons for several uploads at once; nothing if none applies to at least two. */
export function BulkActionsBar(props: {
  uploads: readonly Upload[];
  actions: UploadActions;
}): React.JSX.Element | null {
  const { actions } = props;
  const { pause, resume, retry, dismiss } = bulkActionsFor(props.uploads);
  const offers = [
    { key: 'pause', ids: pause, text: t('Pause all'), run: actions.pause },
    { key: 'resume', ids: resume, text: t('Resume all'), run: actions.resume },
    {
      key: 'retry',
      ids: retry,
      text: t('{count, plural, one {Retry all # failed} other {Retry all # failed}}', {
        count: retry.length,
      }),
      run: actions.retry,
    },
    {
      key: 'dismiss',
      ids: dismiss,
      text: t('{count, plural, one {Dismiss all # that failed} other {Dismiss all # that failed}}', {
        count: dismiss.length,
      }),
      run: actions.remove,
    },
  ].filter(({ ids }) => ids.length > 0);
  if (offers.length === 0) return null;
  return (
    <div className="bulk-actions" data-keeps-focus="">
      {offers.map(({ key, ids, text, run }) => (
        <Button key={key} className="text-button" subtle={true} text={text} onClick={() => run(ids)} />
      ))}
    </div>
  );
}
