import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { Dialog } from '../../ui/dialog';
import { writeVolumeComment } from '../../upload/volumes/volume-mark';
import { describeError, quoteName } from '../../upload/messages/problems';
import type { GallerySession } from '../gallery-session';

/** Shortest comment with a visible character count. */
const MIN_COUNTED_LENGTH = 200;

/** Maximum length of a comment: the volumes of a split file have their marks as well. */
function maxLengthFor({ volumes }: AttachedFile): number {
  const marks = volumes?.volumes.flatMap((volume) => volume?.mark ?? []) ?? [];
  const taken = marks.map((mark) => writeVolumeComment({ comment: '', mark }).length + 1);
  return MAX_COMMENT_LENGTH - Math.max(0, ...taken);
}

/** Edits the comment of a file. Keeps the text when saving fails. */
export function CommentDialog(props: {
  file: AttachedFile;
  session: GallerySession;
  onClose: () => void;
}): React.JSX.Element {
  const { file, session, onClose } = props;
  const [comment, setComment] = React.useState(file.comment);
  const [problem, setProblem] = React.useState<Problem>();
  const [isSaving, setSaving] = React.useState(false);
  const field = React.useRef<HTMLTextAreaElement>(null);
  const noteId = React.useRef(`comment-note-${Math.random().toString(36).slice(2)}`);
  React.useEffect(() => field.current?.select(), []);
  const limit = maxLengthFor(file);
  const isTooLong = comment.length > limit;

  async function save(): Promise<void> {
    if (isTooLong || isSaving) return;
    setSaving(true);
    try {
      if (comment !== file.comment) await session.changeComment(file, comment);
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
      setSaving(false);
    }
  }

  return (
    <Dialog title={t('Edit comment for {name}', { name: quoteName(file.name) })} onClose={onClose}>
      <label className="field-block">
        <span className="field-label">{t('Comment')}</span>
        <textarea
          ref={field}
          className="field"
          rows={3}
          value={comment}
          aria-invalid={isTooLong}
          aria-describedby={noteId.current}
          onChange={({ target }) => setComment(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void save();
          }}
        />
      </label>
      <p id={noteId.current} className={isTooLong ? 'field-error' : 'quiet'} role="status">
        {comment.length >= Math.min(MIN_COUNTED_LENGTH, limit) &&
          t('{count, number} of {limit, number} characters', {
            count: comment.length,
            limit,
          })}
      </p>
      {problem && (
        <p className="field-error" role="alert">
          {describeError(problem)}
        </p>
      )}
      <div className="dialog-buttons">
        <Button text={t('Cancel')} onClick={onClose} />
        <Button
          primary={true}
          text={isSaving ? t('Saving…') : t('Save')}
          disabled={isTooLong || isSaving}
          onClick={() => void save()}
        />
      </div>
    </Dialog>
  );
}
