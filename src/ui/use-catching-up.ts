import * as React from 'react';
import type { Upload } from '../model/upload';

/**
 * Whether an upload sends bytes that were counted before: it was paused, failed, or had to start over. Its progress
 * stands at the highest place that it had until that is passed.
 */
export function useIsCatchingUp({ state, progress }: Upload): boolean {
  const { bytesSent } = progress;
  const step = state.status === 'uploading' ? state.step : undefined;
  const seen = React.useRef<{ step: typeof step; place: number }>();
  if (seen.current?.step !== step) {
    // A row that has just come into sight cannot know how long it has been sending; one that starts over can.
    const isKnown = seen.current !== undefined || step === 'starting-over';
    seen.current = { step, place: isKnown ? bytesSent : 0 };
  }
  const isSending = step === 'sending' || step === 'starting-over';
  return isSending && bytesSent > 0 && bytesSent === seen.current?.place;
}
