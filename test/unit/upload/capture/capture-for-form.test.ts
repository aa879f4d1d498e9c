/** @jest-environment jsdom */
import type { LinkTarget } from '../../../../src/azure/work-item';
import { draftTarget, workItemTarget } from '../../../../src/azure/work-item';
import type { CaptureSession } from '../../../../src/upload/capture/capture-for-form';
import { canCaptureScreen, captureForForm } from '../../../../src/upload/capture/capture-for-form';
import { readPurpose } from '../../../../src/upload/capture/protocol';
import type { FormState } from '../../../../src/upload/form/form-state';
import { createOtherWindow, stubCrypto } from './windows';

const FILE = new File(['x'], 'Screenshot 2026-12-02 at 14.05.33.png', { type: 'image/png' });

stubCrypto();

function formWith(target: LinkTarget, label: string): FormState {
  const facts = { isReadOnly: false, attachmentCount: 0, problem: undefined, notShown: undefined };
  return { status: 'open', target, hostId: 0, label, former: undefined, ...facts };
}

/** A form with an opened capture window. */
function captureIn(target: LinkTarget) {
  let form = formWith(target, 'Bug 7');
  const session = {
    getSnapshot: () => form,
    attachTo: jest.fn(),
    attachPasted: jest.fn(),
  } satisfies CaptureSession;
  const opened = createOtherWindow();
  const open = jest.spyOn(window, 'open').mockReturnValue(opened.asWindow);
  captureForForm(session);
  const purpose = readPurpose(new URL(String(open.mock.calls.at(-1)![0])).hash);
  if (purpose.kind !== 'capture') throw new Error('The window has another task.');
  return {
    session,
    purpose,
    show: (next: FormState) => void (form = next),
    hand: () => opened.send({ captureId: purpose.id, type: 'file', file: FILE }),
    answers: () => opened.received.map(({ data }) => (data as { isTaken: boolean }).isTaken),
  };
}

describe('captureForForm', () => {
  it('attaches a file to the work item of the press, once, after the form shows another one', () => {
    const { session, purpose, show, hand, answers } = captureIn(workItemTarget(7));
    expect(purpose.workItem).toBe('Bug 7');
    show(formWith(workItemTarget(8), 'Bug 8'));
    hand();
    hand();
    const picked = { accepted: [{ name: FILE.name, size: 1, folder: '', source: FILE }], rejected: [] };
    expect(session.attachTo.mock.calls).toEqual([[picked, 7, true]]);
    expect(session.attachPasted).not.toHaveBeenCalled();
    expect(answers()).toEqual([true, true]);
  });

  it('attaches a file to a new work item while it is in the form', () => {
    const { session, hand, answers } = captureIn(draftTarget('a'));
    hand();
    expect(session.attachPasted.mock.calls).toEqual([[[FILE]]]);
    expect(answers()).toEqual([true]);
  });

  it.each<[string, FormState]>([
    ['another new one is in the form', formWith(draftTarget('b'), 'New Bug')],
    ['it was saved', formWith(workItemTarget(7), 'Bug 7')],
    ['the form is empty', { status: 'empty', late: false }],
  ])('refuses a file for a new work item after %s', (_, form) => {
    const { session, show, hand, answers } = captureIn(draftTarget('a'));
    show(form);
    hand();
    expect(session.attachPasted).not.toHaveBeenCalled();
    expect(answers()).toEqual([false]);
  });

  it('opens nothing without a work item', () => {
    const open = jest.spyOn(window, 'open').mockReset();
    const getSnapshot = (): FormState => ({ status: 'empty', late: false });
    captureForForm({ getSnapshot, attachTo: jest.fn(), attachPasted: jest.fn() });
    expect(open).not.toHaveBeenCalled();
  });
});

it.each<[string, unknown, boolean]>([
  ['no media devices', undefined, false],
  ['devices without a screen, as phones', {}, false],
  ['a screen', { getDisplayMedia: () => undefined }, true],
])('canCaptureScreen of a browser with %s is as expected', (_, mediaDevices, expected) => {
  Object.defineProperty(navigator, 'mediaDevices', { value: mediaDevices, configurable: true });
  expect(canCaptureScreen()).toBe(expected);
});
