import * as React from 'react';
import type { ViewerProblemKind } from './viewer-problem';
import { problemKindOf } from './viewer-problem';

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
    load(aborter.signal).then(
      (value) => settle({ status: 'ready', value }),
      (error: unknown) => settle({ status: 'failed', kind: problemKindOf(error) }),
    );
    return () => aborter.abort();
  }, [load]);
  // Hides the result for the previous file.
  return loaded?.by === load ? loaded.result : LOADING;
}
