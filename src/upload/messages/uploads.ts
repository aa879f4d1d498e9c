import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import type { PauseReason, SendStep, Upload } from '../upload';
import { formatSeconds } from '../../base/format';
import { describeCause, describeProblem, joinSentences, quoteName } from './problems';

/** Describes the state of an upload for its row. Failures and first-time sending have texts of their own. */
export function describeState({ state, file, progress, duplicate }: Upload): string {
  switch (state.status) {
    case 'queued':
      return t('Waiting');
    case 'preparing':
      return t('Checking');
    case 'uploading':
      return describeStep(state.step);
    case 'waiting':
      return t('Waiting to be tried again');
    case 'paused':
      return t('Paused');
    case 'needs-file':
      return describeNeededFile(file.name, progress.bytesAccepted, file.size);
    case 'uploaded':
      if (duplicate?.status === 'asking') return t('Waiting for your answer');
      return t('Uploaded, attached in a moment');
    case 'waiting-for-save':
      return t('Uploaded, will be attached when you save');
    case 'linking':
      return t('Attaching');
    case 'linked':
      return t('Attached');
    case 'failed':
      return t('Failed');
    case 'cancelled':
      return t('Cancelled');
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
      return t('Uploading');
    case 'starting-over':
      return t('Sending it again from the start: Azure DevOps cannot use what it has of it');
    case 'verifying':
      return t('Checking that every byte arrived');
  }
}

/** Time of the next attempt. */
export type RetryTime =
  /** Whole seconds; 0 is now. */
  { readonly seconds: number } | 'once-online';

/**
 * Describes a failed attempt and the time of the next one.
 *
 * @param attempt The failed attempt, 1-based.
 */
export function describeWait(problem: Problem, attempt: number, when: RetryTime): string {
  const plan = describePlan(problem, when);
  return attempt > 1 ? t('{plan} (attempt {attempt, number})', { plan, attempt: attempt + 1 }) : plan;
}

function describePlan(problem: Problem, when: RetryTime): string {
  if (when === 'once-online')
    return joinSentences(describeCause(problem), t('Trying again once you are back online'));
  if (when.seconds === 0) return joinSentences(describeCause(problem), t('Trying again now'));
  const time = formatSeconds(when.seconds);
  return problem.retryAfterMs === undefined
    ? joinSentences(describeCause(problem), t('Trying again in {time}', { time }))
    : t('Azure DevOps asked us to wait {time}', { time });
}

/** Describes the pause; empty if there is none. `seconds` is the time until it ends or is checked. */
export function describePauseReason(hold: PauseReason, seconds: number): string {
  switch (hold.reason) {
    case 'nothing':
      return '';
    case 'offline':
      return t('You are offline. Uploads go on by themselves once you are back.');
    case 'throttled':
      return seconds > 0
        ? t('Azure DevOps asked us to wait {time}.', { time: formatSeconds(seconds) })
        : t('Azure DevOps asked us to wait. Going on now.');
    case 'signed-out':
      return t(
        'You are signed out of Azure DevOps. Sign in again in another tab, and the uploads resume automatically.',
      );
    case 'unreachable':
      return hold.isBlocked
        ? describeProblem({ kind: 'network', isBlocked: true }, t('The files'))
        : describePlan({ kind: 'network' }, { seconds });
  }
}
