import * as React from 'react';
import type { Upload } from '../model/upload';
import { isOver } from '../model/upload';
import { FileName } from './file-name';
import { formatBytes } from './format';
import { IconButton } from './icon-button';
import { CrossIcon, ErrorIcon, FileIcon, RetryIcon } from './icons';
import { ProgressBar } from './progress-bar';
import { percentOf } from './progress';
import { describeProblem, describeState, quoteName } from './sentences';
import { useSpeedText } from './use-speed';

/** What a person can do with an upload. */
export interface UploadActions {
  readonly cancel: (ids: readonly string[]) => void;
  readonly retry: (ids: readonly string[]) => void;
  readonly remove: (ids: readonly string[]) => void;
}

/** One upload: what it is, where it stands, and what can be done about it. */
export const UploadRow = React.memo(function UploadRow(props: {
  upload: Upload;
  actions: UploadActions;
}): React.JSX.Element {
  const { upload, actions } = props;
  const { file, state, id } = upload;
  return (
    <div className={`upload-row upload-row-${state.status}`}>
      <FileIcon name={file.name} />
      <div className="upload-row-text">
        <div className="upload-row-line">
          <FileName name={file.name} />
          <span className="upload-row-size">{formatBytes(file.size)}</span>
        </div>
        <UploadStatus upload={upload} />
      </div>
      <div className="upload-row-buttons">
        {state.status === 'failed' && state.retryable && (
          <IconButton label={`Retry ${file.name}`} icon={<RetryIcon />} onClick={() => actions.retry([id])} />
        )}
        {isOver(state) ? (
          <IconButton
            label={`Remove ${file.name} from the list`}
            icon={<CrossIcon />}
            onClick={() => actions.remove([id])}
          />
        ) : (
          state.status !== 'linking' && (
            <IconButton
              label={`Cancel ${file.name}`}
              icon={<CrossIcon />}
              onClick={() => actions.cancel([id])}
            />
          )
        )}
      </div>
    </div>
  );
});

function UploadStatus({ upload }: { upload: Upload }): React.JSX.Element | null {
  const { state, file } = upload;
  if (state.status === 'failed') {
    return (
      <div className="upload-row-problem">
        <ErrorIcon />
        <span>{describeProblem(state.problem, quoteName(file.name))}</span>
      </div>
    );
  }
  // The line that the arrived ones are folded into says it for all of them.
  if (state.status === 'linked') return null;
  if (state.status === 'cancelled') return <div className="upload-row-status">{describeState(upload)}</div>;
  return (
    <>
      <ProgressBar
        label={`Uploading ${file.name}`}
        percent={percentOf(upload)}
        valueText={valueTextOf(upload)}
      />
      {state.status === 'uploading' ? (
        <Sending upload={upload} bytesSent={upload.progress.bytesSent} />
      ) : (
        <div className="upload-row-status">{describeState(upload)}</div>
      )}
    </>
  );
}

function valueTextOf(upload: Upload): string {
  const { state, file } = upload;
  if (state.status !== 'uploading') return describeState(upload);
  return `${percentOf(upload)} %, ${amountOf(upload.progress.bytesSent, file.size)}`;
}

function amountOf(bytesSent: number, size: number): string {
  return `${formatBytes(bytesSent)} of ${formatBytes(size)}`;
}

function Sending({ upload, bytesSent }: { upload: Upload; bytesSent: number }): React.JSX.Element {
  const { file, id } = upload;
  const speed = useSpeedText(id, bytesSent, file.size);
  return (
    <div className="upload-row-status">
      {bytesSent === file.size ? 'Sent, waiting for Azure DevOps to confirm' : amountOf(bytesSent, file.size)}
      {speed && ` · ${speed}`}
    </div>
  );
}
