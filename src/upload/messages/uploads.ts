import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import type { PauseReason, SendStep, Upload } from '../upload';
import { formatSeconds } from '../../base/format';
import { describeCause, describeError, joinSentences, quoteName } from './problems';

/** Describes the state of an upload for its row. Failures and first-time sending have texts of their own. */
export function describeState({ state, file, progress, duplicate, sameFile }: Upload): string {
  switch (state.status) {
    case 'queued':
      return sameFile?.status === 'asking' ? t('Waiting for your answer') : t('Waiting');
    case 'preparing':
      return t('Checking…');
    case 'uploading':
      return describeStep(state.step);
    case 'waiting':
      return t('Waiting to retry');
    case 'paused':
      return t('Paused');
    case 'needs-file':
      return describeNeededFile(file.name, progress.bytesAccepted, file.size);
    case 'uploaded':
      if (duplicate?.status === 'asking') return t('Waiting for your answer');
      return t('Attaching…');
    case 'waiting-for-save':
      return t('Uploaded. Save to attach.');
    case 'linking':
      return t('Attaching…');
    case 'linked':
      return t('Attached');
    case 'failed':
      return t('Failed');
    case 'cancelled':
      return t('Canceled');
  }
}

function describeNeededFile(name: string, bytesAccepted: number, size: number): string {
  const percent = Math.floor((100 * bytesAccepted) / Math.max(1, size));
  const quoted = quoteName(name);
  return percent > 0
    ? t('Choose {name} again to resume ({percent, number}% uploaded)', { name: quoted, percent })
    : t('Choose {name} again to resume', { name: quoted });
}

function describeStep(step: SendStep): string {
  switch (step) {
    case 'sending':
      return t('Uploading…');
    case 'starting-over':
      return t('Restarting the upload…');
    case 'verifying':
      return t('Verifying…');
  }
}

/** Time of the next attempt. */
export type RetryTime =
  /** Whole seconds; 0 is now. */
  { readonly seconds: number } | 'once-online';

/** Describes a failed attempt and the time of the next one. */
export function describeWait(problem: Problem, when: RetryTime): string {
  return joinSentences(describeCause(problem), describePlan(when));
}

function describePlan(when: RetryTime): string {
  if (when === 'once-online') return t('Retrying when you reconnect.');
  return when.seconds === 0
    ? t('Retrying now.')
    : t('Retrying in {time}.', { time: formatSeconds(when.seconds) });
}

/** Describes the pause; empty if there is none. `seconds` is the time until it ends or is checked. */
export function describePauseReason(hold: PauseReason, seconds: number): string {
  switch (hold.reason) {
    case 'nothing':
      return '';
    case 'offline':
      return t("You're offline. Uploads resume when you reconnect.");
    case 'throttled':
      return describeWait({ kind: 'throttled' }, { seconds });
    case 'signed-out':
      return t("You're signed out of Azure DevOps. Sign in again in another tab to resume uploads.");
    case 'unreachable':
      return hold.isBlocked
        ? describeError({ kind: 'network', isBlocked: true })
        : describeWait({ kind: 'network' }, { seconds });
  }
}
