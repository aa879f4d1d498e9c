import * as React from 'react';
import type { Upload, UploadState } from '../model/upload';
import { isOver } from '../model/upload';
import { countFiles } from './format';
import type { Heard } from './news';
import { newsOf, NOTHING_HEARD } from './news';
import type { Hold } from './sentences';

/** Time between two announcements, in milliseconds: a screen reader needs it to finish a sentence. */
const PAUSE_MS = 1_500;

/** Tells screen readers how the uploads go: counts, results and what holds them up, never every file. */
export function LiveRegion(props: { uploads: readonly Upload[]; hold: Hold }): React.JSX.Element {
  const { uploads, hold } = props;
  const told = React.useRef<{ summary: string; heard: Heard }>({ summary: '', heard: NOTHING_HEARD });
  const summary = summarise(uploads);
  const { news, heard } = newsOf(told.current.heard, uploads, hold);
  const latest = React.useRef({ summary, news, heard });
  latest.current = { summary, news, heard };

  const [spoken, speak] = React.useState('');
  const timer = React.useRef<ReturnType<typeof setTimeout>>();
  const isNew = news.length > 0 || summary !== told.current.summary;
  React.useEffect(() => {
    if (!isNew) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const { summary, news, heard } = latest.current;
      told.current = { summary, heard };
      speak([...news, summary].filter(Boolean).join(' '));
    }, PAUSE_MS);
  });
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
    [count(({ state }) => state.status === 'paused'), 'paused'],
    [count(({ state }) => state.status === 'needs-file'), 'to be dropped again'],
    [count(({ state }) => state.status === 'waiting-for-save'), 'waiting for the work item to be saved'],
    [count(({ state }) => isUnderWay(state)), 'under way'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${countFiles(uploads.length)}: ${told.join(', ')}.`;
}

function isUnderWay(state: UploadState): boolean {
  return (
    !isOver(state) &&
    state.status !== 'paused' &&
    state.status !== 'needs-file' &&
    state.status !== 'waiting-for-save'
  );
}
