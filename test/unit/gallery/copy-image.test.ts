/** @jest-environment jsdom */
import { canCopyImages, copyImage, isCopyableImage } from '../../../src/gallery/copy-image';
import { attachedFilesOf } from '../../../src/gallery/model/attached-file';
import { workItemWith } from '../../helpers/uploads';

const FILE = { ...attachedFilesOf(workItemWith([1]))[0]!, name: 'a "b".png', kind: 'image' as const };

const readBytes = (): Promise<Blob> => Promise.resolve(new Blob(['x']));

/** Items given to a clipboard. Missing in jsdom. */
class TestClipboardItem {
  constructor(readonly parts: Record<string, Promise<Blob> | Blob>) {}
}

function setClipboard(write: (items: readonly TestClipboardItem[]) => Promise<void>): void {
  Object.assign(globalThis, { ClipboardItem: TestClipboardItem });
  Object.defineProperty(navigator, 'clipboard', { value: { write }, configurable: true });
}

/** Lets `execCommand` raise a copy event, or fail. */
function setCopyCommand(works: boolean): Map<string, string> {
  const copied = new Map<string, string>();
  Object.assign(document, {
    queryCommandSupported: () => works,
    execCommand() {
      const clipboardData = { setData: (type: string, text: string) => void copied.set(type, text) };
      if (works) document.activeElement?.dispatchEvent(Object.assign(new Event('copy'), { clipboardData }));
      return works;
    },
  });
  return copied;
}

beforeEach(() => {
  const close = jest.fn();
  const createImageBitmap = () => Promise.resolve({ width: 4, height: 3, close });
  Object.assign(globalThis, { createImageBitmap });
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  jest
    .spyOn(HTMLCanvasElement.prototype, 'toBlob')
    .mockImplementation((give) => give(new Blob(['png'], { type: 'image/png' })));
});

afterEach(() => {
  Object.assign(globalThis, { ClipboardItem: undefined });
  Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
});

describe('copyImage', () => {
  it('writes PNG and HTML at once, before the bytes are read', async () => {
    const types: string[] = [];
    setClipboard(async ([item]) => {
      for (const [type, part] of Object.entries(item!.parts)) types.push(type, (await part).type);
    });
    expect(await copyImage(FILE, readBytes)).toBe('pixels');
    expect(types).toEqual(['image/png', 'image/png', 'text/html', 'text/html']);
  });

  it.each([
    ['there is no Clipboard API', undefined],
    ['the browser refuses', () => Promise.reject(new DOMException('Denied.', 'NotAllowedError'))],
  ])('copies HTML with address and name by a copy event if %s', async (_, write) => {
    if (write) setClipboard(write);
    const copied = setCopyCommand(true);
    expect(await copyImage(FILE, readBytes)).toBe('html');
    expect(copied.get('text/html')).toMatch(
      /^<img src="https:[^" ]*\?fileName=a\+%22b%22\.png" alt="a &#34;b&#34;\.png">$/,
    );
    expect(copied.get('text/plain')).toMatch(/^https:/);
  });

  it('copies HTML if the image cannot be read or is too large', async () => {
    setClipboard(async ([item]) => {
      await item!.parts['image/png'];
    });
    setCopyCommand(true);
    expect(await copyImage(FILE, () => Promise.reject(new Error('No answer.')))).toBe('html');
    Object.assign(globalThis, {
      createImageBitmap: () => Promise.resolve({ width: 10_000, height: 10_000, close: jest.fn() }),
    });
    expect(await copyImage(FILE, readBytes)).toBe('html');
  });

  it('copies nothing if the browser refuses both', async () => {
    setCopyCommand(false);
    expect(await copyImage(FILE, readBytes)).toBeUndefined();
  });
});

test('canCopyImages says no without a Clipboard API and a copy command', () => {
  setCopyCommand(false);
  expect(canCopyImages()).toBe(false);
  setCopyCommand(true);
  expect(canCopyImages()).toBe(true);
  setCopyCommand(false);
  setClipboard(() => Promise.resolve());
  expect(canCopyImages()).toBe(true);
});

test.each([
  ['a.png', 'image', true],
  ['a.svg', 'image', false],
  ['a.txt', 'text', false],
] as const)('isCopyableImage of %s, a file of kind %s, is %s', (name, kind, expected) => {
  expect(isCopyableImage({ name, kind })).toBe(expected);
});
