import { t } from '../../base/i18n/translate';
import type { CaptureProblem, CaptureState, HandOver } from './capture-state';

/** Reason why nothing was captured, with the next step. */
export function describeCaptureProblem(problem: CaptureProblem): string {
  switch (problem) {
    case 'denied':
      return t("The screen wasn't shared. Try again, and choose a screen, a window, or a tab.");
    case 'unsupported':
      return t("This browser can't capture the screen. Paste a screenshot into the form instead.");
    case 'insecure':
      return t(
        'The browser captures the screen on secure pages (HTTPS) only. Paste a screenshot into the form instead.',
      );
    case 'no-recorder':
      return t("This browser can't record the screen. Take a screenshot instead.");
    case 'empty':
      return t('The recording is empty. Try again.');
    case 'failed':
      return t("The screen couldn't be captured. Try again.");
  }
}

/** Reason why the form cannot take the file, and the next step. */
export interface WayOut {
  readonly reason: string;
  readonly step: string;
}

/** Describes the way of a file that the form cannot take; `undefined` if it can. */
export function describeWayOut(
  { captured, handOver }: Pick<Extract<CaptureState, { step: 'done' }>, 'captured' | 'handOver'>,
  hasForm: boolean,
): WayOut | undefined {
  const reason = reasonFor(handOver, hasForm);
  if (!reason) return undefined;
  const step =
    captured.kind === 'image'
      ? t('Copy the image, then press Ctrl+V in the Attachments group.')
      : t('Save the recording, then drop it on the Attachments group.');
  return { reason, step };
}

function reasonFor(handOver: HandOver, hasForm: boolean): string {
  if (!hasForm) return t("This window can't reach the form.");
  if (handOver === 'gone') return t('The form is closed.');
  return handOver === 'refused' ? t('The new work item is no longer in the form.') : '';
}

/** `0:07`, `12:40`. */
export function formatElapsed(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
