import * as React from 'react';
import { t } from '../base/i18n/translate';
import { StaplerIcon } from './icons';
import { rich } from './rich-text';

/** Handlers of dropped and pasted files. */
export interface FileDropHandlers {
  /** Whether files are accepted now; the pointer shows it. */
  readonly takesFiles: boolean;
  /** Called within the event: the browser empties the transfer afterwards. */
  readonly onDrop: (transfer: DataTransfer) => void;
  readonly onPaste: (files: Iterable<File>) => void;
  /** Called when files are dragged or pasted that the page does not accept. */
  readonly onRefused?: () => void;
}

/**
 * Handles drops and pastes of files anywhere on the page, except behind and in a modal dialog. The first script of the
 * page keeps the browser from leaving it for a drop.
 *
 * @returns Whether files are dragged over the page.
 */
export function useFileDrops(handlers: FileDropHandlers): boolean {
  const [hovering, setHovering] = React.useState(false);
  const latest = React.useRef(handlers);
  latest.current = handlers;

  React.useEffect(() => {
    const over = (event: DragEvent): void => {
      const { dataTransfer } = event;
      if (!dataTransfer || !carriesFiles(dataTransfer) || isBlocked()) return;
      event.preventDefault();
      const { takesFiles, onRefused } = latest.current;
      dataTransfer.dropEffect = takesFiles ? 'copy' : 'none';
      setHovering(takesFiles);
      if (!takesFiles && event.type === 'dragenter') onRefused?.();
    };
    const leave = (event: DragEvent): void => {
      // Moving between elements also fires `dragleave`; only at the edge of the page is there no related target.
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      setHovering(false);
      const { dataTransfer } = event;
      if (!dataTransfer || !carriesFiles(dataTransfer) || isBlocked()) return;
      event.preventDefault();
      latest.current.onDrop(dataTransfer);
    };
    const paste = (event: ClipboardEvent): void => {
      const { clipboardData, target } = event;
      const files = Array.from(clipboardData?.files ?? []);
      if (files.length === 0 || isBlocked()) return;
      // Office programs copy text with a picture of it.
      if (isField(target) && clipboardData?.types.includes('text/plain')) return;
      event.preventDefault();
      const { takesFiles, onPaste, onRefused } = latest.current;
      if (takesFiles) onPaste(files);
      else onRefused?.();
    };
    document.addEventListener('dragenter', over);
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragenter', over);
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, []);

  return hovering;
}

/** Whether a modal dialog covers the page. */
function isBlocked(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea');
}

function carriesFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files');
}

/** The browser's file picker with its input element. */
export interface FilePicker {
  /** Must be rendered once; it is hidden. */
  readonly input: React.JSX.Element;
  /** Opens the picker for files, or for a folder with all its files. Must be called in a click or key handler. */
  readonly browse: (kind: 'files' | 'folder') => void;
}

/** Creates a picker for any number of files. */
export function useFilePicker(onPick: (files: Iterable<File>) => void): FilePicker {
  const ref = React.useRef<HTMLInputElement>(null);

  const browse = React.useCallback((kind: 'files' | 'folder') => {
    if (!ref.current) return;
    ref.current.webkitdirectory = kind === 'folder';
    ref.current.click();
  }, []);

  const input = (
    <input
      ref={ref}
      type="file"
      multiple={true}
      hidden={true}
      aria-label={t('Files to attach')}
      tabIndex={-1}
      onChange={({ target }) => {
        const files = Array.from(target.files ?? []);
        // Without this the same file could not be picked twice in a row.
        target.value = '';
        if (files.length > 0) onPick(files);
      }}
    />
  );
  return { input, browse };
}

/**
 * Visible drop target, and a button: a click, Enter or Space opens the file picker. Drops and pastes work anywhere on
 * the page (`useFileDrops`).
 */
export const DropZone = React.forwardRef<
  HTMLButtonElement,
  {
    /** Whether files are dragged over the page. */
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
        {isTarget
          ? t('Drop to attach')
          : rich('Drop or paste files here, or <browse>browse</browse>', {
              browse: (inside) => <span className="drop-zone-link">{inside}</span>,
            })}
      </span>
    </button>
  );
});
