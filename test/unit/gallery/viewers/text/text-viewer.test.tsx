/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { TextViewer } from '../../../../../src/gallery/viewers/text/text-viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, click, press, render, tell, type, until } from '../../../../helpers/render';

async function show(bytes: Blob, name = 'build.log'): Promise<HTMLElement> {
  const place = await render(<TextViewer file={{ name, bytes }} saveAs={undefined} runTask={runOnPage} />);
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

function encodingOf(place: HTMLElement): string {
  return place.querySelector('select')!.value;
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
  expect(place.textContent).toContain('1 byte is not valid');
});

test('TextViewer opens the text again in the chosen encoding and keeps the focus', async () => {
  const place = await show(new Blob([Uint8Array.from([0x93, 0xfa, 0x96, 0x7b])]));
  expect(encodingOf(place)).toBe('windows-1252');
  const select = place.querySelector('select')!;
  select.value = 'shift_jis';
  tell(select, 'change');
  await until(() => place.textContent.includes('日本'));
  expect(encodingOf(place)).toBe('shift_jis');
  expect(document.activeElement).toBe(place.querySelector('select'));
});

test('TextViewer steps through the matches and wraps around', async () => {
  const place = await show(new Blob(['An error\nfine\nERROR and error']));
  expect(press('f', document.body, { ctrlKey: true })).toBe(false);
  expect(document.activeElement).toBe(field(place));
  type(field(place), 'error');
  const looks = (): string[] =>
    Array.from(place.querySelectorAll('mark'), ({ className, textContent }) =>
      className ? `[${textContent}]` : textContent,
    );
  expect(looks()).toEqual(['[error]', 'ERROR', 'error']);
  expect(place.textContent).toContain('1 of 3');
  press('Enter', field(place));
  expect(looks()).toEqual(['error', '[ERROR]', 'error']);
  press('Enter', field(place), { shiftKey: true });
  press('Enter', field(place), { shiftKey: true });
  expect(looks()).toEqual(['error', 'ERROR', '[error]']);
  click(place, 'Next match');
  expect(place.textContent).toContain('1 of 3');
  type(field(place), 'nowhere');
  expect(place.textContent).toContain('Nothing found');
  expect(press('Escape', field(place))).toBe(false);
  expect(field(place).value).toBe('');
  expect(press('Escape', field(place))).toBe(true);
});

test('TextViewer leaves arrows and Escape to the page', async () => {
  await show(new Blob(['text']));
  for (const key of ['ArrowLeft', 'ArrowRight', 'Escape', 'f']) expect(press(key)).toBe(true);
});

test('TextViewer loads more of a long text on request and tells when a search is partial', async () => {
  const place = await show(new Blob([new Uint8Array(3_000_000).fill(0x61)]));
  expect(place.textContent).toContain('… 2.3 MB not shown');
  type(field(place), 'b');
  expect(place.textContent).toContain('Nothing found in what is loaded');
  click(place, 'Load more');
  await until(() => !place.textContent.includes('2.3 MB'));
  click(place, 'Load more');
  await until(() => !place.textContent.includes('1.3 MB'));
  click(place, 'Load more');
  await until(() => !place.textContent.includes('not shown'));
  expect(place.querySelector('[role=status]')?.textContent).toBe('Nothing found');
});

test('TextViewer searches the whole text after all of it is loaded', async () => {
  const place = await show(new Blob([new Uint8Array(2_000_000).fill(0x61), 'needle', 'a'.repeat(1_000_000)]));
  type(field(place), 'needle');
  expect(place.textContent).toContain('Nothing found in what is loaded');
  click(place, 'Load all');
  expect(document.activeElement?.className).toContain('viewer-text');
  await until(() => place.textContent.includes('1 of 1'));
  expect(place.textContent).not.toContain('Load all');
});

test('TextViewer stays at the current match while more lines are loaded above it', async () => {
  // Six lines before the gap, and one after it.
  const place = await show(new Blob([`b${'a'.repeat(99_998)}\n`.repeat(20)]));
  type(field(place), 'b');
  press('Enter', field(place), { shiftKey: true });
  const found = (): readonly number[] =>
    /(\d+) of (\d+)/.exec(place.querySelector('[role=status]')!.textContent)!.slice(1).map(Number);
  const [current, count] = found();
  expect(current).toBe(count);
  click(place, 'Load more');
  await until(() => found()[1] !== count);
  expect(found()[0]).toBe(found()[1]);
});

test('TextViewer renders a long line in part, up to the current match', async () => {
  const place = await show(new Blob([`${'x'.repeat(50_000)}needle${'x'.repeat(50_000)}`]));
  const drawn = (): number => place.querySelector('.viewer-line-text')!.textContent.split(' … ')[0]!.length;
  expect(drawn()).toBe(10_000);
  type(field(place), 'NEEDLE');
  expect(drawn()).toBe(50_206);
  type(field(place), '');
  click(place, /Show more of this line/);
  expect(drawn()).toBe(100_006);
});

test('TextViewer shows binary content on request', async () => {
  const place = await show(new Blob([Uint8Array.from([0x61, 0, 0x62])]), 'binary.txt');
  expect(place.textContent).toContain('“\u2068binary.txt\u2069” does not look like text.');
  click(place, 'Show anyway');
  expect(place.querySelector('.viewer-line')?.textContent).toBe('a␀b');
});

test('TextViewer shows an error for unreadable bytes', async () => {
  const gone = {
    size: 9,
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }),
  };
  const place = await show(gone as unknown as Blob);
  expect(place.querySelector('[role=alert]')?.textContent).toContain('cannot be read any more');
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
