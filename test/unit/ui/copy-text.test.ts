/** @jest-environment jsdom */
import { copyText } from '../../../src/ui/copy-text';

const writeText = jest.fn<Promise<void>, [string]>();
/** What the older way would have put on the clipboard. */
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

test('the clipboard is asked first', async () => {
  await expect(copyText('words')).resolves.toBe(true);
  expect(writeText).toHaveBeenCalledWith('words');
  expect(execCommand).not.toHaveBeenCalled();
});

test.each([
  ['refuses', () => writeText.mockRejectedValue(new Error('NotAllowedError'))],
  ['is missing', () => withClipboard(undefined)],
])('where it %s, the older way is taken', async (_, prepare) => {
  prepare();
  await expect(copyText('words')).resolves.toBe(true);
  expect(execCommand).toHaveBeenCalledWith('copy');
  expect(selected).toBe('words');
});

test('the older way leaves the page and the focus as they were', async () => {
  withClipboard(undefined);
  const button = document.body.appendChild(document.createElement('button'));
  button.focus();
  await copyText('words');
  expect(document.activeElement).toBe(button);
  expect(document.querySelector('textarea')).toBeNull();
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
])('where that %s as well, it says so', async (_, prepare) => {
  withClipboard(undefined);
  prepare();
  await expect(copyText('words')).resolves.toBe(false);
  expect(document.querySelector('textarea')).toBeNull();
});
