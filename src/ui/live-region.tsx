import * as React from 'react';
import { t } from '../base/i18n/translate';
import { describeCause, joinSentences, quoteName } from '../upload/messages/problems';
import { describePauseReason } from '../upload/messages/uploads';
import type { PauseReason, Upload, UploadId, UploadState } from '../upload/upload';
import { isActive, isOver } from '../upload/upload-state';

/** State at the last announcement. */
export interface AnnouncedState {
  /** Uploads with an announced retry. */
  readonly waiting: ReadonlySet<UploadId>;
  readonly hold: PauseReason['reason'];
  readonly allPaused: boolean;
  /** Failures so far, by upload. */
  readonly failed: ReadonlyMap<UploadId, UploadState>;
}

/** State before the first announcement. */
export const NOTHING_ANNOUNCED: AnnouncedState = {
  waiting: new Set(),
  hold: 'nothing',
  allPaused: false,
  failed: new Map(),
};

/**
 * Returns the sentences for everything new since `before`, and the state after them. An upload is announced at its first
 * retry, not at each one, and again when a retry by hand has failed.
 */
export function announcements(
  before: AnnouncedState,
  uploads: readonly Upload[],
  hold: PauseReason,
): { readonly sentences: readonly string[]; readonly announced: AnnouncedState } {
  const waiting = uploads.filter(({ state }) => state.status === 'waiting');
  const unannounced = waiting.filter(({ id }) => !before.waiting.has(id));
  const known = uploads.filter(({ id, state }) => before.waiting.has(id) && !isOver(state));
  const allPaused = areAllPaused(uploads);
  const sentences = [
    describePauseChange(before.hold, hold),
    allPaused && !before.allPaused ? t('All uploads are paused.') : '',
    describeWaiting(unannounced),
    describeFailedAgain(uploads.filter(({ id, state }) => hasFailedAgain(before.failed.get(id), state))),
  ].filter(Boolean);
  const failed = uploads.flatMap(({ id, state }) => {
    const latest = state.status === 'failed' ? state : before.failed.get(id);
    return latest ? [[id, latest] as const] : [];
  });
  return {
    sentences,
    announced: {
      waiting: new Set([...known, ...unannounced].map(({ id }) => id)),
      hold: hold.reason,
      allPaused,
      failed: new Map(failed),
    },
  };
}

function describePauseChange(before: PauseReason['reason'], hold: PauseReason): string {
  if (hold.reason === before) return '';
  if (hold.reason === 'nothing') return before === 'offline' ? t("You're back online.") : '';
  if (hold.reason === 'throttled') return t('Azure DevOps is busy. Uploads resume automatically.');
  return describePauseReason(hold, 0);
}

function describeWaiting(unannounced: readonly Upload[]): string {
  const [first] = unannounced;
  if (first?.state.status !== 'waiting') return '';
  return unannounced.length === 1
    ? t('{name}: {problem} Retrying automatically.', {
        name: quoteName(first.file.name),
        problem: describeCause(first.state.problem),
      })
    : t(
        '{count, plural, one {# upload delayed. Retrying automatically.} other {# uploads delayed. Retrying automatically.}}',
        { count: unannounced.length },
      );
}

function hasFailedAgain(before: UploadState | undefined, now: UploadState): boolean {
  return before !== undefined && now.status === 'failed' && now !== before;
}

function describeFailedAgain({ length: count }: readonly Upload[]): string {
  return count > 0
    ? t('{count, plural, one {# file failed again.} other {# files failed again.}}', { count })
    : '';
}

/** Whether at least one upload is paused and none is active. */
function areAllPaused(uploads: readonly Upload[]): boolean {
  const open = uploads.filter(({ state }) => !isOver(state) && state.status !== 'waiting-for-save');
  return open.length > 0 && open.every(({ state }) => state.status === 'paused');
}

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
      const text = joinSentences(...sentences, summary);
      // Screen readers skip a text that does not change.
      speak((before) => (before === text ? `${text}\u00a0` : text));
    }, PAUSE_MS);
  });
  React.useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <div className="for-screen-readers" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}

/** Sentences of the summary, in its order. */
const GROUPS: readonly (readonly [
  matches: (state: UploadState) => boolean,
  describe: (count: number) => string,
])[] = [
  [
    ({ status }) => status === 'linked',
    (count) => t('{count, plural, one {# file attached.} other {# files attached.}}', { count }),
  ],
  [
    ({ status }) => status === 'failed',
    (count) => t('{count, plural, one {# file failed.} other {# files failed.}}', { count }),
  ],
  [
    ({ status }) => status === 'cancelled',
    (count) => t('{count, plural, one {# upload canceled.} other {# uploads canceled.}}', { count }),
  ],
  [
    ({ status }) => status === 'paused',
    (count) => t('{count, plural, one {# upload paused.} other {# uploads paused.}}', { count }),
  ],
  [
    ({ status }) => status === 'needs-file',
    (count) =>
      t('{count, plural, one {Choose # file again to resume.} other {Choose # files again to resume.}}', {
        count,
      }),
  ],
  [
    ({ status }) => status === 'waiting-for-save',
    (count) =>
      t(
        '{count, plural, one {Save the work item to attach # file.} other {Save the work item to attach # files.}}',
        { count },
      ),
  ],
  [isActive, (count) => t('{count, plural, one {Uploading # file.} other {Uploading # files.}}', { count })],
];

/** `9 files attached. 1 file failed. Uploading 2 files.` */
export function summarizeUploads(uploads: readonly Upload[]): string {
  return joinSentences(
    ...GROUPS.map(([matches, describe]) => {
      const count = uploads.filter(({ state }) => matches(state)).length;
      return count > 0 && describe(count);
    }),
  );
}
