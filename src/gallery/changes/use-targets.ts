import * as React from 'react';
import type { Problem } from '../../model/errors';
import { isCancelled, toProblem } from '../../model/errors';
import type { Target } from './find-targets';
import type { Transfers } from './transfers';

/** A person who writes does not want to know of every letter, in milliseconds. */
const PAUSE_MS = 250;

/** What is known of the work items that a text means. */
export type FoundTargets =
  | { readonly status: 'nothing asked' | 'looking' }
  | { readonly status: 'found'; readonly targets: readonly Target[] }
  | { readonly status: 'failed'; readonly problem: Problem };

/** Looks for the work items that a text means, as it is written. @param near See `findTargets`. */
export function useTargets(find: Transfers['find'], text: string, near: number): FoundTargets {
  const [found, setFound] = React.useState<FoundTargets & { readonly text: string }>();
  const isAsked = text.trim() !== '';
  React.useEffect(() => {
    if (!isAsked) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      find(text, near, signal).then(
        (targets) => {
          if (!signal.aborted) setFound({ text, status: 'found', targets });
        },
        (error: unknown) => {
          if (!signal.aborted && !isCancelled(error))
            setFound({ text, status: 'failed', problem: toProblem(error) });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [find, text, near, isAsked]);
  // What was found for another text is not offered: nobody moves files to what they did not ask for.
  if (found?.text === text) return found;
  return { status: isAsked ? 'looking' : 'nothing asked' };
}
