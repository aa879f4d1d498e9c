import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { DuplicateAnswer } from '../upload/duplicate-questions';
import { describeDuplicate, describeReplaced } from '../upload/messages/duplicates';
import { describeError, joinSentences } from '../upload/messages/problems';
import type { Upload } from '../upload/upload';
import { useStore } from './hooks';
import { CheckIcon, CopyIcon, CrossIcon, ErrorIcon, IconButton } from './icons';
import './save-line.css';
import type { FormSession } from '../upload/form/form-session';

/** Question about a file that may be attached already; the other ones follow. */
export function Question(props: {
  uploads: readonly Upload[];
  onAnswer: (ids: readonly string[], answer: DuplicateAnswer) => void;
}): React.JSX.Element | null {
  const { uploads, onAnswer } = props;
  const [isForAll, setForAll] = React.useState(false);
  const [first] = uploads;
  if (!first?.duplicate) return null;
  const choices = [
    ['skip', t('Skip')],
    ['replace', t('Replace')],
    ...(first.duplicate.mustReplace ? [] : [['keep-both', t('Keep both')] as const]),
  ] as const;
  return (
    <div className="save-line" role="group" aria-label={t('Files already attached')} data-keeps-focus="">
      <p className="line-text" role="status">
        <CopyIcon />
        <span>{describeDuplicate(first.file.name, first.duplicate)}</span>
      </p>
      <div className="save-line-choices">
        {choices.map(([answer, text]) => (
          <Button
            key={answer}
            text={text}
            onClick={() => onAnswer(isForAll ? uploads.map(({ id }) => id) : [first.id], answer)}
          />
        ))}
        {uploads.length > 1 && (
          <label className="save-line-remember">
            <input type="checkbox" checked={isForAll} onChange={(event) => setForAll(event.target.checked)} />
            {t('Do this for all {count, number} files', { count: uploads.length })}
          </label>
        )}
      </div>
    </div>
  );
}

/** Replacements of attachments in the work item, with an undo. */
export function ReplacedNote(props: {
  replaced: FormSession['replaced'];
  workItemId: number;
}): React.JSX.Element | null {
  const { replaced, workItemId } = props;
  const { files, isUndoing, problem } = useStore(replaced);
  const here = files.filter((file) => file.workItemId === workItemId);
  if (here.length === 0) return null;
  const names = here.map(({ former }) => former.name);
  return (
    <div className="line-text" data-keeps-focus="">
      {problem ? <ErrorIcon /> : <CheckIcon />}
      <span role="status">{joinSentences(describeReplaced(names), problem && describeError(problem))}</span>
      <Button
        className="text-button"
        disabled={isUndoing}
        text={t('Undo')}
        onClick={() => void replaced.undo(workItemId)}
      />
      <IconButton label={t('Dismiss')} icon={<CrossIcon />} onClick={replaced.dismiss} />
    </div>
  );
}
