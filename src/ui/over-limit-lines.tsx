import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { HeldAnswer, HeldFile, HeldReason } from '../upload/checks/checks-state';
import type { FileChecks } from '../upload/checks/file-checks';
import { askForLink } from '../upload/file-links/link-requests';
import {
  describeImpossible,
  describeOption,
  describeOverLimit,
  isPossible,
} from '../upload/messages/over-limit';
import type { Choice } from './choices';
import { Choices } from './choices';
import { HeldProgress } from './held-progress';
import { ErrorIcon } from './icons';

/** Questions shown at once; the other ones follow. */
const MAX_QUESTIONS = 5;

/** A held file over the limit. */
export type LargeFile = HeldFile & { readonly reason: HeldReason & { kind: 'over-limit' } };

/** Whether a file is held because it is over the limit. */
export function isOverLimit(file: HeldFile): file is LargeFile {
  return file.reason.kind === 'over-limit';
}

/** Questions about files over the limit, one for each. */
export function OverLimitLines(props: {
  files: readonly LargeFile[];
  checks: Pick<FileChecks, 'answer' | 'stop'>;
  /** Number of work items that get each file. Default: 1. */
  itemCount?: number | undefined;
}): React.JSX.Element {
  const { files, checks, itemCount } = props;
  return (
    <>
      {files
        .slice(0, MAX_QUESTIONS)
        .map((file) =>
          file.isBusy ? (
            <HeldProgress
              key={file.id}
              label={t('File over the limit')}
              text={t('Preparing {name}…', { name: file.file.name })}
              held={file}
              onStop={() => checks.stop([file.id])}
            />
          ) : (
            <Question
              key={file.id}
              file={file}
              others={files}
              itemCount={itemCount}
              onAnswer={checks.answer}
            />
          ),
        )}
      {files.length > MAX_QUESTIONS && (
        <p className="line-text quiet">
          {t(
            '{count, plural, one {# more file is over the limit.} other {# more files are over the limit.}}',
            {
              count: files.length - MAX_QUESTIONS,
            },
          )}
        </p>
      )}
    </>
  );
}

function Question(props: {
  file: LargeFile;
  others: readonly LargeFile[];
  itemCount: number | undefined;
  onAnswer: FileChecks['answer'];
}): React.JSX.Element {
  const { file, others, itemCount, onAnswer } = props;
  const { id, file: facts, reason } = file;
  const kinds = kindsOf(file);
  const alike = others.filter((other) => other.id !== id && !other.isBusy && kindsOf(other) === kinds);
  const notes = reason.options.flatMap((option) => describeImpossible(option) ?? []);
  if (kinds.includes('split'))
    notes.push(t('Stapler shows the parts as one file. Others join them with 7-Zip, cat or copy /b.'));
  return (
    <Choices
      label={t('File over the limit')}
      icon={<ErrorIcon />}
      text={describeOverLimit(facts, reason)}
      choices={choicesFor(file, itemCount)}
      ids={[id, ...alike.map((other) => other.id)]}
      onAnswer={(ids, answer) => (answer === 'link' ? linkInstead(file, onAnswer) : onAnswer(ids, answer))}
    >
      {notes.length > 0 && <p className="check-notes quiet">{notes.join(' ')}</p>}
    </Choices>
  );
}

/** Files with the same options share an answer. */
function kindsOf({ reason }: LargeFile): string {
  return reason.options
    .filter(isPossible)
    .map(({ kind }) => kind)
    .join(' ');
}

/** Asks for the address of the file. It is left out once the work item has the link. */
function linkInstead({ id, file }: LargeFile, onAnswer: FileChecks['answer']): void {
  askForLink({ replacedName: file.name, onLinked: () => onAnswer([id], 'leave-out') });
}

function choicesFor(
  { target, reason }: LargeFile,
  itemCount: number | undefined,
): readonly Choice<HeldAnswer | 'link'>[] {
  return [
    ...reason.options.filter(isPossible).map((option, index) => ({
      ...{ answer: option.kind, text: describeOption(option, itemCount), isDefault: index === 0 },
    })),
    // A new work item has no links before its first save, and a plan has none at all.
    ...(target.kind === 'work-item' ? [{ answer: 'link', text: t('Link instead…') } as const] : []),
    { answer: 'attach', text: t('Attach anyway') },
    { answer: 'leave-out', text: t('Leave out') },
  ];
}
