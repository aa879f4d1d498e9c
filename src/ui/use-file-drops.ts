import * as React from 'react';

/** Handlers of dropped and pasted files. */
export interface FileDropHandlers {
  /** Whether files are accepted now; the pointer shows it. */
  readonly takesFiles: boolean;
  /** Called within the event: the browser empties the transfer afterwards. */
  readonly onDrop: (transfer: DataTransfer) => void;
  readonly onPaste: (files: Iterable<File>) => void;
}

/**
 * Handles drops and pastes anywhere on the page, even while files are not accepted: an unhandled drop makes the
 * browser navigate to the file.
 *
 * @returns Whether files are dragged over the page.
 */
export function useFileDrops(handlers: FileDropHandlers): boolean {
  const [hovering, setHovering] = React.useState(false);
  const latest = React.useRef(handlers);
  latest.current = handlers;

  React.useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      if (!event.dataTransfer || !carriesFiles(event.dataTransfer)) return;
      const { takesFiles } = latest.current;
      event.dataTransfer.dropEffect = takesFiles ? 'copy' : 'none';
      setHovering(takesFiles);
    };
    const leave = (event: DragEvent): void => {
      // Moving between elements also fires `dragleave`; only at the edge of the page is there no related target.
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setHovering(false);
      if (event.dataTransfer && carriesFiles(event.dataTransfer)) latest.current.onDrop(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent): void => {
      const files = Array.from(event.clipboardData?.files ?? []);
      if (files.length === 0) return;
      event.preventDefault();
      latest.current.onPaste(files);
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

function carriesFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files');
}
