import * as React from 'react';

/** What is done with what arrives. */
export interface FileDropHandlers {
  /** Whether files are of use at this moment; the pointer says so. */
  readonly takesFiles: boolean;
  /** Runs inside the event: the browser empties the transfer afterwards. */
  readonly onDrop: (transfer: DataTransfer) => void;
  readonly onPaste: (files: Iterable<File>) => void;
}

/**
 * Takes drops and pastes of files anywhere on the page, whether it can use them or not: a drop that nobody takes
 * makes the browser leave the page for the file.
 *
 * @returns Whether files hover over the page.
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
      // Moving from one element of the page to another leaves the first; only the page's edge has nothing beyond.
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
