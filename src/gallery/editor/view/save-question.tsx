import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { Dialog } from '../../../ui/dialog';
import { describeError, quoteName } from '../../../upload/messages/problems';
import type { GallerySession } from '../../gallery-session';
import type { AttachedFile } from '../../model/attached-file';
import { EditorProblem } from '../editor-problem';
import { flatten } from '../flatten';
import { shapesOf } from '../model/drawing';
import type { Editor } from '../model/editor';
import { editedName, replacedName } from '../result-name';
import { describeEditorProblem } from './editor-sentences';

/** Asks what happens to the original, and saves the edited image. Stays open until it is attached. */
export function SaveQuestion(props: {
  file: AttachedFile;
  session: Pick<GallerySession, 'replacements' | 'getSnapshot'>;
  picture: ImageBitmap;
  editor: Editor;
  onBack: () => void;
  onSaved: () => void;
}): React.JSX.Element {
  const { file, session, picture, editor, onBack, onSaved } = props;
  const [isSaving, setSaving] = React.useState(false);
  const [sentence, setSentence] = React.useState<string>();
  const drawing = editor.getSnapshot().history.present;
  const hasRedactions = shapesOf(drawing, 'redact').length > 0;

  async function save(place: 'replace' | 'beside'): Promise<void> {
    if (isSaving) return;
    setSaving(true);
    setSentence(undefined);
    try {
      const png = await flatten(picture, drawing, editor.size);
      const name = place === 'replace' ? replacedName(file.name) : editedName(file.name);
      const result = new File([png], name, { type: png.type });
      if (await session.replacements.start(file, result, place)) {
        onSaved();
        return;
      }
      const problem = session.getSnapshot().errors.at(-1)?.problem ?? { kind: 'conflict' };
      setSentence(describeError(problem));
    } catch (error) {
      const kind = error instanceof EditorProblem ? error.kind : 'not-encoded';
      setSentence(describeEditorProblem(kind, file.name));
    }
    setSaving(false);
  }

  return (
    <Dialog
      title={t('Save the edited image')}
      onClose={() => {
        if (!isSaving) onBack();
      }}
    >
      <p>
        {t('“Replace” attaches {name} in place of the original.', {
          name: quoteName(replacedName(file.name)),
        })}{' '}
        {t("The original can be restored for up to 28 days. Stapler can't delete it earlier.")}
      </p>
      <p>
        {t('“Keep both” attaches {name} beside it.', { name: quoteName(editedName(file.name)) })}{' '}
        {hasRedactions && t('The original still shows what you redacted.')}
      </p>
      {sentence !== undefined && (
        <p className="field-error" role="alert">
          {sentence}
        </p>
      )}
      <p className="quiet" role="status">
        {isSaving && t('Saving…')}
      </p>
      <div className="dialog-buttons">
        <Button text={t('Back')} disabled={isSaving} onClick={onBack} />
        <Button text={t('Keep both')} disabled={isSaving} onClick={() => void save('beside')} />
        <Button primary={true} text={t('Replace')} disabled={isSaving} onClick={() => void save('replace')} />
      </div>
    </Dialog>
  );
}
