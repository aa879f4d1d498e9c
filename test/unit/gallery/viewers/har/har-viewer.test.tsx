/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { HarViewer } from '../../../../../src/gallery/viewers/har/har-viewer';
import type { FilePart } from '../../../../../src/gallery/viewers/viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, click, press, render, type, until } from '../../../../helpers/render';
import { harEntry, harOf, sampleHar } from '../../../../helpers/sample-har';

const opened: FilePart[] = [];

async function show(content: string): Promise<HTMLElement> {
  const file = { name: 'shop.har', bytes: new Blob([content]) };
  const place = await render(
    <HarViewer
      file={file}
      saveAs={undefined}
      runTask={runOnPage}
      openPart={(part) => void opened.push(part)}
    />,
  );
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

function names(place: HTMLElement): (string | null)[] {
  return Array.from(place.querySelectorAll('.viewer-request-file'), ({ textContent }) => textContent);
}

function searchField(place: HTMLElement): HTMLInputElement {
  const field = place.querySelector<HTMLInputElement>('input[type=search]');
  if (!field) throw new Error('There is no field.');
  return field;
}

/** Opens the details of a request. */
async function open(place: HTMLElement, name: RegExp): Promise<Element> {
  click(place, name);
  await until(() => place.querySelector('.viewer-facts, [role=alert]') !== null);
  const details = place.querySelector('.viewer-request-details');
  if (!details) throw new Error('There are no details.');
  return details;
}

beforeEach(() => void opened.splice(0));
afterEach(clearAll);

test('HarViewer shows a summary with a warning, and the requests', async () => {
  const place = await show(sampleHar());
  expect(place.textContent).toContain('6 requests, 2 failed, 1.2 KB, 2 s');
  expect(place.textContent).toContain('This file contains cookies or tokens.');
  expect(names(place)).toEqual([
    ...['/', 'start?lang=en', 'app.js', 'logo.png', 'orders?page=2', 'pixel.gif'],
  ]);
  const rows = [...place.querySelectorAll('.viewer-request-head')].map(({ textContent }) => textContent);
  expect(rows[4]).toBe('POST orders?page=2api.example500 Internal Server Errorjson320 B1.5 s');
  expect(rows[5]).toContain('net::ERR_BLOCKED_BY_CLIENT');
  expect(rows[2]).toContain('From cache');
  expect(place.querySelectorAll('.viewer-request-head .glyph-error')).toHaveLength(2);
});

test('HarViewer places each request in the waterfall', async () => {
  const place = await show(harOf([harEntry('https://a.example/', 0), harEntry('https://b.example/', 100)]));
  const bars = [...place.querySelectorAll<HTMLElement>('.viewer-waterfall-bar')];
  expect(bars.map(({ style }) => style.width)).toEqual(['50%', '50%']);
  expect(bars[1]?.querySelectorAll('.viewer-phase')).toHaveLength(7);
});

test('HarViewer has no warning without cookies and tokens', async () => {
  const place = await show(harOf([harEntry('https://a.example/', 0)]));
  expect(place.querySelector('.viewer-warning')).toBeNull();
});

test('HarViewer filters by group and by words', async () => {
  const place = await show(sampleHar());
  click(place, 'Failed (2)');
  expect(names(place)).toEqual(['orders?page=2', 'pixel.gif']);
  press('f', document.body, { ctrlKey: true });
  expect(document.activeElement).toBe(searchField(place));
  type(searchField(place), 'post 500');
  expect(names(place)).toEqual(['orders?page=2']);
  expect(place.textContent).toContain('1 request');
  click(place, 'Scripts (1)');
  expect(place.textContent).toContain('No requests match.');
  press('Escape', searchField(place));
  expect(names(place)).toEqual(['app.js']);
});

test('HarViewer shows the details of a request, with its secrets folded', async () => {
  const place = await show(sampleHar());
  const details = await open(place, /orders/);
  expect(details.textContent).toContain('https://api.example/orders?page=2');
  expect(details.textContent).toContain('203.0.113.7');
  expect(details.textContent).toContain('{"error":"no stock"}');
  expect(details.textContent).toContain('{"item":7}');
  expect(details.textContent).toContain('Waiting for the response40 ms');
  click(place, 'Request headers (2)');
  expect(details.textContent).not.toContain('Bearer');
  click(place, 'Show the secret value');
  expect(details.textContent).toContain('Bearer secret-123');
});

test('HarViewer folds the secrets of a form, and does not repeat its fields as text', async () => {
  const place = await show(
    harOf([
      harEntry('https://a.example/login', 0, {
        request: {
          ...{ method: 'POST', url: 'https://a.example/login' },
          postData: {
            mimeType: 'application/x-www-form-urlencoded',
            params: [
              { name: 'user', value: 'ada' },
              { name: 'password', value: 'open-sesame' },
            ],
            text: 'user=ada&password=open-sesame',
          },
        },
      }),
    ]),
  );
  const details = await open(place, /login/);
  click(place, 'Form fields (2)');
  expect(details.textContent).toContain('userada');
  expect(details.textContent).toContain('Request contentrequest.txt');
  expect(details.textContent).not.toContain('open-sesame');
  click(place, 'Show the secret value');
  expect(details.textContent).toContain('open-sesame');
});

test('HarViewer opens a body in the viewer of its type', async () => {
  const place = await show(sampleHar());
  await open(place, /logo\.png/);
  click(place, 'logo.png');
  expect(opened[0]?.name).toBe('logo.png');
  const bytes = await opened[0]?.extract(new AbortController().signal);
  expect((await bytes?.text())?.slice(1, 4)).toBe('PNG');
});

test('HarViewer shows the messages of a WebSocket with their directions', async () => {
  const messages = [
    { type: 'send', time: 1, opcode: 1, data: 'ping' },
    { type: 'receive', time: 2, opcode: 1, data: 'pong' },
  ];
  const place = await show(harOf([harEntry('wss://a.example/live', 0, { _webSocketMessages: messages })]));
  const details = await open(place, /live/);
  click(place, 'WebSocket messages (2)');
  expect(details.textContent).toContain('SentpingReceivedpong');
});

test('HarViewer shows the target of a redirect', async () => {
  const place = await show(sampleHar());
  const details = await open(place, /302 Found/);
  expect(details.textContent).toContain('Redirects tohttps://shop.example/start?lang=en');
});

test('HarViewer says that no request can be read in one sentence, without filters', async () => {
  const place = await show(harOf([7, 8]));
  expect(place.textContent).toContain("2 requests can't be read and aren't listed.");
  expect(place.textContent).not.toMatch(/0 B|All|There are no requests/);
  expect(place.querySelector('input')).toBeNull();
});

test('HarViewer says that a file is incomplete, and that requests are damaged', async () => {
  const text = sampleHar();
  const cut = await show(text.slice(0, text.indexOf('"https://cdn.example/logo.png"')));
  expect(cut.textContent).toContain('The file is incomplete. Later requests are missing.');
  const damaged = await show(harOf([harEntry('https://a.example/', 0), 7]));
  expect(damaged.textContent).toContain("1 request can't be read and isn't listed.");
});

test('HarViewer says that only the first of many requests are listed', async () => {
  const place = await show(harOf(Array.from({ length: 10_001 }, () => harEntry('https://a.example/', 0))));
  expect(place.textContent).toContain('The first 10,000 of 10,001 requests are listed.');
});

test('HarViewer shows other JSON as a tree, and says so', async () => {
  const place = await show('{"a": 1}');
  await until(() => place.querySelector('.viewer-json') !== null);
  expect(place.textContent).toMatch(/has no HAR requests, so it's shown as JSON\./);
});

test('HarViewer shows markup and reordering characters as text', async () => {
  const place = await show(harOf([harEntry('https://a.example/<b>\u202e', 0)]));
  expect(names(place)).toEqual(['<b>⟨U+202E⟩']);
});
