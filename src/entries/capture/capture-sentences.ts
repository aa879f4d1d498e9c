import { t } from '../../base/i18n/translate';
import type { CaptureProblem, CaptureState } from './capture-state';

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

/** Next step for a file that the form cannot take; empty if it can. */
export function describeWayOut(
  { captured, handOver }: Extract<CaptureState, { step: 'done' }>,
  hasForm: boolean,
): string {
  const isImage = captured.kind === 'image';
  if (!hasForm)
    return isImage
      ? t("This window can't reach the form. Copy the image, then press Ctrl+V in the Attachments group.")
      : t("This window can't reach the form. Save the recording, then drop it on the Attachments group.");
  if (handOver === 'gone')
    return isImage
      ? t('The form is closed. Copy the image, then press Ctrl+V in the Attachments group.')
      : t('The form is closed. Save the recording, then drop it on the Attachments group.');
  if (handOver === 'refused')
    return isImage
      ? t(
          'The new work item is no longer in the form. Copy the image, then press Ctrl+V in the Attachments group.',
        )
      : t(
          'The new work item is no longer in the form. Save the recording, then drop it on the Attachments group.',
        );
  return '';
}

/** `0:07`, `12:40`. */
export function formatElapsed(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
