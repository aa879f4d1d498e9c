/** @jest-environment jsdom */
import { copyText } from '../../../src/ui/copy-text';

const writeText = jest.fn<Promise<void>, [string]>();
/** Text selected when `execCommand` ran. */
let selected: string | undefined;
const execCommand = jest.fn(() => {
  const { activeElement } = document;
  selected = activeElement instanceof HTMLTextAreaElement ? activeElement.value : undefined;
  return true;
});

function withClipboard(clipboard: unknown): void {
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
}

beforeEach(() => {
  jest.clearAllMocks();
  selected = undefined;
  writeText.mockResolvedValue();
  withClipboard({ writeText });
  Object.assign(document, { execCommand });
});

test('copyText writes to the Clipboard API first', async () => {
  await expect(copyText('words')).resolves.toBe(true);
  expect(writeText).toHaveBeenCalledWith('words');
  expect(execCommand).not.toHaveBeenCalled();
});

test.each([
  ['refuses', () => writeText.mockRejectedValue(new Error('NotAllowedError'))],
  ['is missing', () => withClipboard(undefined)],
])('copyText falls back to execCommand where the Clipboard API %s', async (_, prepare) => {
  prepare();
  await expect(copyText('words')).resolves.toBe(true);
  expect(execCommand).toHaveBeenCalledWith('copy');
  expect(selected).toBe('words');
});

test('copyText leaves the page and the focus unchanged after execCommand', async () => {
  withClipboard(undefined);
  const button = document.body.appendChild(document.createElement('button'));
  button.focus();
  await copyText('words');
  expect(document.activeElement).toBe(button);
  expect(document.querySelector('textarea')).toBeNull();
});

test('copyText selects the text inside an open dialog, since the rest of the page is inert', async () => {
  withClipboard(undefined);
  const dialog = document.body.appendChild(document.createElement('dialog'));
  dialog.appendChild(document.createElement('button')).focus();
  let place: Element | null | undefined;
  execCommand.mockImplementationOnce(() => {
    place = document.activeElement?.parentElement;
    return true;
  });
  await copyText('words');
  expect(place).toBe(dialog);
});

test.each([
  ['refuses', () => execCommand.mockReturnValueOnce(false)],
  [
    'throws',
    () =>
      execCommand.mockImplementationOnce(() => {
        throw new Error('no');
      }),
  ],
])('copyText resolves with false where execCommand %s as well', async (_, prepare) => {
  withClipboard(undefined);
  prepare();
  await expect(copyText('words')).resolves.toBe(false);
  expect(document.querySelector('textarea')).toBeNull();
});
