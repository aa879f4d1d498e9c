import type * as React from 'react';
import type { RunTask } from '../workers/tasks';

/** Name and bytes of a file. The browser may keep the bytes on disk. */
export interface ViewedFile {
  readonly name: string;
  readonly bytes: Blob;
}

/** Props of every viewer. */
export interface ViewerProps {
  /** The same object for the same file: a viewer reloads when it changes. */
  readonly file: ViewedFile;
  /**
   * Downloads a part of the file, such as an archive entry or a mail attachment. Rejects on failure. `undefined` if
   * downloads are unavailable.
   */
  readonly saveAs: ((bytes: Blob, name: string) => Promise<void>) | undefined;
  /** Does the work that can take long, in a worker where there can be one. */
  readonly runTask: RunTask;
  /** Shows a part of the file in the viewer of its own kind, in place of the file. */
  readonly openPart?: ((part: FilePart) => void) | undefined;
}

/** A file inside a file: an archive entry, a mail attachment. */
export interface FilePart {
  /** Name that is safe to save. */
  readonly name: string;
  /** Declared size, in bytes. */
  readonly size: number;
  /** Extracts the bytes. Rejects with a `ViewerProblem`. */
  readonly extract: (signal: AbortSignal) => Promise<Blob>;
}

/**
 * Component for one kind of file. Fills its parent, scrolls inside itself, and shows its own error messages. Stops the
 * propagation of keys it handles and leaves all others to the page.
 */
export type Viewer = React.ComponentType<ViewerProps>;
