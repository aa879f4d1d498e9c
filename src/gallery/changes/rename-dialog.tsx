import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { Dialog } from '../../ui/dialog';
import { quoteName } from '../../upload/messages/problems';
import type { GallerySession } from '../gallery-session';
import type { AttachedFile } from '../model/attached-file';
import { NameInput, useNameEditor } from './name-field';

/** Renames a file without a row of its own, such as the one in the preview. */
export function RenameDialog(props: {
  file: AttachedFile;
  session: Pick<GallerySession, 'renames'>;
  onClose: () => void;
}): React.JSX.Element {
  const { file, session, onClose } = props;
  const editor = useNameEditor(file, session, onClose);
  return (
    <Dialog title={t('Rename {name}', { name: quoteName(file.name) })} onClose={onClose}>
      <NameInput file={file} editor={editor} />
      <div className="dialog-buttons">
        <Button text={t('Cancel')} onClick={onClose} />
        <Button
          primary={true}
          text={editor.isSaving ? t('Saving…') : t('Rename')}
          disabled={editor.isSaving}
          onClick={() => void editor.save()}
        />
      </div>
    </Dialog>
  );
}
