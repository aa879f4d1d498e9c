/** @jest-environment jsdom */
import fc from 'fast-check';
import { captureUrl, readMessage, readPurpose, readReply } from '../../../../src/upload/capture/protocol';

const BASE = 'https://stapler.example/dist/form-group.html?x=1#y';
const id = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');

describe('The address of the capture page', () => {
  it('has its task in the fragment, whatever the label of the work item', () => {
    fc.assert(
      fc.property(id, fc.string(), fc.string(), (secret, workItem, culture) => {
        const purpose = { kind: 'capture', id: secret, workItem, culture } as const;
        const url = new URL(captureUrl(BASE, purpose));
        expect(url.origin + url.pathname + url.search).toBe('https://stapler.example/dist/capture.html');
        expect(readPurpose(url.hash)).toEqual(purpose);
      }),
    );
  });

  it('can ask for an answer to the check', () => {
    fc.assert(
      fc.property(id, (secret) => {
        const { hash } = new URL(captureUrl(BASE, { kind: 'check', id: secret }));
        expect(readPurpose(hash)).toEqual({ kind: 'check', id: secret });
      }),
    );
  });

  it('has no task if it was opened by hand', () => {
    for (const hash of ['', '#', '#capture=', '#x=1']) expect(readPurpose(hash)).toEqual({ kind: 'none' });
  });
});

describe('readMessage', () => {
  const file = new File(['x'], 'Screenshot 2026-12-02 at 14.05.33.png');

  it('reads a report and a file with the id of the window', () => {
    expect(readMessage({ captureId: 'a', type: 'reached' }, 'a')).toEqual({
      captureId: 'a',
      type: 'reached',
    });
    expect(readMessage({ captureId: 'a', type: 'file', file, more: 1 }, 'a')).toEqual({
      captureId: 'a',
      type: 'file',
      file,
    });
  });

  it.each<[string, unknown]>([
    ['another id', { captureId: 'b', type: 'file', file }],
    ['text instead of a file', { captureId: 'a', type: 'file', file: 'x' }],
    ['bytes without a name', { captureId: 'a', type: 'file', file: new Blob(['x']) }],
    ['an unknown type', { captureId: 'a', type: 'files', file }],
    ...['../x.png', 'x.exe', 'a\u202egnp.png', 'x.png.html', '.png'].map((name): [string, unknown] => [
      `the name ${name}`,
      { captureId: 'a', type: 'file', file: new File(['x'], name) },
    ]),
  ])('ignores a message with %s', (_, data) => {
    expect(readMessage(data, 'a')).toBeUndefined();
  });

  it('ignores any other data, as readReply does', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        expect(readMessage(data, 'a')).toBeUndefined();
        expect(readReply(data, 'a')).toBeUndefined();
      }),
    );
  });
});

it('readReply reads an answer with the id of the window', () => {
  expect(readReply({ captureId: 'a', isTaken: false }, 'a')).toEqual({ captureId: 'a', isTaken: false });
  expect(readReply({ captureId: 'b', isTaken: true }, 'a')).toBeUndefined();
  expect(readReply({ captureId: 'a', isTaken: 1 }, 'a')).toBeUndefined();
});
