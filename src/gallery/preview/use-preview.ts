import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { hasViewer } from '../model/file-formats';
import type { ViewedFile, Viewer } from '../viewers/viewer';
import type { GallerySession } from '../gallery-session';
import { loadModule } from '../../base/load-module';
import type { FileInViewer } from './part-view';

/** State of a preview. */
export type PreviewState =
  /** There is no viewer for files of this kind. */
  | { readonly status: 'none' }
  /** Waiting for the person's consent to read a large file. */
  | { readonly status: 'large' }
  | { readonly status: 'reading'; readonly bytesRead: number }
  | ({ readonly status: 'ready'; readonly viewed: ViewedFile } & FileView)
  | { readonly status: 'failed'; readonly problem: Problem };

/** Code to show a file. */
interface FileView {
  readonly FileInViewer: typeof FileInViewer;
  readonly Viewer: Viewer;
}

/** Largest file to read without asking, in bytes. Larger ones take minutes on a slow connection. */
const MAX_UNASKED_BYTES = 50 * 1024 * 1024;

/**
 * Reads a file and loads its viewer in parallel. Unmounting aborts both.
 *
 * @param file Must not change while the component is mounted.
 * @returns The state; `read`, to retry or to read a large file; and `readAsText`, to show any file as text.
 */
export function usePreview(
  { readBytes }: Pick<GallerySession, 'readBytes'>,
  file: AttachedFile,
): { readonly state: PreviewState; readonly read: () => void; readonly readAsText: () => void } {
  const isText = React.useRef(false);
  const [state, setState] = React.useState<PreviewState>(() => {
    if (!hasViewer(file.name)) return { status: 'none' };
    return (file.size ?? 0) > MAX_UNASKED_BYTES ? { status: 'large' } : { status: 'reading', bytesRead: 0 };
  });
  const [controller] = React.useState(() => new AbortController());

  async function read(): Promise<void> {
    let isOver = false;
    const set = (next: PreviewState): void => {
      // Bytes can still arrive after the viewer could not be loaded.
      if (isOver || controller.signal.aborted) return;
      isOver = next.status !== 'reading';
      setState(next);
    };
    set({ status: 'reading', bytesRead: 0 });
    try {
      const [bytes, view] = await Promise.all([
        readBytes(file, controller.signal, (bytesRead) => set({ status: 'reading', bytesRead })),
        loadModule(() => loadView(file.name, isText.current)),
      ]);
      set({ status: 'ready', viewed: { name: file.name, bytes }, ...view });
    } catch (error) {
      set({ status: 'failed', problem: toProblem(error) });
    }
  }

  React.useEffect(() => {
    if (state.status === 'reading') void read();
    return () => controller.abort();
    // `file` never changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return {
    state,
    read: () => void read(),
    readAsText: () => {
      isText.current = true;
      void read();
    },
  };
}

async function loadView(name: string, isText: boolean): Promise<FileView> {
  const viewers = await import(/* webpackChunkName: "viewers" */ './part-view');
  return { FileInViewer: viewers.FileInViewer, Viewer: await viewers.loadViewer(name, isText) };
}
