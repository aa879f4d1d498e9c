import type * as React from 'react';
import type { AttachedFile } from '../../attached/attached-file';
import type { GallerySession } from '../gallery-session';
import { modeOfClick } from './select-keys';

/** What the mouse does with the files of a list. */
export interface FileClicks {
  readonly onClick: (file: AttachedFile, event: React.MouseEvent) => void;
  /** A click on what opens a file by itself. */
  readonly onOpen: (file: AttachedFile, event: React.MouseEvent) => void;
  readonly onDoubleClick: () => void;
}

/**
 * A click selects, two of them open. The first one may move the list, since a line of buttons appears above it; the
 * second one is meant for the same file all the same, wherever it lands.
 */
export function createFileClicks(session: Pick<GallerySession, 'select' | 'preview'>): FileClicks {
  let clicked: AttachedFile | undefined;
  const isSecond = (event: React.MouseEvent): boolean => event.detail > 1 && modeOfClick(event) === 'only';
  return {
    onClick(file, event) {
      if (isSecond(event)) return;
      clicked = file;
      session.select(file, modeOfClick(event));
    },
    onOpen(file, event) {
      if (modeOfClick(event) === 'only' && !isSecond(event)) session.preview(file);
    },
    onDoubleClick() {
      if (clicked) session.preview(clicked);
    },
  };
}
