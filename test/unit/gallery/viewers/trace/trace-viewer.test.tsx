/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import '../../../../helpers/streams';
import * as React from 'react';
import { ArchiveViewer } from '../../../../../src/gallery/viewers/archive/archive-viewer';
import type { FilePart } from '../../../../../src/gallery/viewers/viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { objectUrls } from '../../../../helpers/browser-parts';
import { clearAll, click, press, render, until } from '../../../../helpers/render';
import { linesOf, optionsOf, sampleTrace, traceOf } from '../../../../helpers/sample-trace';
import { lyingZip } from '../../../../helpers/sample-zip';

const opened: FilePart[] = [];

async function show(zip: Buffer, name = 'anything.zip'): Promise<HTMLElement> {
  const file = { name, bytes: new Blob([new Uint8Array(zip)]) };
  const place = await render(
    <ArchiveViewer
      file={file}
      saveAs={undefined}
      runTask={runOnPage}
      openPart={(part) => void opened.push(part)}
    />,
  );
  await until(() => !place.textContent.includes('Reading the file'));
  return place;
}

function titles(place: HTMLElement): (string | null)[] {
  return Array.from(place.querySelectorAll('.viewer-action-title'), ({ textContent }) => textContent);
}

function tab(place: HTMLElement, name: RegExp): HTMLElement {
  const found = [...place.querySelectorAll<HTMLElement>('[role=tab]')].find(({ textContent }) =>
    name.test(textContent),
  );
  if (!found) throw new Error('There is no tab.');
  return found;
}

beforeEach(() => void opened.splice(0));
afterEach(clearAll);

test('ArchiveViewer shows a trace with its errors first, and the actions', async () => {
  const place = await show(sampleTrace());
  await until(() => place.querySelectorAll('.viewer-film img').length === 2);
  expect(place.textContent).toContain('shop.spec.ts:9 › shows the cart');
  expect(place.textContent).toContain('chromium · linux · 2.5 s');
  expect(place.textContent).toContain('Playwright 1.53.0');
  expect(place.textContent).toContain('Not shown: 1 snapshot of a page.');
  expect(place.querySelector('.viewer-run-errors')?.textContent).toContain('toHaveText failed');
  expect(titles(place)).toEqual([
    ...['Before Hooks', 'open the shop', 'page.goto', 'expect.toHaveText', 'attach "notes"'],
  ]);
  expect([...objectUrls.values()]).toEqual(['image/jpeg', 'image/jpeg']);
});

test('ArchiveViewer unfolds an action with its last picture, log and attachments', async () => {
  const place = await show(sampleTrace());
  click(place, /expect\.toHaveText/);
  await until(() => place.querySelector('.viewer-request-details img') !== null);
  const details = place.querySelector('.viewer-request-details');
  expect(details?.querySelector('img')?.alt).toBe('Screenshot at 1 s');
  expect(details?.textContent).toContain('waiting for locator("h1")');
  expect(details?.textContent).toContain('/tests/shop.spec.ts:12:5');
  click(place, /expect\.toHaveText/);
  click(place, /attach/);
  expect(place.querySelector('.viewer-request-details')?.textContent).toContain(
    'image/png · Not in the file',
  );
  click(place, 'notes');
  expect(opened[0]?.name).toBe('notes.txt');
  const bytes = await opened[0]?.extract(new AbortController().signal);
  expect(await bytes?.text()).toBe('Notes of the test.');
});

test('ArchiveViewer shows the console and the network of a trace by keyboard', async () => {
  const place = await show(sampleTrace());
  tab(place, /^Actions/).focus();
  press('ArrowRight', tab(place, /^Actions/));
  expect(document.activeElement).toBe(tab(place, /^Console/));
  expect(tab(place, /^Console/).getAttribute('aria-selected')).toBe('true');
  expect(place.textContent).toContain('boom {a: 1}');
  expect(place.textContent).toContain('Page error');
  press('ArrowRight', tab(place, /^Console/));
  expect(place.textContent).toContain('2 requests, 1 failed');
  click(place, /cart/);
  await until(() => place.querySelector('.viewer-facts') !== null);
  click(place, 'cart.json');
  const bytes = await opened[0]?.extract(new AbortController().signal);
  expect(await bytes?.text()).toBe('{"items": [7]}');
  press('End', tab(place, /^Network/));
  expect(place.textContent).toContain('notes');
});

test('ArchiveViewer lists the entries of a trace on request', async () => {
  const place = await show(sampleTrace());
  click(place, 'Entries');
  expect(place.textContent).toContain('0-trace.network');
  click(place, 'Trace');
  expect(titles(place)).toHaveLength(5);
});

test('ArchiveViewer lists the entries of a damaged trace, and says so', async () => {
  const zip = lyingZip(linesOf(Array.from({ length: 5_000 }, () => optionsOf(8))), 10);
  const place = await show(Buffer.from(zip.toString('latin1').replaceAll('bomb.txt', 'a2.trace'), 'latin1'));
  await until(() => place.textContent.includes('a2.trace'));
  expect(place.textContent).toMatch(/can't be shown as a Playwright trace, so its entries are listed\./);
});

test('ArchiveViewer lists the entries of an archive with other files of that extension, without a message', async () => {
  const place = await show(traceOf({ 'app.trace': 'a log\n' }));
  await until(() => place.textContent.includes('app.trace'));
  expect(place.querySelector('.viewer-note')).toBeNull();
});

test('ArchiveViewer shows a trace without actions and pictures', async () => {
  const place = await show(traceOf({ 'trace.trace': [optionsOf(8)] }));
  expect(place.textContent).toContain('The trace has no actions.');
  click(place, /^Console/);
  expect(place.textContent).toContain('The trace has no messages.');
  click(place, /^Network/);
  expect(place.textContent).toContain('There are no requests.');
  click(place, /^Attachments/);
  expect(place.textContent).toContain('The test has no attachments.');
});

test('ArchiveViewer says that a picture is missing or none', async () => {
  const frame = { type: 'screencast-frame', pageId: 'p', timestamp: 1 };
  const place = await show(
    traceOf({
      'trace.trace': [optionsOf(8), { ...frame, sha1: 'none' }, { ...frame, sha1: 'x.svg' }],
      'resources/x.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }),
  );
  await until(() => place.textContent.split("The screenshot isn't in the file").length === 3);
});
