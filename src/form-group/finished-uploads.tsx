import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../i18n/translate';
import type { Upload } from '../model/upload';
import { CheckIcon, ChevronIcon } from '../ui/icons';
import type { Hold } from '../ui/sentences';
import type { UploadActions } from '../ui/upload-actions';
import { UploadList } from '../ui/upload-list';

/** What has arrived, folded into one line that can be opened. */
export function FinishedUploads(props: {
  uploads: readonly Upload[];
  hold: Hold;
  actions: UploadActions;
}): React.JSX.Element {
  const { uploads, hold, actions } = props;
  const [open, setOpen] = React.useState(false);
  return (
    <div>
      <div className="form-group-finished">
        <button type="button" className="fold-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronIcon open={open} />
          <CheckIcon />
          {t('{count, plural, one {# file attached} other {# files attached}}', { count: uploads.length })}
        </button>
        <Button
          className="text-button"
          subtle={true}
          text={t('Clear')}
          ariaLabel={t('Clear the list of attached files')}
          onClick={() => actions.remove(uploads.map(({ id }) => id))}
        />
      </div>
      {open && <UploadList label={t('Attached files')} uploads={uploads} hold={hold} actions={actions} />}
    </div>
  );
}
