import * as React from 'react';
import type { Upload } from '../upload/upload';
import { FileName } from './file-name';
import { formatBytes } from '../base/format';
import { FileIcon } from './icons';
import { RowButtons } from './row-buttons';
import type { PauseReason } from '../upload/upload';
import type { UploadActions } from './upload-actions';
import { UploadStatus } from './upload-status';
import { VirtualList } from './virtual-list';

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
}): React.JSX.Element {
  const { label, uploads, nextId, hold, actions } = props;
  return (
    <VirtualList
      label={label}
      rows={uploads}
      keyOf={idOf}
      estimatePx={ROW_PX}
      renderRow={(upload) => (
        <UploadRow upload={upload} isNext={upload.id === nextId} hold={hold} actions={actions} />
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
  hold: PauseReason;
  actions: UploadActions;
}): React.JSX.Element {
  const { upload, isNext, hold, actions } = props;
  const { file, state } = upload;
  return (
    <div className={`upload-row upload-row-${state.status}`}>
      <FileIcon name={file.name} />
      <div className="upload-row-text">
        <div className="upload-row-line">
          <FileName name={file.name} />
          <span className="upload-row-size">{formatBytes(file.size)}</span>
          <RowButtons upload={upload} isNext={isNext} actions={actions} />
        </div>
        <UploadStatus upload={upload} hold={hold} />
      </div>
    </div>
  );
});
