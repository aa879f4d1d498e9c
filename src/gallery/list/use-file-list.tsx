import * as React from 'react';
import type { FileKind } from '../../base/file-kind';
import { kindOf } from '../../base/file-kind';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { ThumbnailPlace } from '../model/thumbnail-limits';
import type { Thumbnail, ThumbnailsByKey } from '../model/thumbnails';
import { CheckIcon, FileIcon } from '../../ui/icons';
import { useStore } from '../../ui/hooks';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import type { FileClicks } from './list-input';
import { createFileClicks } from './list-input';

/** Shared parts of the table and the grid. */
export interface FileList<E extends HTMLElement> {
  /** Ref of the container of all elements with a `data-key`. */
  readonly container: React.RefObject<E>;
  /** Number of files rendered so far. */
  readonly count: number;
  /** Key of the file in the tab order. */
  readonly currentKey: string | undefined;
  readonly clicks: FileClicks;
  readonly thumbnails: ThumbnailsByKey;
  /** Classes of the scrolling element around the container. */
  readonly className: string;
}

/** Renders a long list in steps, loads thumbnails of visible files, and moves the focus to the current file. */
export function useFileList<E extends HTMLElement>(
  state: GalleryState,
  session: GallerySession,
  place: ThumbnailPlace,
): FileList<E> {
  const { shown, selection } = state;
  const container = React.useRef<E>(null);
  const count = useGrowingCount(shown.length);
  const elements = React.useMemo(() => shown.slice(0, count), [shown, count]);
  const onVisible = React.useCallback(
    (keys: ReadonlySet<string>) =>
      session.thumbnails.show(
        session.getSnapshot().shown.filter((file) => keys.has(keyOfFile(file))),
        place,
      ),
    [session, place],
  );
  useVisibleKeys(container, onVisible, elements);
  useCurrentFocus(container, selection.current);
  return {
    container,
    count,
    currentKey: selection.current ?? (shown[0] && keyOfFile(shown[0])),
    clicks: React.useMemo(() => createFileClicks(session), [session]),
    thumbnails: useStore(session.thumbnails),
    className: selection.keys.size > 0 ? 'gallery-files gallery-selecting' : 'gallery-files',
  };
}

/** Check box of a file, for pointers. Screen readers know the row as selected, and Space selects it by keyboard. */
export function CheckBox(props: { file: AttachedFile; clicks: FileClicks }): React.JSX.Element {
  const { file, clicks } = props;
  return (
    <span
      className="gallery-check"
      aria-hidden="true"
      onClick={(event) => clicks.onCheck(file, event)}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <span className="gallery-check-box">
        <CheckIcon />
      </span>
    </span>
  );
}

/** Kinds drawn with black ink, which dark themes invert. */
const INK_KINDS: readonly FileKind[] = ['text', 'markdown', 'json', 'table', 'archive'];

/** Thumbnail of a file, or the icon of its kind. Decorative: the name stands beside it. */
export function ThumbnailView(props: { name: string; thumbnail: Thumbnail | undefined }): React.JSX.Element {
  const { name, thumbnail } = props;
  if (thumbnail?.status === 'ready') {
    const kind = kindOf(name);
    const look = INK_KINDS.includes(kind) ? 'gallery-thumbnail-ink' : `gallery-thumbnail-${kind}`;
    return <img className={`gallery-thumbnail ${look}`} src={thumbnail.url} alt="" draggable={false} />;
  }
  return (
    <span className="gallery-thumbnail">
      <FileIcon name={name} />
    </span>
  );
}

/** Files added per animation frame: enough to fill a screen, few enough to render within a frame. */
const FILES_PER_FRAME = 40;

/** @returns The number of files to render, growing with each frame up to `length`. */
function useGrowingCount(length: number): number {
  const [limit, setLimit] = React.useState(FILES_PER_FRAME);
  React.useEffect(() => {
    if (limit >= length) return;
    const frame = requestAnimationFrame(() => setLimit(limit + FILES_PER_FRAME));
    return () => cancelAnimationFrame(frame);
  }, [limit, length]);
  return Math.min(limit, length);
}

/**
 * Observes the elements with a `data-key` in a container.
 *
 * @param onChange Called with the keys of all visible elements, in any order. Must be stable.
 * @param elements Changes with the set of elements.
 */
export function useVisibleKeys(
  container: React.RefObject<HTMLElement>,
  onChange: (keys: ReadonlySet<string>) => void,
  elements: readonly AttachedFile[],
): void {
  React.useEffect(() => {
    const keys = new Set<string>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const key = target instanceof HTMLElement ? target.dataset['key'] : undefined;
        if (key === undefined) continue;
        if (isIntersecting) keys.add(key);
        else keys.delete(key);
      }
      onChange(new Set(keys));
    });
    for (const element of container.current?.querySelectorAll('[data-key]') ?? []) observer.observe(element);
    return () => observer.disconnect();
  }, [container, onChange, elements]);
}

/** Moves the focus to the element of the current file after a change, unless the focus is outside the container. */
function useCurrentFocus(container: React.RefObject<HTMLElement>, current: string | undefined): void {
  const before = React.useRef(current);
  React.useLayoutEffect(() => {
    if (before.current === current) return;
    before.current = current;
    const inside = container.current;
    const { activeElement } = document;
    // Leave the focus in the search field. The body has it after the focused file was removed.
    const hasFocus = activeElement === document.body || inside?.contains(activeElement) === true;
    if (!inside || current === undefined || !hasFocus) return;
    inside.querySelector<HTMLElement>(`[data-key="${CSS.escape(current)}"]`)?.focus();
  });
}
