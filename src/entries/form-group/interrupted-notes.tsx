import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatBytes, formatSeconds } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { joinSentences } from '../../upload/messages/problems';
import { describeInterrupted, describeStopped } from '../../upload/messages/interrupted';
import type { KeptBatch, KeptUpload } from '../../upload/recovery/journal/kept-batch';
import { interruptedFor, isResumable } from '../../upload/recovery/resume-interrupted';
import { useSecondsUntil, useStore } from '../../ui/hooks';
import { CheckIcon, ClockIcon, CrossIcon, ErrorIcon, FileIcon, IconButton } from '../../ui/icons';
import { LongList } from '../../ui/long-list';
import '../../ui/save-line.css';
import { FileName, rich } from '../../ui/rich-text';
import type { FormSession } from '../../upload/form/form-session';
import './interrupted-notes.css';

/** Interrupted uploads of closed frames: results, and the choice to resume, stop or discard. */
export function InterruptedNotes({ session }: { session: FormSession }): React.JSX.Element {
  const { interruptedUploads } = session;
  const { workItemId, attached } = useStore(interruptedUploads);
  const { interrupted, setAside } = useStore(session.journal.state);
  const discarding = useStore(interruptedUploads.discarding);
  const left = interrupted.filter(({ id }) => !discarding?.batchIds.has(id));
  const here = interruptedFor(left, workItemId);
  const elsewhere = left.filter((batch) => !here.includes(batch));
  const isAnySetAside = setAside > 0 && !discarding?.isAll;
  return (
    <>
      {attached > 0 && (
        <p className="form-group-note" data-keeps-focus="">
          <CheckIcon />
          <span>
            {t(
              '{count, plural, one {# file was attached while you were away.} other {# files were attached while you were away.}}',
              { count: attached },
            )}
          </span>
          <Button
            className="text-button"
            subtle={true}
            text={t('Dismiss')}
            onClick={interruptedUploads.dismiss}
          />
        </p>
      )}
      {/* The focus moves from a button to the undo, and back. */}
      <div className="interrupted-here" data-keeps-focus="">
        {discarding?.isFinal === false && discarding.files > 0 && (
          <DiscardedNote files={discarding.files} interruptedUploads={interruptedUploads} />
        )}
        {workItemId !== undefined && here.some(({ uploads }) => uploads.some(isResumable)) && (
          <InterruptedHere batches={here} workItemId={workItemId} interruptedUploads={interruptedUploads} />
        )}
      </div>
      {groupsOf(elsewhere).map(([id, batches]) => (
        <InterruptedElsewhere key={id} workItemId={id} batches={batches} session={session} />
      ))}
      {isAnySetAside && (
        <p className="form-group-note">
          <ErrorIcon />
          <span>
            {t(
              "{count, plural, one {Stapler couldn't restore an earlier upload. Check that its files are attached.} other {Stapler couldn't restore # earlier uploads. Check that their files are attached.}}",
              { count: setAside },
            )}
          </span>
        </p>
      )}
      {(left.length > 0 || isAnySetAside) && (
        <p className="form-group-forget">
          <Button
            className="text-button"
            subtle={true}
            text={t('Discard all interrupted uploads')}
            onClick={interruptedUploads.discardAll}
          />
        </p>
      )}
    </>
  );
}

function DiscardedNote(props: {
  files: number;
  interruptedUploads: FormSession['interruptedUploads'];
}): React.JSX.Element {
  const { files, interruptedUploads } = props;
  return (
    <div className="form-group-note">
      <CheckIcon />
      <span role="status">
        {t(
          '{count, plural, one {# interrupted upload was discarded.} other {# interrupted uploads were discarded.}}',
          { count: files },
        )}
      </span>
      <Button className="text-button" text={t('Undo')} onClick={interruptedUploads.undoDiscard} />
      <IconButton label={t('Dismiss')} icon={<CrossIcon />} onClick={interruptedUploads.finishDiscard} />
    </div>
  );
}

/** Rows of a list that needs no scrolling. */
const MAX_VISIBLE_ROWS = 5;

function InterruptedHere(props: {
  batches: readonly KeptBatch[];
  workItemId: number;
  interruptedUploads: FormSession['interruptedUploads'];
}): React.JSX.Element {
  const { batches, workItemId, interruptedUploads } = props;
  const { stopped, possibleDuplicates, isUnverified, resumesAt } = useStore(interruptedUploads);
  const isStopped = stopped.has(workItemId);
  const seconds = useSecondsUntil(isStopped ? 0 : resumesAt);
  const files = batches.flatMap(({ uploads }) => uploads.filter(({ stage }) => stage !== 'linked'));
  return (
    <div className="save-line" role="group" aria-label={t('Interrupted uploads')}>
      <p className="form-group-note" role="status">
        <ClockIcon />
        <span>
          {joinSentences(
            t('{count, plural, one {# upload was interrupted.} other {# uploads were interrupted.}}', {
              count: files.length,
            }),
            isStopped && describeStopped(possibleDuplicates, isUnverified),
          )}
        </span>
      </p>
      <div className="interrupted-files">
        <LongList
          label={t('Interrupted uploads')}
          rows={files}
          keyOf={idOf}
          estimatePx={ROW_PX}
          isFocusable={files.length > MAX_VISIBLE_ROWS}
          renderRow={({ name, size }) => (
            <div className="interrupted-file">
              <FileIcon name={name} />
              <FileName name={name} />
              <span className="upload-row-size">{formatBytes(size)}</span>
            </div>
          )}
        />
      </div>
      <div className="save-line-choices">
        <Button
          primary={isStopped}
          text={isStopped ? t('Resume') : t('Resume now')}
          onClick={() => void interruptedUploads.resume()}
        />
        {isStopped ? (
          <Button text={t('Discard')} onClick={() => interruptedUploads.discard(workItemId)} />
        ) : (
          <Button text={t('Not now')} onClick={interruptedUploads.stop} />
        )}
        {/* An audible countdown would drown out everything else. */}
        {!isStopped && <span>{t('Resuming in {time}…', { time: formatSeconds(seconds) })}</span>}
      </div>
    </div>
  );
}

const ROW_PX = 24;

function idOf({ id }: KeptUpload): string {
  return id;
}

function InterruptedElsewhere(props: {
  workItemId: number;
  batches: readonly KeptBatch[];
  session: FormSession;
}): React.JSX.Element {
  const { workItemId, batches, session } = props;
  const names = batches.flatMap(({ uploads }) =>
    uploads.filter(({ stage }) => stage !== 'linked').map(({ name }) => name),
  );
  const workItem = (
    <button type="button" className="link-button" onClick={() => session.openWorkItem(workItemId)}>
      {session.labelOf(workItemId)}
    </button>
  );
  return (
    <p className="form-group-note">
      <ClockIcon />
      <span>
        {names.length > 0 ? (
          <>
            {describeInterrupted(names)} {rich('Open {workItem} to resume.', { workItem })}
          </>
        ) : (
          rich(
            '{count, plural, one {# file attached to {workItem}.} other {# files attached to {workItem}.}}',
            { count: batches.flatMap(({ uploads }) => uploads).length, workItem },
          )
        )}
      </span>
      {names.length === 0 && (
        <Button
          className="text-button"
          subtle={true}
          text={t('Dismiss')}
          onClick={() => session.interruptedUploads.discard(workItemId)}
        />
      )}
    </p>
  );
}

/** Groups batches by work item. */
function groupsOf(batches: readonly KeptBatch[]): readonly [number, readonly KeptBatch[]][] {
  const groups = new Map<number, KeptBatch[]>();
  for (const batch of batches) {
    if (batch.target.kind !== 'work-item') continue;
    const { id } = batch.target;
    groups.set(id, [...(groups.get(id) ?? []), batch]);
  }
  return [...groups];
}

/** Advice for a browser without storage. */
export function StayOnPage(): React.JSX.Element {
  return (
    <p className="form-group-note form-group-quiet">
      <span>{t("Keep this page open until uploads finish. They can't resume in this browser.")}</span>
    </p>
  );
}
