import * as React from 'react';
import { createPause } from '../../base/steps';
import type { ViewerProblemKind } from './viewer-problem';
import { problemKindOf } from './viewer-problem';

/**
 * Returns an object URL for the bytes, revoked on unmount.
 *
 * @param type MIME type of the URL. Overrides the type given by the server.
 * @returns `undefined` until the first effect.
 */
export function useObjectUrl(bytes: Blob, type: string): string | undefined {
  const [url, setUrl] = React.useState<string>();
  React.useEffect(() => {
    const created = URL.createObjectURL(bytes.slice(0, bytes.size, type));
    setUrl(created);
    return () => URL.revokeObjectURL(created);
  }, [bytes, type]);
  return url;
}

/** Observes width and height of a mounted element without its borders, in CSS pixels. */
export function useSize<E extends HTMLElement>(
  element: React.RefObject<E>,
): { readonly width: number; readonly height: number } | undefined {
  const [size, setSize] = React.useState<{ width: number; height: number }>();
  React.useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: current.clientWidth, height: current.clientHeight }),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/**
 * Handles keys pressed anywhere on the page while a viewer is shown, without a click into it first. For arrows and keys
 * with Ctrl only: single letters and digits belong to the focused element (WCAG 2.1.4).
 *
 * @param onKey Returns `true` for a handled key, to stop its propagation.
 */
export function useKeys(onKey: (event: KeyboardEvent) => boolean): void {
  const latest = React.useRef(onKey);
  // In a layout effect, to be up to date before the next key.
  React.useLayoutEffect(() => {
    latest.current = onKey;
  });
  // In a layout effect as well: content is visible before other effects run, and the next key can be the first one.
  React.useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!latest.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Capturing runs before the components around the viewer: React listens on the document, too.
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

/**
 * Handles the keys of a search field: Ctrl+F focuses it, because the browser finds only the rows on the screen, and
 * Escape clears it.
 *
 * @param onOtherKey Called for other keys in the field. Returns `true` for a handled key.
 */
export function useSearchKeys(
  field: React.RefObject<HTMLInputElement>,
  query: string,
  setQuery: (query: string) => void,
  onOtherKey: (event: KeyboardEvent) => boolean = () => false,
): void {
  useKeys((event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (key.toLowerCase() === 'f' && (ctrlKey || metaKey) && !altKey) {
      field.current?.focus();
      field.current?.select();
      return true;
    }
    if (target !== field.current) return false;
    if (key !== 'Escape' || query === '') return onOtherKey(event);
    setQuery('');
    return true;
  });
}

/** Whether a key goes to a field or player with its own use for letters and arrows. */
export function isForField({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, textarea, select, video, audio') !== null;
}

/** Loading state of a viewer. */
export type Loading<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly kind: ViewerProblemKind };

const LOADING = { status: 'loading' } as const;

/**
 * Returns the state of `load`. Calls it again when its identity changes, and aborts its signal on a change or unmount.
 *
 * @param load A memoized function.
 */
export function useLoading<T>(load: (signal: AbortSignal) => Promise<T>): Loading<T> {
  const [loaded, setLoaded] = React.useState<{ by: typeof load; result: Loading<T> }>();
  React.useEffect(() => {
    const aborter = new AbortController();
    const settle = (result: Loading<T>): void => {
      if (!aborter.signal.aborted) setLoaded({ by: load, result });
    };
    // Between receiving a large value from a worker, and drawing it.
    const pause = createPause();
    load(aborter.signal).then(
      async (value) => {
        await pause();
        settle({ status: 'ready', value });
      },
      (error: unknown) => settle({ status: 'failed', kind: problemKindOf(error) }),
    );
    return () => aborter.abort();
  }, [load]);
  // Hides the result for the previous file.
  return loaded?.by === load ? loaded.result : LOADING;
}
