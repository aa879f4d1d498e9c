import * as React from 'react';
import { isCancelled } from '../model/errors';
import type { ViewerProps } from './viewer';
import type { ViewerProblemKind } from './viewer-problem';
import { ViewerProblem } from './viewer-problem';

/** What becomes of a part of a file that a person wants to have. */
export type SavingState =
  | { readonly status: 'none' }
  | { readonly status: 'saving'; readonly name: string }
  | { readonly status: 'failed'; readonly name: string; readonly kind: ViewerProblemKind };

/** Saves parts of a file, one at a time. */
export interface Saving {
  readonly state: SavingState;
  /**
   * Starts to save a part; what was being saved before is given up. `undefined` where nothing can be downloaded.
   *
   * @param name The name that the part gets.
   */
  readonly save: ((name: string, take: (signal: AbortSignal) => Promise<Blob>) => void) | undefined;
  readonly cancel: () => void;
}

const NONE: SavingState = { status: 'none' };

/** Takes parts out of a file and hands them to the person. What is under way ends with the viewer. */
export function useSaving(saveAs: ViewerProps['saveAs']): Saving {
  const [state, setState] = React.useState(NONE);
  const aborter = React.useRef<AbortController>();
  React.useEffect(() => () => aborter.current?.abort(), []);

  const cancel = (): void => {
    aborter.current?.abort();
    setState(NONE);
  };
  const save = async (
    hand: NonNullable<typeof saveAs>,
    name: string,
    take: (signal: AbortSignal) => Promise<Blob>,
  ): Promise<void> => {
    cancel();
    const { signal } = (aborter.current = new AbortController());
    const settle = (next: SavingState): void => {
      if (!signal.aborted) setState(next);
    };
    settle({ status: 'saving', name });
    try {
      const bytes = await take(signal);
      signal.throwIfAborted();
      await hand(bytes, name);
      settle(NONE);
    } catch (error) {
      if (isCancelled(error)) settle(NONE);
      else
        settle({ status: 'failed', name, kind: error instanceof ViewerProblem ? error.kind : 'not-saved' });
    }
  };
  return { state, save: saveAs && ((name, take) => void save(saveAs, name, take)), cancel };
}
