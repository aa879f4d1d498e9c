import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { ATTACHMENTS_PER_WORK_ITEM } from '../model/attachment';
import type { Upload, UploadState } from '../model/upload';
import { isOver } from '../model/upload';
import type { LinkTarget } from '../model/work-item';
import { sameTarget } from '../model/work-item';
import { DropZone } from '../ui/drop-zone';
import { countFiles } from '../ui/format';
import { HoldLine } from '../ui/hold-line';
import { ErrorIcon, FolderIcon, LockIcon } from '../ui/icons';
import { LiveRegion } from '../ui/live-region';
import { OverallProgress } from '../ui/overall-progress';
import { describeProblem } from '../ui/sentences';
import { UploadList } from '../ui/upload-list';
import { useFileDrops } from '../ui/use-file-drops';
import { useFilePicker } from '../ui/use-file-picker';
import { useKeptFocus } from '../ui/use-kept-focus';
import { useOverall } from '../ui/use-overall';
import { useStore } from '../ui/use-store';
import { BulkActionsBar } from './bulk-actions-bar';
import { FinishedUploads } from './finished-uploads';
import type { FormSession, OpenForm } from './form-session';
import { canAttach } from './form-session';

/** Everything that the group shows. */
export function FormGroup({ session }: { session: FormSession }): React.JSX.Element {
  const form = useStore(session);
  const isTarget = useFileDrops({
    takesFiles: form.status === 'open' && canAttach(form),
    onDrop: session.attachDropped,
    onPaste: session.attachPasted,
  });
  if (form.status === 'open') return <OpenGroup form={form} session={session} isTarget={isTarget} />;
  return (
    <div className="form-group">
      {form.late ? (
        <Note>
          {form.status === 'connecting'
            ? 'Azure DevOps does not answer, so files cannot be attached here. Reload the page.'
            : 'Azure DevOps has not said which work item this is. Reload the page.'}
        </Note>
      ) : (
        <p className="form-group-note">
          {form.status === 'connecting' ? 'Connecting to Azure DevOps…' : 'Waiting for the work item…'}
        </p>
      )}
    </div>
  );
}

function OpenGroup(props: { form: OpenForm; session: FormSession; isTarget: boolean }): React.JSX.Element {
  const { form, session, isTarget } = props;
  const { queue } = session;
  const all = useStore(queue);
  const hold = useStore(queue.hold);
  const here = all.filter((upload) => sameTarget(upload.target, form.target));
  const open = here.filter(({ state }) => state.status !== 'linked');
  const finished = here.filter(({ state }) => state.status === 'linked');
  const overall = useOverall(here);
  const zone = React.useRef<HTMLButtonElement>(null);
  const container = useKeptFocus(zone);
  const { input, browse } = useFilePicker(session.attachPicked);

  return (
    <div className="form-group" ref={container}>
      {canAttach(form) && (
        <>
          <DropZone ref={zone} isTarget={isTarget} onBrowse={() => browse('files')} />
          {input}
        </>
      )}
      <FormFacts
        form={form}
        onTryAgain={session.reload}
        onAttachFolder={canAttach(form) ? () => browse('folder') : undefined}
      />
      {overall && overall.files > 1 && <OverallProgress overall={overall} />}
      {hold.reason !== 'nothing' && all.some(({ state }) => !isOver(state)) && (
        <HoldLine hold={hold} onTryNow={queue.goOn} />
      )}
      <BulkActionsBar uploads={open} actions={queue} />
      {open.length > 0 && (
        <UploadList
          label="Uploads"
          uploads={open}
          nextId={all.find(({ state }) => state.status === 'queued')?.id}
          hold={hold}
          actions={queue}
        />
      )}
      {finished.length > 0 && <FinishedUploads uploads={finished} hold={hold} actions={queue} />}
      {form.notShown && (
        <p className="form-group-note">
          The form shows the new attachments once you save or refresh it
          {form.notShown === 'unsaved-edits' && '; your unsaved edits were left alone'}.
        </p>
      )}
      <Elsewhere uploads={all} target={form.target} onDismiss={queue.remove} />
      <LiveRegion uploads={here} hold={hold} />
    </div>
  );
}

function FormFacts(props: {
  form: OpenForm;
  onTryAgain: () => void;
  /** Missing where nothing can be attached. */
  onAttachFolder: (() => void) | undefined;
}): React.JSX.Element {
  const { form, onTryAgain, onAttachFolder } = props;
  return (
    <>
      {form.isReadOnly && (
        <p className="form-group-note">
          <LockIcon />
          <span>This work item is read-only for you, so files cannot be attached to it.</span>
        </p>
      )}
      {form.problem && (
        <Note>
          {describeProblem(form.problem, form.label)}{' '}
          <Button className="text-button" text="Try again" onClick={onTryAgain} />
        </Note>
      )}
      <div className="form-group-facts">
        <span className="form-group-count">
          {form.attachmentCount !== undefined &&
            `${form.attachmentCount} of ${ATTACHMENTS_PER_WORK_ITEM} attachments`}
        </span>
        {onAttachFolder && (
          <Button
            className="text-button"
            subtle={true}
            text="Attach a folder"
            iconProps={{ render: () => <FolderIcon /> }}
            onClick={onAttachFolder}
          />
        )}
      </div>
    </>
  );
}

function Note({ children }: { children: React.ReactNode }): React.JSX.Element {
  return (
    <p className="form-group-note" role="alert">
      <ErrorIcon />
      <span>{children}</span>
    </p>
  );
}

/** The frame is used for one item after another; what still runs, waits or failed for another one is not hidden. */
function Elsewhere(props: {
  uploads: readonly Upload[];
  target: LinkTarget;
  onDismiss: (ids: string[]) => void;
}): React.JSX.Element {
  const groups = new Map<string, string[]>();
  for (const { id, target, state } of props.uploads) {
    if (sameTarget(target, props.target) || state.status === 'linked' || state.status === 'cancelled')
      continue;
    const what = describeElsewhere(target, state);
    groups.set(what, [...(groups.get(what) ?? []), id]);
  }
  return (
    <>
      {Array.from(groups, ([what, ids]) => (
        <p key={what} className="form-group-note">
          <span>
            {countFiles(ids.length)} {what}
          </span>
          {what === ABANDONED && (
            <Button
              className="text-button"
              subtle={true}
              text="Dismiss"
              onClick={() => props.onDismiss(ids)}
            />
          )}
        </p>
      ))}
    </>
  );
}

const ABANDONED = 'attached to nothing: the new work item was closed before it was saved.';

function describeElsewhere(target: LinkTarget, { status }: UploadState): string {
  if (target.kind === 'draft') return status === 'failed' ? ABANDONED : 'on the way to a new work item.';
  if (status === 'failed') return `not attached to work item ${target.id}. Open it to try again.`;
  if (status === 'paused') return `paused, for work item ${target.id}. Open it to go on.`;
  return `on the way to work item ${target.id}.`;
}
