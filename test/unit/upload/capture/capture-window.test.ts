/** @jest-environment jsdom */
import { checkWindow, openCaptureWindow } from '../../../../src/upload/capture/capture-window';
import { readPurpose } from '../../../../src/upload/capture/protocol';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createOtherWindow, stubCrypto } from './windows';

const TASK = { kind: 'capture', workItem: 'Bug 7', culture: 'de-DE' } as const;
const FILE = new File(['x'], 'Screenshot 2026-12-02 at 14.05.33.png');

stubCrypto();

/** Opens a window; returns it with the id in its address. */
function openWith(receive: Parameters<typeof openCaptureWindow>[2]) {
  const opened = createOtherWindow();
  const open = jest.spyOn(window, 'open').mockReturnValue(opened.asWindow);
  const capture = openCaptureWindow(TASK, 'popup', receive);
  const purpose = readPurpose(new URL(String(open.mock.calls.at(-1)![0])).hash);
  return { ...opened, capture, id: purpose.kind === 'capture' ? purpose.id : '' };
}

afterEach(() => void jest.restoreAllMocks());

describe('openCaptureWindow', () => {
  it('receives a file of its window and answers it', () => {
    const receive = jest.fn(() => ({ captureId: 'a', isTaken: true }));
    const { send, received, id } = openWith(receive);
    send({ captureId: id, type: 'file', file: FILE });
    expect(receive).toHaveBeenCalledWith({ captureId: id, type: 'file', file: FILE });
    expect(received).toEqual([{ data: { captureId: 'a', isTaken: true }, origin: window.origin }]);
  });

  it('ignores messages of other windows and origins, and those with another id', () => {
    const receive = jest.fn();
    const { send, id } = openWith(receive);
    const data = { captureId: id, type: 'file', file: FILE };
    send(data, { source: createOtherWindow().asWindow });
    send(data, { source: null });
    send(data, { origin: 'https://other.example' });
    send(data, { origin: 'null' });
    send({ ...data, captureId: openWith(jest.fn()).id });
    expect(receive).not.toHaveBeenCalled();
  });

  it('ignores messages after it was closed', () => {
    const receive = jest.fn();
    const { send, id, capture, other } = openWith(receive);
    capture.close();
    expect(other.close).toHaveBeenCalledTimes(1);
    send({ captureId: id, type: 'reached' });
    expect(receive).not.toHaveBeenCalled();
  });

  it.each([
    ['gives no reference to it', () => null],
    [
      'throws',
      () => {
        throw new DOMException('Blocked.', 'SecurityError');
      },
    ],
  ])('is not open where the browser %s', (_, open) => {
    jest.spyOn(window, 'open').mockImplementation(open);
    const capture = openCaptureWindow(TASK, 'popup', jest.fn());
    expect(capture.isOpen).toBe(false);
    capture.close();
  });
});

describe('checkWindow', () => {
  it('reaches back if the window reports itself, and closes the window', async () => {
    const opened = createOtherWindow();
    const open = jest.spyOn(window, 'open').mockReturnValue(opened.asWindow);
    const check = checkWindow(createFakeRuntime());
    const purpose = readPurpose(new URL(String(open.mock.calls[0]![0])).hash);
    if (purpose.kind !== 'check') throw new Error('The window has another task.');
    opened.send({ captureId: purpose.id, type: 'reached' });
    expect(check.isOpen).toBe(true);
    expect(await check.reaches).toBe(true);
    expect(opened.other.close).toHaveBeenCalledTimes(1);
  });

  it('does not reach back without a report in ten seconds, and closes the window', async () => {
    const opened = createOtherWindow();
    jest.spyOn(window, 'open').mockReturnValue(opened.asWindow);
    const runtime = createFakeRuntime();
    const check = checkWindow(runtime);
    await runtime.pass(10_000);
    expect(await check.reaches).toBe(false);
    expect(opened.other.close).toHaveBeenCalledTimes(1);
  });

  it('does not reach back from a window without a reference', async () => {
    jest.spyOn(window, 'open').mockReturnValue(null);
    const check = checkWindow(createFakeRuntime());
    expect(check.isOpen).toBe(false);
    expect(await check.reaches).toBe(false);
  });
});
