/** @jest-environment jsdom */
import { createFormLink } from '../../../../src/upload/capture/form-link';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createOtherWindow } from './windows';

const FILE = new File(['x'], 'Recording 2026-12-02 at 14.05.33.webm');

function linkTo(opener: Window | null) {
  Object.defineProperty(window, 'opener', { value: opener, configurable: true });
  const runtime = createFakeRuntime();
  return { link: createFormLink('a', runtime), runtime };
}

describe('createFormLink', () => {
  it('has no form without an opener, and every file finds it gone', async () => {
    const { link } = linkTo(null);
    expect(link.hasForm).toBe(false);
    expect(link.report()).toBe(false);
    expect(await link.hand(FILE)).toBe('gone');
  });

  it('reports itself to a page of its own origin only', () => {
    const { asWindow, received } = createOtherWindow();
    const { link } = linkTo(asWindow);
    expect(link.report()).toBe(true);
    expect(received).toEqual([{ data: { captureId: 'a', type: 'reached' }, origin: window.origin }]);
  });

  it.each([
    [true, 'taken'],
    [false, 'refused'],
  ] as const)('hands over a file with the answer %s as %s', async (isTaken, expected) => {
    const { asWindow, received, send } = createOtherWindow();
    const { link } = linkTo(asWindow);
    const result = link.hand(FILE);
    expect(received).toMatchObject([{ data: { captureId: 'a', type: 'file', file: FILE } }]);
    send({ captureId: 'b', isTaken: !isTaken });
    send({ captureId: 'a', isTaken: !isTaken }, { origin: 'https://other.example' });
    send({ captureId: 'a', isTaken: !isTaken }, { source: createOtherWindow().asWindow });
    send({ captureId: 'a', isTaken });
    expect(await result).toBe(expected);
  });

  it('finds the form gone if it does not answer in five seconds', async () => {
    const { link, runtime } = linkTo(createOtherWindow().asWindow);
    const result = link.hand(FILE);
    await runtime.pass(5_000);
    expect(await result).toBe('gone');
  });

  it('finds the form gone if its frame is closed, or the sandbox has no origin', async () => {
    const { asWindow, other } = createOtherWindow();
    const { link } = linkTo(asWindow);
    other.postMessage.mockImplementation(() => {
      throw new DOMException('Invalid target origin.', 'SyntaxError');
    });
    expect(await link.hand(FILE)).toBe('gone');
    other.closed = true;
    expect(await link.hand(FILE)).toBe('gone');
    expect(other.postMessage).toHaveBeenCalledTimes(1);
  });
});
