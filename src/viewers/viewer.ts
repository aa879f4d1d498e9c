import type * as React from 'react';

/** A file as a viewer gets it: its name, and its bytes, which the browser may keep on disk. */
export interface ViewedFile {
  readonly name: string;
  readonly bytes: Blob;
}

/** What every viewer is given. */
export interface ViewerProps {
  /** The same object as long as the same file is shown: a viewer reads anew what comes with another one. */
  readonly file: ViewedFile;
  /**
   * Hands a part of the file, such as an entry of an archive or an attachment of a mail, to the person. Rejects when it
   * cannot. `undefined` where nothing can be downloaded.
   */
  readonly saveAs: ((bytes: Blob, name: string) => Promise<void>) | undefined;
}

/**
 * Shows one kind of file. It fills its parent, scrolls inside itself, and says in its own words what it cannot show.
 * A key that it takes for itself goes no further; all others are left to the page.
 */
export type Viewer = React.ComponentType<ViewerProps>;
