import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { Upload, UploadState } from '../upload/upload';
import { isActive } from '../upload/upload-state';
import type { AnnouncedState } from './announcements';
import { announcements, NOTHING_ANNOUNCED } from './announcements';
import { countFiles, listOf } from '../base/format';
import { joinSentences } from '../upload/messages/problems';
import type { PauseReason } from '../upload/upload';

/** Time between two announcements, in milliseconds: a screen reader needs it to finish a sentence. */
const PAUSE_MS = 1_500;

/** Announces the progress of uploads to screen readers: counts, results and delays, not every file. */
export function LiveRegion(props: { uploads: readonly Upload[]; hold: PauseReason }): React.JSX.Element {
  const { uploads, hold } = props;
  const last = React.useRef<{ summary: string; announced: AnnouncedState }>({
    summary: '',
    announced: NOTHING_ANNOUNCED,
  });
  const summary = summarizeUploads(uploads);
  const { sentences, announced } = announcements(last.current.announced, uploads, hold);
  const latest = React.useRef({ summary, sentences, announced });
  latest.current = { summary, sentences, announced };

  const [spoken, speak] = React.useState('');
  const timer = React.useRef<ReturnType<typeof setTimeout>>();
  const isNew = sentences.length > 0 || summary !== last.current.summary;
  React.useEffect(() => {
    if (!isNew) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const { summary, sentences, announced } = latest.current;
      last.current = { summary, announced };
      speak(joinSentences(...sentences, summary));
    }, PAUSE_MS);
  });
  React.useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <div className="for-screen-readers" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}

/** Groups of the summary, in its order. */
const GROUPS: readonly (readonly [
  matches: (state: UploadState) => boolean,
  describe: (count: number) => string,
])[] = [
  [
    ({ status }) => status === 'linked',
    (count) => t('{count, plural, one {# attached} other {# attached}}', { count }),
  ],
  [
    ({ status }) => status === 'failed',
    (count) => t('{count, plural, one {# failed} other {# failed}}', { count }),
  ],
  [
    ({ status }) => status === 'cancelled',
    (count) => t('{count, plural, one {# cancelled} other {# cancelled}}', { count }),
  ],
  [
    ({ status }) => status === 'paused',
    (count) => t('{count, plural, one {# paused} other {# paused}}', { count }),
  ],
  [
    ({ status }) => status === 'needs-file',
    (count) => t('{count, plural, one {# to be dropped again} other {# to be dropped again}}', { count }),
  ],
  [
    ({ status }) => status === 'waiting-for-save',
    (count) =>
      t(
        '{count, plural, one {# waiting for the work item to be saved} other {# waiting for the work item to be saved}}',
        { count },
      ),
  ],
  [isActive, (count) => t('{count, plural, one {# under way} other {# under way}}', { count })],
];

/** `12 files: 9 attached, 1 failed, 2 under way.` */
export function summarizeUploads(uploads: readonly Upload[]): string {
  if (uploads.length === 0) return '';
  const states = GROUPS.flatMap(([matches, describe]) => {
    const count = uploads.filter(({ state }) => matches(state)).length;
    return count > 0 ? [describe(count)] : [];
  });
  return t('{files}: {states}.', { files: countFiles(uploads.length), states: listOf(states) });
}
