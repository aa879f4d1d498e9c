import type * as React from 'react';

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
}

/**
 * Component for one kind of file. Fills its parent, scrolls inside itself, and shows its own error messages. Stops the
 * propagation of keys it handles and leaves all others to the page.
 */
export type Viewer = React.ComponentType<ViewerProps>;
