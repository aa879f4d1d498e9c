import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { MAX_COMMENT_LENGTH } from '../azure/work-item';
import { t } from '../base/i18n/translate';
import type { HeldAnswer, HeldFile } from '../upload/checks/checks-state';
import { describeHeld } from '../upload/messages/checks';
import './check-lines.css';
import './field.css';
import { ErrorIcon } from './icons';
import './save-line.css';

/** Field for the comment on the first of several files, or on all of them. */
export function CommentQuestion(props: {
  held: readonly [HeldFile, ...HeldFile[]];
  onAnswer: (ids: readonly string[], answer: HeldAnswer, comment?: string) => void;
}): React.JSX.Element {
  const { held, onAnswer } = props;
  const [{ file }] = held;
  const [typed, setTyped] = React.useState('');
  const [isForAll, setForAll] = React.useState(false);
  const field = React.useRef<HTMLInputElement>(null);
  const comment = typed.trim();
  const ids = (isForAll ? held : held.slice(0, 1)).map(({ id }) => id);
  const attach = (event: React.FormEvent): void => {
    event.preventDefault();
    if (comment === '') return;
    setTyped('');
    // For the next file.
    field.current?.focus();
    onAnswer(ids, 'attach', comment);
  };
  return (
    <form className="save-line" aria-label={t('Files to check')} data-keeps-focus="" onSubmit={attach}>
      <p className="line-text" role="status">
        <ErrorIcon />
        <span>{describeHeld(file.name, { kind: 'comment' })}</span>
      </p>
      <label className="check-comment">
        {t('Comment')}
        <input
          ref={field}
          type="text"
          className="field"
          value={typed}
          maxLength={MAX_COMMENT_LENGTH}
          autoComplete="off"
          aria-required="true"
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      <div className="save-line-choices">
        <Button type="submit" primary={true} text={t('Attach')} disabled={comment === ''} />
        <Button text={t('Leave out')} onClick={() => onAnswer(ids, 'leave-out')} />
        {held.length > 1 && (
          <label className="save-line-remember">
            <input type="checkbox" checked={isForAll} onChange={({ target }) => setForAll(target.checked)} />
            {t('Do this for all {count, number} files', { count: held.length })}
          </label>
        )}
      </div>
    </form>
  );
}
