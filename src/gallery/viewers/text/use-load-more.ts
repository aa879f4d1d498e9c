import * as React from 'react';
import type { ViewerProblemKind } from '../viewer-problem';
import { problemKindOf } from '../viewer-problem';
import type { LoadedText, TextParts } from './text-parts';

/** Loaded part of a text and an action to load more. `parts` must not change while mounted. */
export function useLoadMore(parts: TextParts): {
  readonly text: LoadedText;
  /** Reason for the last failed load. */
  readonly failed: ViewerProblemKind | undefined;
  readonly loadMore: () => void;
} {
  const [text, setText] = React.useState(parts.loaded);
  const [failed, setFailed] = React.useState<ViewerProblemKind>();
  const isLoading = React.useRef(false);
  const isShown = React.useRef(true);
  React.useEffect(() => () => void (isShown.current = false), []);

  const load = async (): Promise<void> => {
    if (isLoading.current) return;
    isLoading.current = true;
    try {
      const more = await parts.loadMore();
      if (!isShown.current) return;
      setText(more);
      setFailed(undefined);
    } catch (error) {
      if (isShown.current) setFailed(problemKindOf(error));
    } finally {
      isLoading.current = false;
    }
  };
  return { text, failed, loadMore: () => void load() };
}
