/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { DownloadContext } from '../../../../../src/gallery/viewers/download-context';
import { TextViewer } from '../../../../../src/gallery/viewers/text/text-viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, click, press, render, tell, type, until } from '../../../../helpers/render';

async function show(bytes: Blob, name = 'build.log'): Promise<HTMLElement> {
  const place = await render(<TextViewer file={{ name, bytes }} saveAs={undefined} runTask={runOnPage} />);
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

function encodingOf(place: HTMLElement): string {
  return encodings(place).value;
}

function encodings(place: HTMLElement): HTMLSelectElement {
  return place.querySelector('select[aria-label="Encoding"]')!;
}

function field(place: HTMLElement): HTMLInputElement {
  return place.querySelector('input')!;
}

afterEach(clearAll);

test('TextViewer shows line numbers and the encoding', async () => {
  const place = await show(new Blob(['first\r\nsecond']));
  const lines = Array.from(place.querySelectorAll('.viewer-line'), (line) => [
    line.querySelector<HTMLElement>('[data-number]')?.dataset['number'],
    line.textContent,
  ]);
  expect(lines).toEqual([
    ['1', 'first'],
    ['2', 'second'],
  ]);
  expect(encodingOf(place)).toBe('utf-8');
});

test('TextViewer counts the bytes that are not valid UTF-8', async () => {
  const bytes = new TextEncoder().encode('é'.repeat(20));
  const place = await show(new Blob([bytes, Uint8Array.from([0xff]), 'end']));
  expect(encodingOf(place)).toBe('utf-8');
  expect(place.textContent).toContain('1 invalid byte');
});

test('TextViewer opens the text again in the chosen encoding and keeps the focus', async () => {
  const place = await show(new Blob([Uint8Array.from([0x93, 0xfa, 0x96, 0x7b])]));
  expect(encodingOf(place)).toBe('windows-1252');
  const select = encodings(place);
  select.value = 'shift_jis';
  tell(select, 'change');
  await until(() => place.textContent.includes('日本'));
  expect(encodingOf(place)).toBe('shift_jis');
  expect(document.activeElement).toBe(encodings(place));
});

test('TextViewer steps through the matches and wraps around', async () => {
  const place = await show(new Blob(['An error\nfine\nERROR and error']));
  expect(press('f', document.body, { ctrlKey: true })).toBe(false);
  expect(document.activeElement).toBe(field(place));
  type(field(place), 'error');
  await until(() => place.textContent.includes('1 of 3'));
  const looks = (): string[] =>
    Array.from(place.querySelectorAll('mark'), ({ className, textContent }) =>
      className ? `[${textContent}]` : textContent,
    );
  expect(looks()).toEqual(['[error]', 'ERROR', 'error']);
  press('Enter', field(place));
  expect(looks()).toEqual(['error', '[ERROR]', 'error']);
  press('Enter', field(place), { shiftKey: true });
  press('Enter', field(place), { shiftKey: true });
  expect(looks()).toEqual(['error', 'ERROR', '[error]']);
  click(place, 'Next match');
  expect(place.textContent).toContain('1 of 3');
  type(field(place), 'nowhere');
  await until(() => place.textContent.includes('Nothing found'));
  expect(press('Escape', field(place))).toBe(false);
  expect(field(place).value).toBe('');
  expect(press('Escape', field(place))).toBe(true);
});

test('TextViewer leaves arrows and Escape to the page', async () => {
  await show(new Blob(['text']));
  for (const key of ['ArrowLeft', 'ArrowRight', 'Escape', 'f']) expect(press(key)).toBe(true);
});

test('TextViewer searches a long text as a whole and shows the lines of a match', async () => {
  const lines = Array.from({ length: 150_000 }, (_, index) => `line ${index + 1} of the log`);
  const place = await show(new Blob([lines.join('\n')]));
  await until(() => !place.textContent.includes('Reading'));
  const part = (): HTMLSelectElement => place.querySelector('select[aria-label="Part of the file"]')!;
  expect(Array.from(part().options, ({ text }) => text)).toEqual([
    'Lines 1 to 100,000',
    'Lines 100,001 to 150,000',
  ]);
  type(field(place), 'line 100001 ');
  await until(() => place.querySelector('mark.viewer-current') !== null);
  expect(place.textContent).toContain('1 of 1');
  expect(part().value).toBe('1');
  expect(place.querySelector('mark')?.closest('.viewer-line')?.textContent).toBe('line 100001 of the log');
});

test('TextViewer goes from one part of a long text to the next, and to a chosen one', async () => {
  const place = await show(new Blob(['a\n'.repeat(250_000), 'the end']));
  await until(() => !place.textContent.includes('Reading'));
  const part = (): HTMLSelectElement => place.querySelector('select[aria-label="Part of the file"]')!;
  const numbers = (): readonly (string | null)[] =>
    Array.from(place.querySelectorAll('[data-number]'), (number) => number.getAttribute('data-number'));
  part().value = '2';
  tell(part(), 'change');
  await until(() => numbers().includes('200001'));
  click(place, 'Show lines 100,001 to 200,000');
  await until(() => numbers().includes('100001'));
  expect(document.activeElement?.className).toContain('viewer-text');
  expect(part().value).toBe('1');
});

test('TextViewer filters a log by severity, and searches the lines that are left', async () => {
  const place = await show(new Blob(['INFO one\nERROR two\n  at cart.ts\nWARN three\nINFO four two']));
  const shown = (): readonly string[] =>
    Array.from(place.querySelectorAll('.viewer-line'), (line) => line.textContent);
  const level = place.querySelector<HTMLSelectElement>('select[aria-label="Lines to show"]')!;
  const choose = (value: string): void => {
    level.value = value;
    tell(level, 'change');
  };
  choose('error');
  await until(() => shown().length === 2);
  expect(shown()).toEqual(['ERROR two', '  at cart.ts']);
  expect(place.textContent).toContain('2 lines');
  expect(place.querySelector('[data-number="2"]')?.className).toContain('level-error');
  type(field(place), 'two');
  await until(() => place.textContent.includes('1 of 1'));
  choose('warning');
  await until(() => shown().length === 3);
  choose('all');
  await until(() => place.textContent.includes('of 2'));
  expect(shown()).toHaveLength(5);
});

test('TextViewer says if no line of a log matches the filter', async () => {
  const place = await show(new Blob(['INFO one']));
  const level = place.querySelector<HTMLSelectElement>('select[aria-label="Lines to show"]')!;
  level.value = 'error';
  tell(level, 'change');
  await until(() => place.textContent.includes('No lines match.'));
});

test('TextViewer offers no filter by severity for code', async () => {
  const place = await show(new Blob(['throw new Error();']), 'cart.ts');
  expect(place.querySelector('select[aria-label="Lines to show"]')).toBeNull();
});

test('TextViewer renders a long line in part, up to the current match', async () => {
  const place = await show(new Blob([`${'x'.repeat(50_000)}needle${'x'.repeat(50_000)}`]));
  const drawn = (): number => place.querySelector('.viewer-line-text')!.textContent.split(' … ')[0]!.length;
  expect(drawn()).toBe(10_000);
  type(field(place), 'NEEDLE');
  await until(() => drawn() === 50_206);
  type(field(place), '');
  await until(() => place.querySelector('mark') === null);
  click(place, /Show more of this line/);
  await until(() => drawn() === 100_006);
});

test('TextViewer shows binary content on request', async () => {
  const place = await show(new Blob([Uint8Array.from([0x61, 0, 0x62])]), 'binary.txt');
  expect(place.textContent).toContain("“\u2068binary.txt\u2069” doesn't look like text.");
  click(place, 'Show anyway');
  await until(() => place.querySelector('.viewer-line')?.textContent === 'a␀b');
});

test('TextViewer offers to download binary content', async () => {
  const download = jest.fn();
  const file = { name: 'binary.txt', bytes: new Blob([Uint8Array.from([0])]) };
  const place = await render(
    <DownloadContext.Provider value={download}>
      <TextViewer file={file} saveAs={undefined} runTask={runOnPage} />
    </DownloadContext.Provider>,
  );
  await until(() => place.textContent.includes("doesn't look like text."));
  click(place, 'Download');
  expect(download).toHaveBeenCalledTimes(1);
});

test('TextViewer shows an error for unreadable bytes', async () => {
  const gone = {
    size: 9,
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }),
  };
  const place = await show(gone as unknown as Blob);
  expect(place.querySelector('[role=alert]')?.textContent).toContain("can't be read anymore");
});

test('TextViewer shows the colors of a terminal, and finds text across them', async () => {
  const place = await show(new Blob(['step 1\n\u001b[31mer\u001b[1mror\u001b[0m: no disk']));
  expect(place.querySelectorAll('.viewer-line')[1]?.textContent).toBe('error: no disk');
  expect(Array.from(place.querySelectorAll('[class^="ansi"]'), ({ className }) => className)).toEqual([
    'ansi-red',
    'ansi-red ansi-bold',
  ]);
  type(field(place), 'error: no');
  await until(() => place.querySelector('mark') !== null);
  expect(place.querySelector('mark')?.textContent).toBe('error: no');
  expect(place.querySelectorAll('.viewer-line')[1]?.textContent).toBe('error: no disk');
});
