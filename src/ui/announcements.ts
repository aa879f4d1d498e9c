import { t } from '../base/i18n/translate';
import type { Upload, UploadId } from '../upload/upload';
import { isOver } from '../upload/upload-state';
import { describeCause, quoteName } from '../upload/messages/problems';
import type { PauseReason } from '../upload/upload';
import { describePauseReason } from '../upload/messages/uploads';

/** State at the last announcement. */
export interface AnnouncedState {
  /** Uploads with an announced retry. */
  readonly waiting: ReadonlySet<UploadId>;
  readonly hold: PauseReason['reason'];
  readonly allPaused: boolean;
}

/** State before the first announcement. */
export const NOTHING_ANNOUNCED: AnnouncedState = { waiting: new Set(), hold: 'nothing', allPaused: false };

/**
 * Returns the sentences for everything new since `before`, and the state after them. An upload is announced at its first
 * retry, not at each one.
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
  ].filter(Boolean);
  return {
    sentences,
    announced: {
      waiting: new Set([...known, ...unannounced].map(({ id }) => id)),
      hold: hold.reason,
      allPaused,
    },
  };
}

function describePauseChange(before: PauseReason['reason'], hold: PauseReason): string {
  if (hold.reason === before) return '';
  if (hold.reason === 'nothing') return before === 'offline' ? t('You are online again.') : '';
  return hold.reason === 'offline'
    ? describePauseReason(hold, 0)
    : t('Azure DevOps asked us to wait. Uploads go on by themselves.');
}

function describeWaiting(unannounced: readonly Upload[]): string {
  const [first] = unannounced;
  if (first?.state.status !== 'waiting') return '';
  return unannounced.length === 1
    ? t('{name}: {problem} It is tried again by itself.', {
        name: quoteName(first.file.name),
        problem: describeCause(first.state.problem),
      })
    : t(
        '{count, plural, one {# file did not get through yet. It is tried again by itself.} other {# files did not get through yet. They are tried again by themselves.}}',
        { count: unannounced.length },
      );
}

/** Whether at least one upload is paused and none is active. */
function areAllPaused(uploads: readonly Upload[]): boolean {
  const open = uploads.filter(({ state }) => !isOver(state) && state.status !== 'waiting-for-save');
  return open.length > 0 && open.every(({ state }) => state.status === 'paused');
}
