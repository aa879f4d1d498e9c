import * as React from 'react';
import type { ViewerProblemKind } from './viewer-problem';
import { problemKindOf } from './viewer-problem';

/** How far a viewer is with its file. */
export type Loading<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly kind: ViewerProblemKind };

const LOADING = { status: 'loading' } as const;

/**
 * What `load` comes to. It is called again when it is another function, and its signal is aborted as soon as nobody
 * waits for it any more.
 *
 * @param load The same function as long as the same thing is to be loaded.
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
  // What was loaded for another file is not shown while this one is read.
  return loaded?.by === load ? loaded.result : LOADING;
}
