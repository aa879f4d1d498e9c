import { listOf } from '../../base/format';
import { perLanguage } from '../../base/i18n/language';
import { t } from '../../base/i18n/translate';
import { daysLeft } from '../../upload/history/file-history';
import { asReadProblem, describeError, quoteName } from '../../upload/messages/problems';
import { describeUnread, onlyName } from '../sentences';
import type { RemovedEntry } from './history-model';
import type { AttachedFile } from '../model/attached-file';
import { partsOf } from '../model/attached-file';
import { removedRowsOf } from './split-history';
import type { HistoryState, HistoryWork, Restoration, RestoreFailure } from './history-state';

const days = perLanguage((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full' }));
const times = perLanguage((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));

const DAY_MS = 24 * 60 * 60 * 1000;

/** Names in the sentence about files that were not restored. */
const MAX_NAMES = 5;

/** `Tuesday, November 3, 2026`. @param at In milliseconds since the epoch; `NaN` if unknown. */
export function describeDay(at: number): string {
  return Number.isNaN(at) ? t('Date unknown') : days().format(at);
}

/** `2:05 PM`; empty when unknown. */
export function describeTime(at: number): string {
  return Number.isNaN(at) ? '' : times().format(at);
}

/**
 * Time that the bytes of a removed file stay on the server: `12 days left`; empty when unknown. Times in milliseconds
 * since the epoch.
 */
export function describeTimeLeft(removedAt: number, now: number): string {
  const count = daysLeft(removedAt, now);
  if (count === undefined) return '';
  if (count > 0) return t('{count, plural, one {# day left} other {# days left}}', { count });
  return daysLeft(removedAt, now - DAY_MS) === 0
    ? t('Probably deleted from Azure DevOps by now')
    : t('Less than a day left');
}

/** Progress of reading. */
export function describeReading(updatesRead: number): string {
  return updatesRead === 0
    ? t('Reading the history…')
    : t('Reading the history… ({count, number} changes so far)', { count: updatesRead });
}

/** A change in progress. */
export function describeWork({ step, done, total }: HistoryWork): string {
  switch (step) {
    case 'checking':
      return t('Checking {done, number} of {count, plural, one {# file} other {# files}}…', {
        done,
        count: total,
      });
    case 'copying':
      return t('Uploading new copies…');
    case 'linking':
      return t('Restoring…');
    case 'undoing':
      return t('Undoing…');
  }
}

/** `Restored “a.png”.`, and the names of files that were not restored. */
export function describeRestoration({ isCopy, restored, failed }: Restoration): string {
  return [
    restored.length > 0 && describeRestored(restored, isCopy),
    failed.length > 0 && describeFailed(failed),
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

function describeRestored(restored: readonly RemovedEntry[], isCopy: boolean): string {
  const files = removedRowsOf(restored).map(({ file }) => file);
  const name = onlyName(files);
  const count = files.length;
  if (isCopy)
    return name === undefined
      ? t('{count, plural, one {Restored # file as a new copy.} other {Restored # files as new copies.}}', {
          count,
        })
      : t('Restored {name} as a new copy.', { name });
  return name === undefined
    ? t('{count, plural, one {Restored # file.} other {Restored # files.}}', { count })
    : t('Restored {name}.', { name });
}

function describeFailed(failed: readonly RemovedEntry[]): string {
  const files = removedRowsOf(failed);
  const names = files.slice(0, MAX_NAMES).map(({ file }) => quoteName(file.name));
  return t(
    "{count, plural, one {# file wasn't restored: {names}.} other {# files weren't restored: {names}.}}",
    {
      count: files.length,
      names: listOf(files.length > MAX_NAMES ? [...names, '…'] : names),
    },
  );
}

/** `3 parts`; empty if the file is not split. */
export function describePartCount(file: AttachedFile): string {
  return file.volumes
    ? t('{count, plural, one {# part} other {# parts}}', { count: partsOf(file).length })
    : '';
}

/** Reason why a file was not restored. */
export function describeFailure({ problem, isUnread }: RestoreFailure, file: AttachedFile): string {
  return isUnread ? describeUnread(problem, file.name) : describeError(problem);
}

/** Reason why an action failed as a whole. */
export function describeFailedAction({ action, problem }: NonNullable<HistoryState['failed']>): string {
  return describeError(action === 'read' ? asReadProblem(problem) : problem);
}
