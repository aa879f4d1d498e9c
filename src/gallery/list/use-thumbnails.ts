import * as React from 'react';
import { keyOfFile } from '../../attached/attached-file';
import type { ThumbnailsByKey } from '../../attached/thumbnails';
import { useStore } from '../../ui/use-store';
import type { GallerySession } from '../gallery-session';
import { useVisible } from './use-visible';

/**
 * Small pictures of those files of which an element with their key is on the screen.
 *
 * @param count How many of the shown files have an element by now.
 * @returns What is there of them, and the ref of the container of those elements.
 */
export function useThumbnails<E extends HTMLElement>(
  session: GallerySession,
  count: number,
): { readonly thumbnails: ThumbnailsByKey; readonly container: React.RefObject<E> } {
  const onChange = React.useCallback(
    (keys: ReadonlySet<string>) => {
      const { shown } = session.getSnapshot();
      session.thumbnails.show(shown.filter((file) => keys.has(keyOfFile(file))));
    },
    [session],
  );
  const { shown } = useStore(session);
  const elements = React.useMemo(() => shown.slice(0, count), [shown, count]);
  const container = useVisible<E>(onChange, elements);
  return { thumbnails: useStore(session.thumbnails), container };
}
