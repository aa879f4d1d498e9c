import * as React from 'react';
import { sameTarget, workItemTarget } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import { ChecksPlace } from '../../ui/checks-place';
import { DuplicatePrompt } from '../../ui/duplicate-prompt';
import { Elsewhere } from '../../ui/elsewhere';
import { HoldNotice } from '../../ui/hold-notice';
import { useStore } from '../../ui/hooks';
import { JustAttached } from '../../ui/just-attached';
import { LiveRegion } from '../../ui/live-region';
import { PastedLines } from '../../ui/pasted-lines';
import type { UploadActions } from '../../ui/upload-actions';
import { UploadList } from '../../ui/upload-list';
import type { FormSession } from '../../upload/form/form-session';
import type { Upload } from '../../upload/upload';
import { isOver } from '../../upload/upload-state';
import type { GalleryState } from '../gallery-state';
import { EditPlace } from './edit-place';

/** Uploads of this frame, above the files: those for the work item in the gallery as rows, others as a summary. */
export function UploadPart(props: {
  state: GalleryState;
  session: FormSession;
  /** Opens the file picker. */
  onBrowse: () => void;
}): React.JSX.Element {
  const { state, session, onBrowse } = props;
  const { queue } = session;
  const all = useStore(queue);
  const hold = useStore(queue.pauseReason);
  const here = all.filter(({ target }) => target.kind === 'work-item' && target.id === state.workItemId);
  const rows = here.filter((upload) => !isListed(upload, state));
  const attached = here.filter((upload) => isListed(upload, state));
  const actions = React.useMemo<UploadActions>(
    () => ({
      ...queue,
      retry: session.retry,
      pickAgain: onBrowse,
      pickNewVersion: onBrowse,
      edit: queue.holdForEdit,
    }),
    [queue, session, onBrowse],
  );
  return (
    <>
      {session.checks && (
        <ChecksPlace
          checks={session.checks}
          isShown={(target) => sameTarget(target, workItemTarget(state.workItemId))}
          labelOf={session.labelOf}
          onOpen={session.openWorkItem}
        />
      )}
      <DuplicatePrompt session={session} target={workItemTarget(state.workItemId)} uploads={here} />
      {hold.reason !== 'nothing' && all.some((upload) => !isOver(upload.state)) && (
        <HoldNotice hold={hold} onTryNow={queue.resumeNow} onReload={session.reloadPage} />
      )}
      <PastedLines
        session={session}
        isShown={(target) => sameTarget(target, workItemTarget(state.workItemId))}
      />
      {rows.length > 0 && (
        <UploadList
          label={t('Uploads')}
          uploads={rows}
          nextId={all.find((upload) => upload.state.status === 'queued')?.id}
          hold={hold}
          actions={actions}
        />
      )}
      {attached.length > 0 && (
        <JustAttached
          count={attached.length}
          onAlsoAttach={session.isHidden('bulkPanel') ? undefined : () => session.alsoAttach(attached)}
        />
      )}
      <Elsewhere
        uploads={all.filter((upload) => !here.includes(upload))}
        labelOf={session.labelOf}
        onOpen={session.openWorkItem}
        onDismiss={queue.remove}
      />
      <LiveRegion uploads={here} hold={hold} />
      <EditPlace session={session} fallback={findSearch} />
    </>
  );
}

function findSearch(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.gallery-search');
}

/** Whether the list below shows the file, so that its row can go. */
function isListed({ state }: Upload, { files = [] }: GalleryState): boolean {
  return state.status === 'linked' && files.some(({ reference }) => reference.id === state.reference.id);
}
