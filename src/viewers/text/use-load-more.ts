import * as React from 'react';
import type { ViewerProblemKind } from '../viewer-problem';
import { problemKindOf } from '../viewer-problem';
import type { LoadedText, TextParts } from './text-parts';

/** What has been read of a text, and the way to more of it. `parts` are the same as long as this is shown. */
export function useLoadMore(parts: TextParts): {
  readonly text: LoadedText;
  /** Why the last part could not be read. */
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
