import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { DropZone, useFileDrops, useFilePicker } from '../../ui/drop-zone';
import { HoldNotice } from '../../ui/hold-notice';
import { ProblemText } from '../../ui/problem-text';
import { CheckIcon, ChevronIcon, ErrorIcon, LockIcon } from '../../ui/icons';
import { LiveRegion } from '../../ui/live-region';
import { OverallProgress, useOverall } from '../../ui/progress-bar';
import type { UploadActions } from '../../ui/upload-actions';
import { bulkActionsFor } from '../../ui/upload-actions';
import { UploadList } from '../../ui/upload-list';
import { useKeptFocus } from '../../ui/use-focus';
import { useStore } from '../../ui/hooks';
import type { PauseReason, Upload } from '../../upload/upload';
import { isOver } from '../../upload/upload-state';
import type { CheckEdges } from '../../check/check-dialog';
import type { OpenGallery } from './attached-fold';
import { AttachedFold } from './attached-fold';
import { DuplicatePrompt } from './duplicate-prompt';
import { Elsewhere } from './elsewhere';
import type { FormSession } from './form-session';
import type { OpenForm } from './form-state';
import { canAttach, isShownIn } from './form-state';
import { useFailureGroups } from './use-failure-groups';
import { InterruptedUploads, StayOnPageNote } from './interrupted-uploads';
import { MoreActions } from './more-actions';
import { RememberedChoice, SavePrompt } from './save-prompt';

/** Buttons for several uploads at once; nothing if none applies to at least two. */
function BulkActionsBar(props: {
  uploads: readonly Upload[];
  actions: UploadActions;
}): React.JSX.Element | null {
  const { actions } = props;
  const { pause, resume, retry, dismiss } = bulkActionsFor(props.uploads);
  const offers = [
    { key: 'pause', ids: pause, text: t('Pause all'), run: actions.pause },
    { key: 'resume', ids: resume, text: t('Resume all'), run: actions.resume },
    {
      key: 'retry',
      ids: retry,
      text: t('{count, plural, one {Retry all # failed} other {Retry all # failed}}', {
        count: retry.length,
      }),
      run: actions.retry,
    },
    {
      key: 'dismiss',
      ids: dismiss,
      text: t('{count, plural, one {Dismiss all # that failed} other {Dismiss all # that failed}}', {
        count: dismiss.length,
      }),
      run: actions.remove,
    },
  ].filter(({ ids }) => ids.length > 0);
  if (offers.length === 0) return null;
  return (
    <div className="bulk-actions" data-keeps-focus="">
      {offers.map(({ key, ids, text, run }) => (
        <Button key={key} className="text-button" subtle={true} text={text} onClick={() => run(ids)} />
      ))}
    </div>
  );
}

/** The whole form group. */
export function FormGroup(props: {
  session: FormSession;
  /** Missing if attachments cannot be shown. */
  openGallery?: OpenGallery;
  /** Missing if the organization cannot be checked. */
  check?: CheckEdges;
}): React.JSX.Element {
  const { session, openGallery, check } = props;
  const form = useStore(session);
  const isTarget = useFileDrops({
    takesFiles: form.status === 'open' && canAttach(form),
    onDrop: session.attachDropped,
    onPaste: session.attachPasted,
  });
  if (form.status === 'open')
    return (
      <OpenGroup form={form} session={session} isTarget={isTarget} openGallery={openGallery} check={check} />
    );
  return (
    <div className="form-group">
      {form.late ? (
        <Note>
          {form.status === 'connecting'
            ? t('Azure DevOps does not answer, so files cannot be attached here. Reload the page.')
            : t('Azure DevOps has not said which work item this is. Reload the page.')}
        </Note>
      ) : (
        <p className="form-group-note">
          {form.status === 'connecting' ? t('Connecting to Azure DevOps…') : t('Waiting for the work item…')}
        </p>
      )}
    </div>
  );
}

function OpenGroup(props: {
  form: OpenForm;
  session: FormSession;
  isTarget: boolean;
  openGallery: OpenGallery | undefined;
  check: CheckEdges | undefined;
}): React.JSX.Element {
  const { form, session, isTarget, openGallery, check } = props;
  const { queue } = session;
  const all = useStore(queue);
  const hold = useStore(queue.pauseReason);
  const choice = useStore(session.choice);
  const here = all.filter(({ target }) => isShownIn(form, target));
  const open = here.filter(({ state }) => state.status !== 'linked');
  const finished = here.filter(({ state }) => state.status === 'linked');
  const toBeSaved = here.filter(({ state }) => state.status === 'waiting-for-save');
  const { groupNotes, explained } = useFailureGroups(open, queue);
  const overall = useOverall(here);
  const zone = React.useRef<HTMLButtonElement>(null);
  const container = useKeptFocus(() => zone.current);
  const { input, browse } = useFilePicker(session.attachPicked);
  const actions = React.useMemo<UploadActions>(
    () => ({ ...queue, pickAgain: () => browse('files'), pickNewVersion: () => browse('files') }),
    [queue, browse],
  );

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
        attachmentLimit={session.getAttachmentLimit()}
        openGallery={openGallery}
        check={check}
        onTryAgain={session.reload}
        onAttachFolder={canAttach(form) ? () => browse('folder') : undefined}
        onAttachToMore={
          canAttach(form) && form.target.kind === 'work-item' ? session.attachToMore : undefined
        }
      />
      <InterruptedUploads session={session} />
      <DuplicatePrompt session={session} target={form.target} uploads={here} />
      {overall && overall.files > 1 && <OverallProgress overall={overall} />}
      {hold.reason !== 'nothing' && all.some(({ state }) => !isOver(state)) && (
        <HoldNotice hold={hold} onTryNow={queue.resumeNow} />
      )}
      {toBeSaved.length > 0 && (
        <SavePrompt
          files={toBeSaved.length}
          form={form}
          onSave={session.saveAndAttach}
          onAttachNow={session.attachNow}
        />
      )}
      {groupNotes}
      <BulkActionsBar uploads={open.filter(({ id }) => !explained.has(id))} actions={actions} />
      {open.length > 0 && (
        <UploadList
          label={t('Uploads')}
          uploads={open}
          nextId={all.find(({ state }) => state.status === 'queued')?.id}
          hold={hold}
          actions={actions}
          explained={explained}
        />
      )}
      {finished.length > 0 && <FinishedUploads uploads={finished} hold={hold} actions={actions} />}
      <StayOnPageNote uploads={here} journal={session.journal} />
      {form.notShown && (
        <p className="form-group-note">
          {form.notShown === 'unsaved-edits'
            ? t(
                'The form shows the new attachments once you save or refresh it; your unsaved edits were left alone.',
              )
            : t('The form shows the new attachments once you save or refresh it.')}
        </p>
      )}
      <RememberedChoice choice={choice} onAskAgain={session.askAgain} />
      <Elsewhere
        uploads={all.filter((upload) => !here.includes(upload))}
        labelOf={session.labelOf}
        onOpen={session.openWorkItem}
        onDismiss={queue.remove}
      />
      <LiveRegion uploads={here} hold={hold} />
    </div>
  );
}

function FormFacts(props: {
  form: OpenForm;
  attachmentLimit: number;
  openGallery: OpenGallery | undefined;
  check: CheckEdges | undefined;
  onTryAgain: () => void;
  /** Missing if nothing can be attached. */
  onAttachFolder: (() => void) | undefined;
  /** Missing for a new work item. */
  onAttachToMore: (() => void) | undefined;
}): React.JSX.Element {
  const { form, attachmentLimit, openGallery, check, onTryAgain, onAttachFolder, onAttachToMore } = props;
  return (
    <>
      {form.isReadOnly && (
        <p className="form-group-note">
          <LockIcon />
          <span>{t('This work item is read-only for you, so files cannot be attached to it.')}</span>
        </p>
      )}
      {form.problem && (
        <Note>
          <ProblemText problem={form.problem} subject={form.label} />{' '}
          <Button className="text-button" text={t('Try again')} onClick={onTryAgain} />
        </Note>
      )}
      <AttachedFold
        attachmentCount={form.attachmentCount}
        attachmentLimit={attachmentLimit}
        openGallery={openGallery}
      >
        <span className="form-group-ways">
          {onAttachToMore && (
            <Button
              className="text-button"
              subtle={true}
              text={t('More work items…')}
              ariaLabel={t('Attach to more work items…')}
              onClick={onAttachToMore}
            />
          )}
          {onAttachFolder && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Attach a folder')}
              onClick={onAttachFolder}
            />
          )}
          {check && (
            <MoreActions
              check={check}
              openItem={form.target.kind === 'work-item' ? { id: form.target.id } : undefined}
            />
          )}
        </span>
      </AttachedFold>
    </>
  );
}

/** Attached files, folded into one line. */
function FinishedUploads(props: {
  uploads: readonly Upload[];
  hold: PauseReason;
  actions: UploadActions;
}): React.JSX.Element {
  const { uploads, hold, actions } = props;
  const [open, setOpen] = React.useState(false);
  return (
    <div>
      <div className="form-group-finished">
        <button type="button" className="fold-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronIcon open={open} />
          <CheckIcon />
          {t('{count, plural, one {# file attached} other {# files attached}}', { count: uploads.length })}
        </button>
        <Button
          className="text-button"
          subtle={true}
          text={t('Clear')}
          ariaLabel={t('Clear the list of attached files')}
          onClick={() => actions.remove(uploads.map(({ id }) => id))}
        />
      </div>
      {open && <UploadList label={t('Attached files')} uploads={uploads} hold={hold} actions={actions} />}
    </div>
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
