import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { DuplicateAnswer } from '../upload/duplicate-questions';
import type { SameFileQuestions } from '../upload/same-file-questions';
import type { SameFileAnswer } from '../upload/same-file-work';
import { describeDuplicate, describeReplaced, describeSameFile } from '../upload/messages/duplicates';
import { describeError, joinSentences } from '../upload/messages/problems';
import type { Upload } from '../upload/upload';
import { Choices } from './choices';
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
  const [first] = uploads;
  if (!first?.duplicate) return null;
  const choices = [
    { answer: 'skip', text: t('Skip') },
    { answer: 'replace', text: t('Replace') },
    ...(first.duplicate.mustReplace ? [] : [{ answer: 'keep-both', text: t('Keep both') } as const]),
  ] as const;
  return (
    <Choices
      label={t('Files already attached')}
      icon={<CopyIcon />}
      text={describeDuplicate(first.file.name, first.duplicate)}
      choices={choices}
      ids={uploads.map(({ id }) => id)}
      onAnswer={onAnswer}
    />
  );
}

/** Question about a file that another work item has; the other ones follow. */
export function SameFilePrompt(props: {
  uploads: readonly Upload[];
  questions: SameFileQuestions;
}): React.JSX.Element | null {
  const { uploads, questions } = props;
  const sameFile = uploads[0]?.sameFile;
  if (sameFile?.status !== 'asking') return null;
  const isLinkSafe = questions.isLinkSafe();
  return (
    <Choices<SameFileAnswer>
      label={t('Files on other work items')}
      icon={<CopyIcon />}
      text={describeSameFile(sameFile.file, isLinkSafe)}
      choices={[
        { answer: 'link', text: t('Link that'), isDefault: isLinkSafe },
        { answer: 'upload', text: t('Upload'), isDefault: !isLinkSafe },
      ]}
      ids={uploads.map(({ id }) => id)}
      onAnswer={questions.answer}
    />
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
