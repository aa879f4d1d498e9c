import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { UploadActions } from '../../ui/upload-actions';
import { bulkActionsFor } from '../../ui/upload-actions';
import type { Upload } from '../../upload/upload';

/** Buttons to pause and resume all uploads; nothing if neither applies to at least two. */
export function PauseButtons(props: {
  uploads: readonly Upload[];
  actions: UploadActions;
}): React.JSX.Element {
  const { uploads, actions } = props;
  const { pause, resume } = bulkActionsFor(uploads);
  const offers = [
    { key: 'pause', ids: pause, text: t('Pause all'), run: actions.pause },
    { key: 'resume', ids: resume, text: t('Resume all'), run: actions.resume },
  ].filter(({ ids }) => ids.length > 0);
  return (
    <span className="command-row-pause" data-keeps-focus="">
      {offers.map(({ key, ids, text, run }) => (
        <Button key={key} className="text-button" subtle={true} text={text} onClick={() => run(ids)} />
      ))}
    </span>
  );
}
