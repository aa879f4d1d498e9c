import * as React from 'react';
import type { AttachedFile } from '../../attached/attached-file';
import type { Problem } from '../../model/errors';
import { toProblem } from '../../model/errors';
import { chooseViewer, loadTextViewer } from '../../viewers/choose-viewer';
import type { ViewedFile, Viewer } from '../../viewers/viewer';
import type { GallerySession } from '../gallery-session';
import { loadPart } from '../load-part';

/** What is there of a file that is to be looked at. */
export type PreviewState =
  /** Nothing can show files of its kind. */
  | { readonly status: 'none' }
  /** It is so large that it is read only when a person says so. */
  | { readonly status: 'large' }
  | { readonly status: 'reading'; readonly bytesRead: number }
  | { readonly status: 'ready'; readonly viewed: ViewedFile; readonly Viewer: Viewer }
  | { readonly status: 'failed'; readonly problem: Problem };

/** Larger files are read only when asked for, in bytes: on a slow line they take minutes. */
const LARGE = 50 * 1024 * 1024;

/**
 * Reads a file and what shows it, side by side. What is under way is aborted once the file is not looked at any more.
 *
 * @param file Always the same one; another one needs another component.
 * @returns What is there; what reads it, again or in spite of its size; and what shows it as a text, whatever it is.
 */
export function usePreview(
  { readBytes }: Pick<GallerySession, 'readBytes'>,
  file: AttachedFile,
): { readonly state: PreviewState; readonly read: () => void; readonly readAsText: () => void } {
  const loader = React.useRef(chooseViewer(file.name));
  const [state, setState] = React.useState<PreviewState>(() => {
    if (!loader.current) return { status: 'none' };
    return (file.size ?? 0) > LARGE ? { status: 'large' } : { status: 'reading', bytesRead: 0 };
  });
  const [controller] = React.useState(() => new AbortController());

  async function read(): Promise<void> {
    const loadViewer = loader.current;
    if (!loadViewer) return;
    let isOver = false;
    const set = (next: PreviewState): void => {
      // Where what shows the file cannot be had, its bytes may go on coming.
      if (isOver || controller.signal.aborted) return;
      isOver = next.status !== 'reading';
      setState(next);
    };
    set({ status: 'reading', bytesRead: 0 });
    try {
      const [bytes, Viewer] = await Promise.all([
        readBytes(file, controller.signal, (bytesRead) => set({ status: 'reading', bytesRead })),
        loadPart(loadViewer),
      ]);
      set({ status: 'ready', viewed: { name: file.name, bytes }, Viewer });
    } catch (error) {
      set({ status: 'failed', problem: toProblem(error) });
    }
  }

  React.useEffect(() => {
    if (state.status === 'reading') void read();
    return () => controller.abort();
    // The file is always the same one.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return {
    state,
    read: () => void read(),
    readAsText: () => {
      loader.current = loadTextViewer;
      void read();
    },
  };
}
