import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import type { FocusAfterClose } from '../../../ui/use-modal';
import type { FormSession } from '../../../upload/form/form-session';
import type { Upload } from '../../../upload/upload';
import { EditorProblem } from '../editor-problem';
import { flatten } from '../flatten';
import { replacedName } from '../result-name';
import { describeEditorProblem } from './editor-sentences';
import type { Opened } from './editor-dialog';
import { EditorDialog } from './editor-dialog';

/** Edits the image of an upload before it is sent. The upload waits, and ends or goes on with the dialog. */
export function EditUploadDialog(props: {
  upload: Upload;
  session: Pick<FormSession, 'queue' | 'attachEdited'>;
  /** Element to focus when the row of the upload is gone. */
  fallback: FocusAfterClose;
}): React.JSX.Element {
  const { upload, session, fallback } = props;
  const { id, file } = upload;
  const { queue } = session;
  const [isSaving, setSaving] = React.useState(false);
  const [sentence, setSentence] = React.useState<string>();
  const isGone = React.useRef(false);

  async function attach({ picture, editor }: Opened): Promise<void> {
    setSaving(true);
    setSentence(undefined);
    try {
      const png = await flatten(picture, editor.getSnapshot().history.present, editor.size);
      isGone.current = true;
      session.attachEdited(id, new File([png], replacedName(file.name), { type: png.type }));
    } catch (error) {
      const kind = error instanceof EditorProblem ? error.kind : 'not-encoded';
      setSentence(describeEditorProblem(kind, file.name));
      setSaving(false);
    }
  }

  function leaveOut(): void {
    isGone.current = true;
    queue.cancel([id]);
    queue.remove([id]);
  }

  return (
    <EditorDialog
      name={file.name}
      read={() => Promise.resolve(queue.sourceOf(id) ?? new Blob())}
      closeText={() => t('Skip editing')}
      saveText={t('Done')}
      isSaving={isSaving}
      onSave={(opened) => void attach(opened)}
      onClose={() => queue.resume([id])}
      focusAfterClose={() => (isGone.current ? fallback() : null)}
      firstButton={<Button text={t('Leave out')} disabled={isSaving} onClick={leaveOut} />}
    >
      {sentence === undefined ? (
        <p className="quiet">
          {t('Nothing is sent until you decide. “Skip editing” attaches the image as it is.')}
        </p>
      ) : (
        <p className="field-error" role="alert">
          {sentence}
        </p>
      )}
    </EditorDialog>
  );
}
