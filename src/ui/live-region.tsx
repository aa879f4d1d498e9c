import * as React from 'react';
import { t } from '../i18n/translate';
import type { Upload, UploadState } from '../model/upload';
import { isActive } from '../model/upload-state';
import { countFiles, listOf } from './format';
import type { Heard } from './news';
import { newsOf, NOTHING_HEARD } from './news';
import type { Hold } from './sentences';
import { joinSentences } from './sentences';

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
      speak(joinSentences(...news, summary));
    }, PAUSE_MS);
  });
  React.useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <div className="for-screen-readers" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}

/** What uploads are counted by, and how their number is told. */
const GROUPS: readonly (readonly [
  matches: (state: UploadState) => boolean,
  tell: (count: number) => string,
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
export function summarise(uploads: readonly Upload[]): string {
  if (uploads.length === 0) return '';
  const told = GROUPS.flatMap(([matches, tell]) => {
    const count = uploads.filter(({ state }) => matches(state)).length;
    return count > 0 ? [tell(count)] : [];
  });
  return t('{files}: {states}.', { files: countFiles(uploads.length), states: listOf(told) });
}
