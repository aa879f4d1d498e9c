import * as React from 'react';
import type { Upload } from '../model/upload';
import { FileName } from './file-name';
import { formatBytes } from './format';
import { FileIcon } from './icons';
import { RowButtons } from './row-buttons';
import type { Hold } from './sentences';
import type { UploadActions } from './upload-actions';
import { UploadStatus } from './upload-status';

/** One upload: what it is, where it stands, and what can be done about it. */
export const UploadRow = React.memo(function UploadRow(props: {
  upload: Upload;
  /** Whether its turn is the next to come. */
  isNext: boolean;
  hold: Hold;
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
