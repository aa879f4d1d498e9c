import * as React from 'react';
import { createReportClock } from '../../../base/steps';
import type { ViewerProblemKind } from '../viewer-problem';
import { problemKindOf } from '../viewer-problem';
import type { TextExtent, TextFile } from './text-file';

/** A text while its rows are found. */
export interface ScannedText {
  readonly extent: TextExtent;
  /** Reason for the last failed read. */
  readonly failed: ViewerProblemKind | undefined;
  /** Reports a failed read. A stable function. */
  readonly onFailure: (error: unknown) => void;
}

/** Finds the rows of a text. `text` must not change while mounted. */
export function useScannedText(text: TextFile): ScannedText {
  const [extent, setExtent] = React.useState(text.extent);
  const [failed, setFailed] = React.useState<ViewerProblemKind>();
  const onFailure = React.useCallback((error: unknown) => setFailed(problemKindOf(error)), []);
  React.useEffect(() => {
    const aborter = new AbortController();
    const isDue = createReportClock();
    const onProgress = (next: TextExtent): void => {
      if (next.isComplete || isDue()) setExtent(next);
    };
    text
      .scan(aborter.signal, onProgress)
      .catch((error: unknown) => aborter.signal.aborted || onFailure(error));
    return () => aborter.abort();
  }, [text, onFailure]);
  return { extent, failed, onFailure };
}

/**
 * Loads rows and renders again once they are there.
 *
 * @param rows Rows to show.
 */
export function useLoadedRows(
  text: TextFile,
  rows: readonly number[],
  onFailure: (error: unknown) => void,
): void {
  const [, rerender] = React.useReducer((count: number) => count + 1, 0);
  const isMounted = React.useRef(true);
  React.useEffect(() => () => void (isMounted.current = false), []);
  // Without dependencies: a scan can make the last block incomplete at any time.
  React.useEffect(() => {
    if (rows.every((row) => text.rowAt(row))) return;
    text.load(rows).then(
      (hasLoaded) => hasLoaded && isMounted.current && rerender(),
      (error: unknown) => isMounted.current && onFailure(error),
    );
  });
}
