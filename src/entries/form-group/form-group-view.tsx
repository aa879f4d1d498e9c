import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { FilePicker } from '../../ui/drop-zone';
import { DropZone, useFileDrops, useFilePicker } from '../../ui/drop-zone';
import { HoldNotice } from '../../ui/hold-notice';
import { ProblemText } from '../../ui/problem-text';
import { ErrorIcon } from '../../ui/icons';
import { LiveRegion } from '../../ui/live-region';
import { PastedLines } from '../../ui/pasted-lines';
import { useOverall } from '../../ui/progress-bar';
import type { UploadActions } from '../../ui/upload-actions';
import { useKeptFocus } from '../../ui/use-focus';
import { useLazy, useStore } from '../../ui/hooks';
import { asReadProblem } from '../../upload/messages/problems';
import { isOver } from '../../upload/upload-state';
import type { CheckEdges } from '../../check/check-dialog';
import { EditPlace } from '../../gallery/uploads/edit-place';
import type { OpenGallery } from './attached-files';
import { AttachedFiles } from './attached-files';
import type { Command } from './command-row';
import { CommandRow } from './command-row';
import { ChecksPlace } from '../../ui/checks-place';
import { DuplicatePrompt } from '../../ui/duplicate-prompt';
import { ElsewherePlace } from '../../ui/elsewhere-place';
import type { FormSession } from '../../upload/form/form-session';
import type { OpenForm } from '../../upload/form/form-state';
import { canAttach, isShownIn } from '../../upload/form/form-state';
import { useFailureGroups } from './use-failure-groups';
import { InterruptedUploads, StayOnPageNote } from './interrupted-uploads';
import { SavePlace } from '../../ui/save-place';
import { Uploads } from './uploads';

// Together with the pause buttons, for which it loads at the same time.
const loadOverall = () => import(/* webpackChunkName: "pause" */ '../../ui/overall-progress');
const loadFullZone = () => import(/* webpackChunkName: "full-zone" */ './full-zone');

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
            ? t("Azure DevOps isn't responding. Reload the page.")
            : t("Stapler can't tell which work item this is. Reload the page.")}
        </Note>
      ) : (
        <p className="form-group-note">
          {form.status === 'connecting' ? t('Connecting to Azure DevOps…') : t('Loading the work item…')}
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
  const choice = useStore(session.gate.choice);
  const here = all.filter(({ target }) => isShownIn(form, target));
  const open = here.filter(({ state }) => state.status !== 'linked');
  const toBeSaved = here.filter(({ state }) => state.status === 'waiting-for-save');
  const attached = here.filter(({ state }) => state.status === 'linked');
  const overall = useOverall(here);
  const isSeveral = (overall?.files ?? 0) > 1;
  const { module: bar } = useLazy(loadOverall, isSeveral);
  const [isUnfolded, setUnfolded] = React.useState(false);
  const limit = session.getAttachmentLimit();
  const isFull = (form.attachmentCount ?? 0) >= limit;
  const { module: full } = useLazy(loadFullZone, isFull || form.isReadOnly);
  const zone = React.useRef<HTMLButtonElement>(null);
  const container = useKeptFocus(() => zone.current);
  const { input, browse } = useFilePicker(session.attachPicked);
  const actions = React.useMemo<UploadActions>(
    () => ({
      ...queue,
      retry: session.retry,
      pickAgain: () => browse('files'),
      pickNewVersion: () => browse('files'),
      edit: queue.holdForEdit,
    }),
    [queue, session, browse],
  );
  const { groupNotes, explained } = useFailureGroups(open, actions);

  return (
    <div className="form-group" ref={container}>
      {canAttach(form) && (
        <>
          {isFull && !isTarget && full ? (
            <full.FullZone ref={zone} limit={limit} onShow={() => setUnfolded(true)} />
          ) : (
            <DropZone ref={zone} isTarget={isTarget} onBrowse={() => browse('files')} />
          )}
          {input}
        </>
      )}
      <CommandRow
        commands={canAttach(form) ? commandsFor(form, session, isFull ? undefined : browse) : []}
        uploads={here}
        actions={actions}
        choice={canAttach(form) ? choice : undefined}
        onChoose={session.chooseForEdits}
        pasteChoice={session.pasted.choice}
        checkSettings={session.settings}
        session={session}
        check={check}
        openItem={form.target.kind === 'work-item' ? { id: form.target.id } : undefined}
      />
      {form.isReadOnly && full && <full.ReadOnlyNote />}
      {form.problem && (
        <Note action={<Button className="text-button" text={t('Retry')} onClick={session.reload} />}>
          <ProblemText problem={asReadProblem(form.problem)} />
        </Note>
      )}
      <InterruptedUploads session={session} />
      {session.checks && (
        <ChecksPlace
          checks={session.checks}
          isShown={(target) => isShownIn(form, target)}
          labelOf={session.labelOf}
          onOpen={session.openWorkItem}
        />
      )}
      <DuplicatePrompt session={session} target={form.target} uploads={here} />
      {overall && isSeveral && bar && <bar.OverallProgress overall={overall} />}
      {hold.reason !== 'nothing' && all.some(({ state }) => !isOver(state)) && (
        <HoldNotice hold={hold} onTryNow={queue.resumeNow} onReload={session.reloadPage} />
      )}
      <SavePlace
        gate={session.gate}
        hostId={form.hostId}
        workItemId={form.target.kind === 'work-item' ? form.target.id : undefined}
        files={toBeSaved.length}
      />
      <PastedLines session={session} isShown={(target) => isShownIn(form, target)} />
      {groupNotes}
      {open.length > 0 && (
        <Uploads
          label={t('Uploads')}
          uploads={open}
          nextId={all.find(({ state }) => state.status === 'queued')?.id}
          hold={hold}
          actions={actions}
          explained={explained}
        />
      )}
      <ElsewherePlace
        uploads={all.filter((upload) => !here.includes(upload))}
        labelOf={session.labelOf}
        onOpen={session.openWorkItem}
        onDismiss={queue.remove}
      />
      {form.attachmentCount !== undefined && (
        <AttachedFiles
          attachmentCount={form.attachmentCount}
          attachmentLimit={limit}
          justAttached={attached.length}
          onAlsoAttach={session.isHidden('bulkPanel') ? undefined : () => session.alsoAttach(attached)}
          notShown={form.notShown}
          openGallery={openGallery}
          isUnfolded={isUnfolded}
          onFold={setUnfolded}
        />
      )}
      <StayOnPageNote uploads={here} journal={session.journal} />
      <LiveRegion uploads={here} hold={hold} />
      <EditPlace session={session} fallback={() => zone.current} />
    </div>
  );
}

function commandsFor(
  { target }: OpenForm,
  session: FormSession,
  /** Missing if the work item is full. */
  browse: FilePicker['browse'] | undefined,
): readonly Command[] {
  const attachToMore: Command = {
    key: 'attach-to-more',
    text: t('Attach to multiple work items…'),
    onSelect: session.attachToMore,
  };
  const pick: readonly Command[] = browse
    ? [
        { key: 'browse', text: t('Browse'), onSelect: () => browse('files') },
        { key: 'folder', text: t('Folder'), label: t('Attach a folder'), onSelect: () => browse('folder') },
      ]
    : [];
  return [...pick, ...(target.kind === 'work-item' && !session.isHidden('bulkPanel') ? [attachToMore] : [])];
}

function Note(props: { children: React.ReactNode; action?: React.JSX.Element }): React.JSX.Element {
  return (
    <p className="form-group-note" role="alert">
      <ErrorIcon />
      <span>{props.children}</span>
      {props.action}
    </p>
  );
}
