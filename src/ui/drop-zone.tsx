import * as React from 'react';
import { StaplerIcon } from './icons';

/**
 * The way in for files that is also a button: a click, Enter or Space opens the file picker. Drops and pastes are
 * taken anywhere on the page (`useFileDrops`), the zone only shows where.
 */
export const DropZone = React.forwardRef<
  HTMLButtonElement,
  {
    /** Whether files hover over the page. */
    isTarget: boolean;
    onBrowse: () => void;
  }
>(function DropZone({ isTarget, onBrowse }, ref) {
  return (
    <button
      ref={ref}
      type="button"
      className={isTarget ? 'drop-zone drop-zone-target' : 'drop-zone'}
      onClick={onBrowse}
    >
      <StaplerIcon />
      <span>
        {isTarget ? (
          'Drop to attach'
        ) : (
          <>
            Drop or paste files here, or <span className="drop-zone-link">browse</span>
          </>
        )}
      </span>
    </button>
  );
});
