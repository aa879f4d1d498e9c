import * as React from 'react';
import type { Upload } from '../model/upload';
import type { Hold } from './sentences';
import type { UploadActions } from './upload-actions';
import { UploadRow } from './upload-row';
import { VirtualList } from './virtual-list';

const ROW_PX = 63;

/** Uploads, however many. Rows differ in height, since errors take their space. */
export function UploadList(props: {
  /** Accessible name of the list. */
  label: string;
  uploads: readonly Upload[];
  /** The one whose turn is the next to come. */
  nextId?: string | undefined;
  hold: Hold;
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
