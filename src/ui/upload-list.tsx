import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import type { Upload } from '../model/upload';
import type { Hold } from './sentences';
import type { UploadActions } from './upload-actions';
import { UploadRow } from './upload-row';

/** Height of a row before it was measured, in CSS pixels. */
const ROW_PX = 63;

/** A list of any length of which only the rows in sight exist. Rows differ in height, since errors take their space. */
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
  const scroller = React.useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: uploads.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => uploads[index]?.id ?? index,
    overscan: 6,
  });
  return (
    <div className="upload-list" ref={scroller} tabIndex={-1}>
      <div
        role="list"
        aria-label={label}
        className="upload-list-rows"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const upload = uploads[index];
          return (
            upload && (
              <div
                key={String(key)}
                ref={virtualizer.measureElement}
                data-index={index}
                role="listitem"
                aria-setsize={uploads.length}
                aria-posinset={index + 1}
                className="upload-list-row"
                style={{ transform: `translateY(${start}px)` }}
              >
                <UploadRow upload={upload} isNext={upload.id === nextId} hold={hold} actions={actions} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
