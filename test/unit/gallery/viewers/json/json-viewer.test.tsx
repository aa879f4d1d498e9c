/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { JsonViewer } from '../../../../../src/gallery/viewers/json/json-viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, click, render, until } from '../../../../helpers/render';

async function show(text: string, name = 'data.json'): Promise<HTMLElement> {
  const place = await render(
    <JsonViewer file={{ name, bytes: new Blob([text]) }} saveAs={undefined} runTask={runOnPage} />,
  );
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

afterEach(clearAll);

test('JsonViewer collapses deep values and expands them on request', async () => {
  const place = await show('{"a": {"b": {"c": 12345678901234567890}}, "html": "<b>x</b>"}');
  expect(place.textContent).not.toContain('12345678901234567890');
  click(place, /^b: /);
  expect(place.textContent).toContain('c: 12345678901234567890');
  expect(place.textContent).toContain('html: "<b>x</b>"');
  click(place, /^a: /);
  expect(place.textContent).not.toContain('b: ');
});

test('JsonViewer shows long lists and strings in parts', async () => {
  const place = await show(JSON.stringify([...Array.from({ length: 250 }, () => 0), 'x'.repeat(600)]));
  expect(place.querySelectorAll('ul ul li')).toHaveLength(101);
  click(place, 'Show 100 more of 251');
  click(place, 'Show 51 more of 251');
  expect(place.querySelectorAll('ul ul li')).toHaveLength(251);
  click(place, '… Show more (100 characters left)');
  expect(place.textContent).toContain(`"${'x'.repeat(600)}"`);
});

test('JsonViewer shows the source of invalid JSON with the position of the error', async () => {
  const place = await show('{\n  "a": oops\n}');
  await until(() => place.querySelector('.viewer-line') !== null);
  expect(place.textContent).toContain("isn't valid JSON (line 2, column 8)");
  expect(place.querySelectorAll('.viewer-line')[1]?.textContent).toBe('  "a": oops');
});

test('JsonViewer parses each line of a JSON Lines file', async () => {
  const place = await show('{"a": 1}\n\nbroken\n[2]\n', 'events.jsonl');
  expect(place.textContent).toContain('Line 1: { } 1 member');
  expect(place.textContent).toContain('Line 3: broken Invalid JSON at column 1.');
  expect(place.textContent).toContain('Line 4: [ ] 1 item');
});

test('JsonViewer switches to the source and back and keeps the focus on the switch', async () => {
  const place = await show('{"a": 1}');
  click(place, 'Source');
  await until(() => place.querySelector('.viewer-line') !== null);
  expect(document.activeElement?.textContent).toBe('Source');
  click(place, 'Tree');
  await until(() => place.textContent.includes('1 member'));
  expect(document.activeElement?.textContent).toBe('Tree');
});
