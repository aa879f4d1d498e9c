import * as React from 'react';
import type { BatchId, Upload } from '../model/upload';
import type { Overall } from './progress';
import { overallOf } from './progress';

/** Several uploads seen as one, from the first that moves to the last that has arrived. */
export function useOverall(uploads: readonly Upload[]): Overall | undefined {
  const batches = React.useRef<ReadonlySet<BatchId>>();
  const overall = overallOf(uploads, batches.current);
  batches.current = overall?.batches;
  return overall;
}
