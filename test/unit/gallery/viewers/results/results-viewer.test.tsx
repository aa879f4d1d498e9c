/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { ResultsViewer } from '../../../../../src/gallery/viewers/results/results-viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, click, press, render, type, until } from '../../../../helpers/render';
import { SAMPLE_JUNIT, SAMPLE_TRX } from '../../../../helpers/sample-results';
import type { Button } from '../../../entries/form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../../../entries/form-group/fake-button'),
);

async function show(content: string, name = 'results.trx'): Promise<HTMLElement> {
  const file = { name, bytes: new Blob([content]) };
  const place = await render(<ResultsViewer file={file} saveAs={undefined} runTask={runOnPage} />);
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

function names(place: HTMLElement): (string | null)[] {
  return Array.from(place.querySelectorAll('.viewer-test-name'), ({ textContent }) => textContent);
}

function searchField(place: HTMLElement): HTMLInputElement {
  const field = place.querySelector<HTMLInputElement>('input[type=search]');
  if (!field) throw new Error('There is no field.');
  return field;
}

afterEach(clearAll);

test('ResultsViewer shows a summary, and the failures first with the first line of their message', async () => {
  const place = await show(SAMPLE_TRX);
  expect(place.textContent).toContain('2 failed, 1 other, 2 passed, 1 skipped');
  expect(place.textContent).toContain('1 min 12 s');
  expect(place.textContent).toContain('The active test run was aborted.');
  expect(names(place).slice(0, 3)).toEqual([
    'RejectsAnEmptyCart',
    'AddsDiscounts (2, 2)',
    'WaitsForThePayment',
  ]);
  expect(place.querySelector('.viewer-test-line')?.textContent).toBe(
    'Assert.AreEqual failed. Expected:<0>. Actual:<1>.',
  );
  expect(place.textContent).toContain('Timeout · 10 min · Shop.Tests.PaymentTests');
  // Only tests with more to show unfold.
  expect(place.querySelectorAll('[aria-expanded]')).toHaveLength(3);
});

test('ResultsViewer unfolds a failure and copies it', async () => {
  const copied: string[] = [];
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
  });
  const place = await show(SAMPLE_TRX);
  click(place, /RejectsAnEmptyCart/);
  expect(place.querySelector('[aria-expanded=true]')?.textContent).toContain('RejectsAnEmptyCart');
  expect(place.textContent).toContain('Second line.');
  expect(place.textContent).toContain('trace.zip');
  expect(Array.from(place.querySelectorAll('h3'), ({ textContent }) => textContent)).toEqual([
    ...['Message', 'Stack trace', 'Output', 'Error output', 'Result files'],
  ]);
  click(place, 'Copy');
  await until(() => place.textContent.includes('Copied'));
  expect(copied[0]).toBe(
    [
      'Shop.Tests.CartTests.RejectsAnEmptyCart\nFailed · 1.3 s',
      'Assert.AreEqual failed. Expected:<0>. Actual:<1>.\nSecond line.',
      '   at Shop.Tests.CartTests.RejectsAnEmptyCart() in CartTests.cs:line 42',
      'Opening the cart & counting\n\nA remark',
      'No connection',
    ].join('\n\n'),
  );
  click(place, /RejectsAnEmptyCart/);
  expect(place.querySelector('h3')).toBeNull();
});

test('ResultsViewer offers the text of a failure where the clipboard is missing', async () => {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
  const place = await show(SAMPLE_TRX);
  click(place, /RejectsAnEmptyCart/);
  click(place, 'Copy');
  await until(() => place.querySelector('textarea') !== null);
  expect(place.querySelector('textarea')?.value).toContain('RejectsAnEmptyCart');
});

test('ResultsViewer filters by outcome and by a part of the name or class', async () => {
  const place = await show(SAMPLE_TRX);
  click(place, 'Passed (2)');
  expect(names(place)).toEqual(['AddsAnItem', 'AddsDiscounts (1, 2)']);
  expect(place.querySelector('.viewer-outcomes [aria-pressed=true]')?.textContent).toBe('Passed (2)');
  press('f', document.body, { ctrlKey: true });
  expect(document.activeElement).toBe(searchField(place));
  type(searchField(place), 'discountTESTS');
  expect(names(place)).toEqual(['AddsDiscounts (1, 2)']);
  expect(place.textContent).toContain('1 test');
  click(place, 'Skipped (1)');
  expect(place.textContent).toContain('No tests match.');
  press('Escape', searchField(place));
  expect(names(place)).toEqual(['PaysByCheck']);
  click(place, 'All (6)');
  expect(names(place)).toHaveLength(6);
});

test('ResultsViewer shows JUnit XML with its source at hand', async () => {
  const place = await show(SAMPLE_JUNIT, 'report.xml');
  expect(place.textContent).toContain('2 failed, 3 passed, 3 skipped');
  expect(place.textContent).toContain('20 min 35 s');
  expect(place.textContent).toContain('Passed after a retry');
  click(place, 'Passed (3)');
  expect(names(place)).toEqual(['adds an item', 'is flaky', '(no name)']);
  click(place, 'Source');
  await until(() => place.querySelector('.viewer-text') !== null);
});

test('ResultsViewer shows any other XML as text, without a message', async () => {
  const place = await show('<project><testsuite/></project>', 'pom.xml');
  await until(() => place.querySelector('.viewer-text') !== null);
  expect(place.querySelector('.viewer-note')).toBeNull();
  expect(place.querySelector('.tabs')).toBeNull();
});

test('ResultsViewer shows the source of a TRX without test results, and says so', async () => {
  const place = await show('no results');
  await until(() => place.querySelector('.viewer-text') !== null);
  expect(place.querySelector('.viewer-note')?.textContent).toMatch(
    /has no test results, so its source is shown\.$/,
  );
});

test('ResultsViewer shows the source of a file with too many parts, and says so', async () => {
  const place = await show('<testsuite>'.repeat(1_000), 'deep.xml');
  await until(() => place.querySelector('.viewer-text') !== null);
  expect(place.querySelector('.viewer-note')?.textContent).toMatch(/too many parts/);
});

test('ResultsViewer says once that a file has no tests, without filters', async () => {
  const place = await show('<testsuites/>', 'empty.xml');
  expect(place.querySelector('.viewer-results')?.textContent).toBe('No tests');
  expect(place.textContent).not.toContain('All');
  expect(place.querySelector('input')).toBeNull();
});

test('ResultsViewer shows markup and reordering characters of a name as text', async () => {
  const place = await show('<testsuite><testcase name="&lt;b&gt;x\u202e&#0;"/></testsuite>');
  expect(names(place)).toEqual(['<b>x⟨U+202E⟩&#0;']);
});

test('ResultsViewer says that only the first of many tests are listed', async () => {
  const place = await show(`<testsuite>${'<testcase name="a"/>'.repeat(50_002)}</testsuite>`);
  expect(place.textContent).toContain('The first 50,000 of 50,002 tests are listed, failures first.');
});

test('ResultsViewer shows the rest of a long output on request, and says what only the file has', async () => {
  const place = await show(
    `<testsuite><testcase name="a"><failure>${'x'.repeat(100_001)}</failure></testcase></testsuite>`,
  );
  click(place, /^a/);
  expect(place.textContent).toContain('1 more character is in the file.');
  click(place, /95,000 characters left/);
  click(place, /45,000 characters left/);
  expect(place.querySelector('.viewer-result-text')?.textContent).toHaveLength(100_000);
});
