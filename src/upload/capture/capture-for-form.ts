import type { LinkTarget } from '../../azure/work-item';
import { currentLanguage } from '../../base/i18n/language';
import type { FormSession } from '../form/form-session';
import type { Picked } from '../intake/intake';
import { openCaptureWindow } from './capture-window';

/** Size and kind of the window. */
const FEATURES = 'popup,width=960,height=720';

/** Whether this browser can capture the screen at all. Phones cannot. */
export function canCaptureScreen(): boolean {
  const { mediaDevices } = navigator as { readonly mediaDevices?: Partial<MediaDevices> };
  return typeof mediaDevices?.getDisplayMedia === 'function';
}

/**
 * Opens a window to capture the screen. Must be called in a click or key handler.
 *
 * @param workItem Label of the work item: `Bug 7`.
 * @param attach Attaches a captured file, once; returns whether it could.
 */
export function captureFor(workItem: string, attach: (file: File) => boolean): void {
  let isTaken = false;
  const task = { kind: 'capture', workItem, culture: currentLanguage().culture } as const;
  openCaptureWindow(task, FEATURES, (message) => {
    if (message.type !== 'file') return undefined;
    // A repeated message asks for the answer only.
    isTaken ||= attach(message.file);
    return { captureId: message.captureId, isTaken };
  });
}

/** Commands of a form for captured files. */
export type CaptureSession = Pick<FormSession, 'getSnapshot' | 'attachTo' | 'attachPasted'>;

/** Opens a window to capture the screen for the work item in the form, also after the form shows another one. */
export function captureForForm(session: CaptureSession): void {
  const form = session.getSnapshot();
  if (form.status !== 'open') return;
  const { target, label } = form;
  captureFor(label, (file) => attachCaptured(session, file, target));
}

/** Takes a captured file the way of a pasted one. Its name is its own. */
export function pickCaptured(file: File): Picked {
  return { accepted: [{ name: file.name, size: file.size, folder: '', source: file }], rejected: [] };
}

/** Returns whether the file is attached. A new work item takes it only while it is in the form. */
function attachCaptured(session: CaptureSession, file: File, target: LinkTarget): boolean {
  if (target.kind === 'work-item') {
    session.attachTo(pickCaptured(file), target.id, true);
    return true;
  }
  const form = session.getSnapshot();
  const isInForm = form.status === 'open' && isSameDraft(form.target, target);
  if (isInForm) session.attachPasted([file]);
  return isInForm;
}

/** Without `sameTarget`: shared with a part loaded later, it would add to the first script of the form. */
function isSameDraft(a: LinkTarget, b: LinkTarget): boolean {
  return a.kind === 'draft' && b.kind === 'draft' && a.draftId === b.draftId;
}
