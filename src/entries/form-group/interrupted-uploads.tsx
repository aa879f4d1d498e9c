import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { KeptBatch } from '../../upload/recovery/journal/kept-batch';
import { isSending } from '../../upload/upload-state';
import type { Upload } from '../../upload/upload';
import { CheckIcon, ClockIcon, ErrorIcon } from '../../ui/icons';
import { rich } from '../../ui/rich-text';
import { describeInterrupted, describeStopped } from '../../upload/messages/work-items';
import { useStore } from '../../ui/hooks';
import { isResumable, interruptedFor } from '../../upload/recovery/resume-interrupted';
import type { FormSession } from './form-session';

/** Interrupted uploads of closed frames: results, and the choice to resume, stop or discard. */
export function InterruptedUploads({ session }: { session: FormSession }): React.JSX.Element {
  const { interruptedUploads } = session;
  const { workItemId, stopped, possibleDuplicates, isUnverified, attached } = useStore(interruptedUploads);
  const { interrupted, setAside } = useStore(session.journal.state);
  const here = interruptedFor(interrupted, workItemId);
  const elsewhere = interrupted.filter((batch) => !here.includes(batch));
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
      {workItemId !== undefined && here.some(({ uploads }) => uploads.some(isResumable)) && (
        <InterruptedHere
          batches={here}
          workItemId={workItemId}
          isStopped={stopped.has(workItemId)}
          possibleDuplicates={possibleDuplicates}
          isUnverified={isUnverified}
          interruptedUploads={interruptedUploads}
        />
      )}
      {groupsOf(elsewhere).map(([id, batches]) => (
        <InterruptedElsewhere key={id} workItemId={id} batches={batches} session={session} />
      ))}
      {setAside > 0 && (
        <p className="form-group-note">
          <ErrorIcon />
          <span>
            {t(
              '{count, plural, one {What was noted of an earlier upload cannot be understood and was set aside. Check that its files are attached.} other {What was noted of # earlier uploads cannot be understood and was set aside. Check that their files are attached.}}',
              { count: setAside },
            )}
          </span>
        </p>
      )}
      {(interrupted.length > 0 || setAside > 0) && (
        <p className="form-group-forget">
          <Button
            className="text-button"
            subtle={true}
            text={t('Forget all interrupted uploads')}
            onClick={() => interruptedUploads.discardAll()}
          />
        </p>
      )}
    </>
  );
}

function InterruptedHere(props: {
  batches: readonly KeptBatch[];
  workItemId: number;
  isStopped: boolean;
  possibleDuplicates: readonly string[];
  isUnverified: boolean;
  interruptedUploads: FormSession['interruptedUploads'];
}): React.JSX.Element {
  const { batches, workItemId, isStopped, possibleDuplicates, isUnverified, interruptedUploads } = props;
  const files = batches.flatMap(({ uploads }) => uploads.filter(({ stage }) => stage !== 'linked'));
  return (
    <div className="save-line" role="group" aria-label={t('Interrupted uploads')} data-keeps-focus="">
      <p className="form-group-note" role="status">
        <ClockIcon />
        <span>
          {describeInterrupted(files.map(({ name }) => name))}{' '}
          {isStopped
            ? describeStopped(files.length, possibleDuplicates, isUnverified)
            : t('Going on in a moment…')}
        </span>
      </p>
      <div className="save-line-choices">
        <Button
          primary={isStopped}
          text={isStopped ? t('Go on') : t('Go on now')}
          onClick={() => void interruptedUploads.resume()}
        />
        {isStopped ? (
          <Button text={t('Forget')} onClick={() => interruptedUploads.discard(workItemId)} />
        ) : (
          <Button text={t('Not now')} onClick={interruptedUploads.stop} />
        )}
      </div>
    </div>
  );
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
            {describeInterrupted(names)} {rich('Open {workItem} to go on.', { workItem })}
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

/** Advice to stay on the page, if nothing is stored for a resume. */
export function StayOnPageNote(props: {
  uploads: readonly Upload[];
  journal: FormSession['journal'];
}): React.JSX.Element | null {
  const { kind } = useStore(props.journal.state);
  if (kind !== 'memory' || !props.uploads.some(({ state }) => isSending(state))) return null;
  return (
    <p className="form-group-note form-group-quiet">
      <span>
        {t(
          'Stay on this page until they have arrived: this browser keeps nothing here that could go on later.',
        )}
      </span>
    </p>
  );
}
