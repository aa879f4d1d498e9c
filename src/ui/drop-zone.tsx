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
    onPick: (files: Iterable<File>) => void;
  }
>(function DropZone({ isTarget, onPick }, ref) {
  const input = React.useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        ref={ref}
        type="button"
        className={isTarget ? 'drop-zone drop-zone-target' : 'drop-zone'}
        onClick={() => input.current?.click()}
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
      <FileInput ref={input} label="Files to attach" folders={false} onPick={onPick} />
    </>
  );
});

/** The browser's own picker. It stays out of sight; a button that looks like ours opens it. */
export const FileInput = React.forwardRef<
  HTMLInputElement,
  { label: string; folders: boolean; onPick: (files: Iterable<File>) => void }
>(function FileInput({ label, folders, onPick }, ref) {
  return (
    <input
      ref={ref}
      type="file"
      multiple={true}
      hidden={true}
      aria-label={label}
      tabIndex={-1}
      {...(folders && { webkitdirectory: '' })}
      onChange={({ target }) => {
        const files = Array.from(target.files ?? []);
        // Without this the same file could not be picked twice in a row.
        target.value = '';
        if (files.length > 0) onPick(files);
      }}
    />
  );
});
