import * as React from 'react';
import type { Upload } from '../model/upload';
import { isOver } from '../model/upload';
import { countFiles } from './format';

/** Time between two announcements, in milliseconds: a screen reader needs it to finish a sentence. */
const PAUSE_MS = 1_500;

/** Tells screen readers how the uploads go: counts and results, never every file. */
export function LiveRegion({ uploads }: { uploads: readonly Upload[] }): React.JSX.Element {
  const text = summarise(uploads);
  const [spoken, speak] = React.useState('');
  const latest = React.useRef(text);
  const timer = React.useRef<ReturnType<typeof setTimeout>>();
  latest.current = text;
  React.useEffect(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      speak(latest.current);
    }, PAUSE_MS);
  }, [text]);
  React.useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div className="for-screen-readers" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}

/** `12 files: 9 attached, 1 failed, 2 under way.` */
export function summarise(uploads: readonly Upload[]): string {
  if (uploads.length === 0) return '';
  const count = (matches: (upload: Upload) => boolean): number => uploads.filter(matches).length;
  const parts = [
    [count(({ state }) => state.status === 'linked'), 'attached'],
    [count(({ state }) => state.status === 'failed'), 'failed'],
    [count(({ state }) => state.status === 'cancelled'), 'cancelled'],
    [count(({ state }) => state.status === 'waiting-for-save'), 'waiting for the work item to be saved'],
    [count(({ state }) => !isOver(state) && state.status !== 'waiting-for-save'), 'under way'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${countFiles(uploads.length)}: ${told.join(', ')}.`;
}
