import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import type { GallerySession } from '../../gallery-session';
import type { AttachedFile } from '../../model/attached-file';
import type { Opened } from './editor-dialog';
import { EditorDialog } from './editor-dialog';
import { SaveQuestion } from './save-question';

/** Props of `EditDialog`. */
export interface EditDialogProps {
  readonly file: AttachedFile;
  readonly session: Pick<GallerySession, 'readBytes' | 'replacements' | 'closePreview' | 'getSnapshot'>;
  readonly onClose: () => void;
}

/** Edits an attached image, then replaces it or attaches the result beside it. */
export function EditDialog(props: EditDialogProps): React.JSX.Element {
  const { file, session, onClose } = props;
  /** The image to save, during the question. */
  const [opened, setOpened] = React.useState<Opened>();
  return (
    <EditorDialog
      name={file.name}
      read={(signal) => session.readBytes(file, signal)}
      closeText={(isOpened) => (isOpened ? t('Cancel') : t('Close'))}
      saveText={t('Save…')}
      onSave={setOpened}
      onClose={onClose}
    >
      {opened && (
        <SaveQuestion
          {...{ file, session, ...opened }}
          onBack={() => setOpened(undefined)}
          onSaved={() => {
            onClose();
            session.closePreview();
          }}
        />
      )}
    </EditorDialog>
  );
}
