import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { LinkTarget } from '../azure/work-item';
import { keyOfTarget, sameTarget } from '../azure/work-item';
import { t } from '../base/i18n/translate';
import type { CheckNote, HeldAnswer, HeldFile, HeldReason } from '../upload/checks/checks-state';
import type { FileChecks } from '../upload/checks/file-checks';
import { describeFact, describeHeld, keyOfFact } from '../upload/messages/checks';
import type { Choice } from './choices';
import { Choices } from './choices';
import './check-lines.css';
import { CommentQuestion } from './comment-question';
import { useStore } from './hooks';
import { CheckIcon, ClockIcon, CrossIcon, ErrorIcon, FileIcon, IconButton } from './icons';
import { isHeldForRoom, NoRoomLines } from './no-room-lines';
import { isOverLimit, OverLimitLines } from './over-limit-lines';
import { rich } from './rich-text';

/** Findings shown at once. */
const MAX_LINES = 5;

/** Props of `CheckLines`. */
export interface CheckLinesProps {
  checks: FileChecks;
  /** Whether the user sees the uploads for a target. */
  isShown: (target: LinkTarget) => boolean;
  labelOf: (workItemId: number) => string;
  onOpen: (workItemId: number) => void;
  /** Number of work items that get each file. Default: 1. */
  itemCount?: number;
}

/** Questions and facts about files before their upload, for the work item in view. */
export function CheckLines({
  checks,
  isShown,
  labelOf,
  onOpen,
  itemCount,
}: CheckLinesProps): React.JSX.Element {
  const { checking, held, notes } = useStore(checks);
  const here = held.filter(({ target }) => isShown(target));
  const slow = checking.filter(({ isSlow, target }) => isSlow && isShown(target));
  return (
    <>
      {slow.map(({ id, count, canSkip }) => (
        <div key={id} className="line-text" data-keeps-focus="">
          <ClockIcon />
          <span role="status">
            {t('{count, plural, one {Checking # file…} other {Checking # files…}}', { count })}
          </span>
          {canSkip && <Button className="text-button" text={t('Skip')} onClick={() => checks.skip([id])} />}
        </div>
      ))}
      <HeldQuestion
        held={here.filter((file) => !isOverLimit(file) && !isHeldForRoom(file))}
        onAnswer={checks.answer}
      />
      <NoRoomLines held={here.filter(isHeldForRoom)} checks={checks} />
      <OverLimitLines files={here.filter(isOverLimit)} checks={checks} itemCount={itemCount} />
      {groupNotes(notes.filter(({ target }) => isShown(target))).map((group) => (
        <NoteLine
          key={keyOfFact(group[0].fact)}
          notes={group}
          onUndo={checks.undo}
          onDismiss={checks.dismiss}
        />
      ))}
      {groupByTarget(held.filter(({ target }) => !isShown(target))).map(({ target, count, ids }) => (
        <div key={keyOfTarget(target)} className="line-text" data-keeps-focus="">
          <ErrorIcon />
          <span>
            {target.kind === 'work-item'
              ? rich(
                  '{count, plural, one {# file for {workItem} is waiting for your answer.} other {# files for {workItem} are waiting for your answer.}}',
                  {
                    count,
                    workItem: (
                      <button type="button" className="link-button" onClick={() => onOpen(target.id)}>
                        {labelOf(target.id)}
                      </button>
                    ),
                  },
                )
              : t(
                  '{count, plural, one {# file for a new work item is waiting for your answer.} other {# files for a new work item are waiting for your answer.}}',
                  { count },
                )}
          </span>
          {target.kind === 'draft' && (
            <Button
              className="text-button"
              text={t('Leave out')}
              onClick={() => checks.answer(ids, 'leave-out')}
            />
          )}
        </div>
      ))}
    </>
  );
}

/** Question about the first file that waits; the other ones follow. Those with the same choices can share the answer. */
function HeldQuestion(props: {
  held: readonly HeldFile[];
  onAnswer: FileChecks['answer'];
}): React.JSX.Element | null {
  const { held, onAnswer } = props;
  const [first] = held;
  if (!first) return null;
  const { file, reason, isBusy } = first;
  if (reason.kind === 'over-limit' || reason.kind === 'no-room') return null;
  if (reason.kind === 'comment') {
    const others = held.slice(1).filter((other) => other.reason.kind === reason.kind);
    return <CommentQuestion held={[first, ...others]} onAnswer={onAnswer} />;
  }
  const choices = choicesFor(reason);
  const alike = held.filter((other) => choicesFor(other.reason).length === choices.length);
  return (
    <Choices
      label={t('Files to check')}
      icon={<ErrorIcon />}
      text={describeHeld(file.name, reason)}
      choices={choices}
      ids={alike.map(({ id }) => id)}
      isDisabled={isBusy}
      onAnswer={onAnswer}
    >
      {reason.kind === 'secrets' && <Findings reason={reason} />}
    </Choices>
  );
}

function choicesFor(reason: HeldReason): readonly Choice<HeldAnswer>[] {
  if (reason.kind !== 'unchecked' && reason.kind !== 'secrets') return [];
  const others: readonly Choice<HeldAnswer>[] = [
    { answer: 'attach', text: t('Attach anyway') },
    { answer: 'leave-out', text: t('Leave out') },
  ];
  if (reason.kind === 'unchecked') return [{ answer: 'retry', text: t('Retry'), isDefault: true }, ...others];
  return reason.isMaskable
    ? [{ answer: 'mask', text: t('Mask and attach'), isDefault: true }, ...others]
    : others;
}

/** The lines with secrets, without the secrets. */
function Findings({ reason }: { reason: HeldReason & { kind: 'secrets' } }): React.JSX.Element | null {
  const { findings, count, counts } = reason.found;
  if (findings.length === 0) return null;
  const shown = findings.slice(0, MAX_LINES);
  return (
    <ul className="check-findings" aria-label={t('Lines with secrets')}>
      {shown.map(({ line, column, excerpt }) => (
        <li key={`${line} ${column}`}>
          <span>{t('Line {line, number}', { line })}</span> <code dir="ltr">{excerpt}</code>
        </li>
      ))}
      {!counts && count > shown.length && (
        <li>{t('and {count, number} more', { count: count - shown.length })}</li>
      )}
    </ul>
  );
}

type NoteGroup = readonly [CheckNote, ...CheckNote[]];

function NoteLine(props: {
  notes: NoteGroup;
  onUndo: (notes: readonly CheckNote[]) => void;
  onDismiss: (notes: readonly CheckNote[]) => void;
}): React.JSX.Element {
  const { notes, onUndo, onDismiss } = props;
  const [{ fact, name, original }] = notes;
  const isChange = ['removed', 'masked', 'authors-removed'].includes(fact.kind);
  const canRemove = notes[0].removeAuthors !== undefined;
  const names = notes.map((note) => note.name);
  return (
    <div className="line-text" data-keeps-focus="">
      {isChange ? <CheckIcon /> : <FileIcon name={name} />}
      <span role="status" className={isChange ? undefined : 'quiet'}>
        {describeFact(fact, names)}
      </span>
      {canRemove && (
        <Button
          className="text-button"
          text={t('Remove author')}
          onClick={() => notes.forEach((note) => note.removeAuthors?.(note))}
        />
      )}
      {original && <Button className="text-button" text={t('Undo')} onClick={() => onUndo(notes)} />}
      <IconButton label={t('Dismiss')} icon={<CrossIcon />} onClick={() => onDismiss(notes)} />
    </div>
  );
}

/** Notes that one line describes. */
function groupNotes(notes: readonly CheckNote[]): readonly NoteGroup[] {
  const groups = new Map<string, NoteGroup>();
  for (const note of notes) {
    const key = keyOfFact(note.fact);
    groups.set(key, [...(groups.get(key) ?? []), note] as unknown as NoteGroup);
  }
  return [...groups.values()];
}

function groupByTarget(
  held: readonly HeldFile[],
): readonly { readonly target: LinkTarget; readonly count: number; readonly ids: readonly string[] }[] {
  const targets = held
    .map(({ target }) => target)
    .filter((target, index, all) => all.findIndex((other) => sameTarget(other, target)) === index);
  return targets.map((target) => {
    const ofTarget = held.filter((file) => sameTarget(file.target, target));
    const count = ofTarget.reduce((sum, { reason }) => sum + countOf(reason), 0);
    return { target, count, ids: ofTarget.map(({ id }) => id) };
  });
}

/** Number of files that wait for one decision. */
function countOf(reason: HeldReason): number {
  return reason.kind === 'no-room' ? reason.files.length : 1;
}
