import * as React from 'react';
import type { ViewerProblemKind } from '../viewer-problem';
import { problemKindOf } from '../viewer-problem';
import type { LoadedText, TextParts } from './text-parts';

/** Loaded part of a text and actions to load more. `parts` must not change while mounted. */
export function useLoadMore(parts: TextParts): {
  readonly text: LoadedText;
  /** Reason for the last failed load. */
  readonly failed: ViewerProblemKind | undefined;
  readonly isLoading: boolean;
  readonly loadMore: () => void;
  readonly loadAll: () => void;
} {
  const [text, setText] = React.useState(parts.loaded);
  const [failed, setFailed] = React.useState<ViewerProblemKind>();
  const [isLoading, setIsLoading] = React.useState(false);
  const isBusy = React.useRef(false);
  const [aborter] = React.useState(() => new AbortController());
  React.useEffect(() => () => aborter.abort(), [aborter]);

  const load = async (next: () => Promise<LoadedText>): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setIsLoading(true);
    let problem: ViewerProblemKind | undefined;
    try {
      await next();
    } catch (error) {
      problem = problemKindOf(error);
    }
    if (aborter.signal.aborted) return;
    isBusy.current = false;
    setIsLoading(false);
    setText(parts.loaded);
    setFailed(problem);
  };
  return {
    ...{ text, failed, isLoading },
    loadMore: () => void load(() => parts.loadMore()),
    loadAll: () => void load(() => parts.loadAll(aborter.signal)),
  };
}
