import * as React from 'react';
import { formatAmount, formatBytes, formatPercent, listOf } from '../base/format';
import { t } from '../base/i18n/translate';
import { describeState, describeWait } from '../upload/messages/uploads';
import { percentOf } from '../upload/progress';
import type { PauseReason, Upload, UploadState } from '../upload/upload';
import { isAwaitingAnswer, isHeldBack } from '../upload/upload-state';
import { ClockIcon, ErrorIcon, FileIcon, FolderIcon } from './icons';
import { ProblemDetails } from './problem-details';
import { ProblemText } from './problem-text';
import { ProgressBar } from './progress-bar';
import { FileName } from './rich-text';
import type { UploadActions } from './upload-actions';
import { RowButtons } from './upload-actions';
import { useSecondsUntil, useSpeedText } from './hooks';
import { LongList } from './long-list';

/** Lower part of a row: progress, state or error. */
export function UploadStatus({
  upload,
  hold,
  isExplained = false,
}: {
  upload: Upload;
  hold: PauseReason;
  /** Whether a message above the list explains the failure. */
  isExplained?: boolean;
}): React.JSX.Element | null {
  const { state, file } = upload;
  const isCatchingUp = useIsCatchingUp(upload);
  if (state.status === 'failed') {
    return (
      <>
        <div className="upload-row-problem">
          <ErrorIcon />
          <span>{isExplained ? describeState(upload) : <ProblemText problem={state.problem} />}</span>
        </div>
        <ProblemDetails upload={upload} state={state} />
      </>
    );
  }
  // The strip shows attached files.
  if (state.status === 'linked') return null;
  if (
    state.status === 'waiting-for-save' ||
    (state.status === 'uploaded' && isAwaitingAnswer(upload)) ||
    (isHeldBack(upload) && upload.sameFile?.status === 'asking')
  )
    return (
      <div className="upload-row-status upload-row-waits">
        <ClockIcon />
        {describeState(upload)}
      </div>
    );
  return (
    <>
      {state.status !== 'cancelled' && (
        <ProgressBar
          label={t('Uploading {name}', { name: file.name })}
          percent={percentOf(upload)}
          valueText={valueTextOf(upload)}
        />
      )}
      <div className="upload-row-status">
        <Progress upload={upload} hold={hold} isCatchingUp={isCatchingUp} />
      </div>
    </>
  );
}

function Progress(props: { upload: Upload; hold: PauseReason; isCatchingUp: boolean }): React.JSX.Element {
  const { upload, hold, isCatchingUp } = props;
  const { state } = upload;
  if (state.status === 'waiting') return <Waiting state={state} hold={hold} />;
  if (state.status === 'paused') return <>{describePause(upload)}</>;
  if (state.status !== 'uploading' || state.step === 'verifying') return <>{describeState(upload)}</>;
  if (!isCatchingUp) return <Sending upload={upload} />;
  return <>{state.step === 'starting-over' ? describeState(upload) : t('Resending…')}</>;
}

function Waiting(props: {
  state: UploadState & { status: 'waiting' };
  hold: PauseReason;
}): React.JSX.Element {
  const { state, hold } = props;
  const until =
    hold.reason === 'offline' || hold.reason === 'nothing' ? state.until : Math.max(state.until, hold.until);
  const seconds = useSecondsUntil(until);
  return <>{describeWait(state.problem, hold.reason === 'offline' ? 'once-online' : { seconds })}</>;
}

function Sending({ upload }: { upload: Upload }): React.JSX.Element {
  const { file, id, progress } = upload;
  const { bytesSent } = progress;
  const speed = useSpeedText(id, bytesSent, file.size - bytesSent);
  return (
    <>
      {bytesSent === file.size ? t('Finishing…') : amountOf(upload)}
      {speed && ` · ${speed}`}
    </>
  );
}

function valueTextOf(upload: Upload): string {
  const { status } = upload.state;
  if (status !== 'uploading' && status !== 'paused' && status !== 'waiting') return describeState(upload);
  const progress = [formatPercent(percentOf(upload)), amountOf(upload)];
  return listOf(status === 'uploading' ? progress : [describeState(upload), ...progress]);
}

/** Includes the bytes sent, if any. */
function describePause(upload: Upload): string {
  const state = describeState(upload);
  return upload.progress.bytesSent > 0 ? `${state} · ${amountOf(upload)}` : state;
}

function amountOf({ progress, file }: Upload): string {
  return formatAmount(progress.bytesSent, file.size);
}

/**
 * Whether an upload is resending bytes counted before, after a pause, a failure or a restart. Its progress stands
 * still until it has caught up.
 */
export function useIsCatchingUp({ state, progress }: Upload): boolean {
  const { bytesSent } = progress;
  const step = state.status === 'uploading' ? state.step : undefined;
  const start = React.useRef<{ step: typeof step; bytesSent: number }>();
  if (start.current?.step !== step) {
    // A newly shown row does not know the earlier progress, except after a restart.
    const isKnown = start.current !== undefined || step === 'starting-over';
    start.current = { step, bytesSent: isKnown ? bytesSent : 0 };
  }
  const isSending = step === 'sending' || step === 'starting-over';
  return isSending && bytesSent > 0 && bytesSent === start.current?.bytesSent;
}

const ROW_PX = 63;

/** List of uploads of any length. Rows differ in height, since errors need more space. */
export function UploadList(props: {
  /** Accessible name of the list. */
  label: string;
  uploads: readonly Upload[];
  /** Id of the next upload in the queue. */
  nextId?: string | undefined;
  hold: PauseReason;
  actions: UploadActions;
  /** Ids of failed uploads that a message above the list explains. */
  explained?: ReadonlySet<string>;
}): React.JSX.Element {
  const { label, uploads, nextId, hold, actions, explained } = props;
  return (
    <LongList
      label={label}
      rows={uploads}
      keyOf={idOf}
      estimatePx={ROW_PX}
      renderRow={(upload) => (
        <UploadRow
          upload={upload}
          isNext={upload.id === nextId}
          isExplained={explained?.has(upload.id) ?? false}
          hold={hold}
          actions={actions}
        />
      )}
    />
  );
}

function idOf({ id }: Upload): string {
  return id;
}

/** One upload with its name, size, state and buttons. */
const UploadRow = React.memo(function UploadRow(props: {
  upload: Upload;
  /** Whether it is the next one in the queue. */
  isNext: boolean;
  isExplained: boolean;
  hold: PauseReason;
  actions: UploadActions;
}): React.JSX.Element {
  const { upload, isNext, isExplained, hold, actions } = props;
  const { file, state } = upload;
  const isFolder =
    state.status === 'failed' && ['folder-empty', 'folder-unreadable'].includes(state.problem.kind);
  return (
    <div className={`upload-row upload-row-${state.status}`}>
      {isFolder ? <FolderIcon /> : <FileIcon name={file.name} />}
      <div className="upload-row-text">
        <div className="upload-row-line">
          <FileName name={file.name} />
          {!isFolder && <span className="upload-row-size">{formatBytes(file.size)}</span>}
          <RowButtons upload={upload} isNext={isNext} actions={actions} />
        </div>
        <UploadStatus upload={upload} hold={hold} isExplained={isExplained} />
      </div>
    </div>
  );
});
