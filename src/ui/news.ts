import { t } from '../i18n/translate';
import type { Upload, UploadId } from '../model/upload';
import { isOver } from '../model/upload-state';
import type { Hold } from './sentences';
import { describeHitch, describeHold, quoteName } from './sentences';

/** What a person has been told already. */
export interface Heard {
  /** Uploads that did not get through at first. */
  readonly waiting: ReadonlySet<UploadId>;
  readonly hold: Hold['reason'];
  readonly allPaused: boolean;
}

/** The beginning. */
export const NOTHING_HEARD: Heard = { waiting: new Set(), hold: 'nothing', allPaused: false };

/**
 * What has happened since the person was told last, in sentences, and what they know then. A wait is told of when an
 * upload meets its first one, not each time that it is tried again.
 */
export function newsOf(
  heard: Heard,
  uploads: readonly Upload[],
  hold: Hold,
): { readonly news: readonly string[]; readonly heard: Heard } {
  const waiting = uploads.filter(({ state }) => state.status === 'waiting');
  const unheard = waiting.filter(({ id }) => !heard.waiting.has(id));
  const known = uploads.filter(({ id, state }) => heard.waiting.has(id) && !isOver(state));
  const allPaused = areAllPaused(uploads);
  const news = [
    newsOfHold(heard.hold, hold),
    allPaused && !heard.allPaused ? t('All uploads are paused.') : '',
    newsOfWaiting(unheard),
  ].filter(Boolean);
  return {
    news,
    heard: {
      waiting: new Set([...known, ...unheard].map(({ id }) => id)),
      hold: hold.reason,
      allPaused,
    },
  };
}

function newsOfHold(before: Hold['reason'], hold: Hold): string {
  if (hold.reason === before) return '';
  if (hold.reason === 'nothing') return before === 'offline' ? t('You are online again.') : '';
  return hold.reason === 'offline'
    ? describeHold(hold, 0)
    : t('Azure DevOps asked us to wait. Uploads go on by themselves.');
}

function newsOfWaiting(unheard: readonly Upload[]): string {
  const [first] = unheard;
  if (first?.state.status !== 'waiting') return '';
  return unheard.length === 1
    ? t('{name}: {problem} It is tried again by itself.', {
        name: quoteName(first.file.name),
        problem: describeHitch(first.state.problem),
      })
    : t(
        '{count, plural, one {# file did not get through yet. It is tried again by itself.} other {# files did not get through yet. They are tried again by themselves.}}',
        { count: unheard.length },
      );
}

/** Something is paused, and nothing else is on its way. */
function areAllPaused(uploads: readonly Upload[]): boolean {
  const open = uploads.filter(({ state }) => !isOver(state) && state.status !== 'waiting-for-save');
  return open.length > 0 && open.every(({ state }) => state.status === 'paused');
}
