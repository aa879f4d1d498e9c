/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { EmailViewer } from '../../../../../src/gallery/viewers/email/email-viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { sampleFiles } from '../../../../helpers/sample-files';
import { clearAll, click, render, until } from '../../../../helpers/render';

async function show(mail: string | Buffer): Promise<HTMLElement> {
  const file = { name: 'mail.eml', bytes: new Blob([Uint8Array.from(Buffer.from(mail))]) };
  const place = await render(<EmailViewer file={file} saveAs={undefined} runTask={runOnPage} />);
  await until(() => place.querySelector('.viewer-email') !== null);
  return place;
}

afterEach(clearAll);

test('EmailViewer shows the main headers in reading order, without those that are missing', async () => {
  const place = await show(sampleFiles()['mail.eml']!);
  expect(Array.from(place.querySelectorAll('dt'), ({ textContent }) => textContent)).toEqual([
    ...['From', 'To', 'Cc', 'Date', 'Subject'],
  ]);
});

test('EmailViewer keeps an invalid date unchanged', async () => {
  const place = await show('From: a@example.com\r\nDate: someday\r\n\r\nx');
  expect(place.textContent).toContain('someday');
});

test('EmailViewer shows the rest of a long text on request', async () => {
  const place = await show(`From: a@example.com\r\n\r\n${'words '.repeat(40_000)}end`);
  expect(place.textContent).not.toContain('end');
  click(place, /characters left/);
  expect(place.textContent).toContain('end');
});

test('EmailViewer shows the rest of many headers on request', async () => {
  const headers = Array.from({ length: 250 }, (_, index) => `X-Header-${index}: value`).join('\r\n');
  const place = await show(`From: a@example.com\r\n${headers}\r\n\r\nx`);
  click(place, 'All headers (251)');
  expect(place.querySelectorAll('dl')[1]?.querySelectorAll('dt')).toHaveLength(101);
  click(place, 'Show 100 more of 251');
  expect(place.textContent).toContain('X-Header-150');
});
