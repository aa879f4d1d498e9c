import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../base/errors';
import { toProblem } from '../base/errors';
import { t } from '../base/i18n/translate';
import { describeError, quoteName } from '../upload/messages/problems';
import { Dialog } from './dialog';

/** Shortest comment with a visible character count. */
const MIN_COUNTED_LENGTH = 200;

/** Edits the comment of a file or link. Keeps the text when saving fails. */
export function CommentDialog(props: {
  name: string;
  comment: string;
  /** Maximum length of the comment, in UTF-16 code units. */
  limit: number;
  /** Called with a changed comment. Rejects with a StaplerError. */
  onSave: (comment: string) => Promise<void>;
  onClose: () => void;
}): React.JSX.Element {
  const { name, comment: before, limit, onSave, onClose } = props;
  const [comment, setComment] = React.useState(before);
  const [problem, setProblem] = React.useState<Problem>();
  const [isSaving, setSaving] = React.useState(false);
  const field = React.useRef<HTMLTextAreaElement>(null);
  const noteId = React.useRef(`comment-note-${Math.random().toString(36).slice(2)}`);
  React.useEffect(() => field.current?.select(), []);
  const isTooLong = comment.length > limit;

  async function save(): Promise<void> {
    if (isTooLong || isSaving) return;
    setSaving(true);
    try {
      if (comment !== before) await onSave(comment);
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
      setSaving(false);
    }
  }

  return (
    <Dialog title={t('Edit comment for {name}', { name: quoteName(name) })} onClose={onClose}>
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
