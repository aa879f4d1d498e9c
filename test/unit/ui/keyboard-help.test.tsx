/** @jest-environment jsdom */
import * as React from 'react';
import { KeyboardHelp, showKeyboardHelp } from '../../../src/ui/keyboard-help';
import type { ShortcutPage } from '../../../src/ui/shortcuts';
import { act } from 'react-dom/test-utils';
import { clearAll, click, press, render, stubDialogs, until } from '../../helpers/render';
import type { Button } from '../entries/form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../entries/form-group/fake-button'),
);

beforeAll(stubDialogs);

afterEach(clearAll);

const dialog = (): Element | null => document.querySelector('dialog');

async function setUp(page: ShortcutPage = 'files'): Promise<HTMLElement> {
  return render(
    <>
      <input />
      <textarea />
      <button type="button">Button</button>
      <KeyboardHelp page={page} />
    </>,
  );
}

test('KeyboardHelp lists the shortcuts of the page after “?”, and closes', async () => {
  const place = await setUp();
  expect(press('?', place.querySelector('button')!)).toBe(false);
  await until(() => dialog() !== null);
  expect(dialog()?.textContent).toContain('Select all');
  expect(dialog()?.textContent).not.toContain('Drop zone');
  click(document.body, 'Close');
  expect(dialog()).toBeNull();
  press('?');
  expect(dialog()).not.toBeNull();
  click(document.body, 'Close');
});

test('KeyboardHelp lists the shortcuts of the drop zone in the form, too', async () => {
  await setUp('form');
  act(showKeyboardHelp);
  await until(() => dialog() !== null);
  expect(dialog()?.textContent).toContain('Drop zone');
  expect(dialog()?.textContent).toContain('Select all');
  click(document.body, 'Close');
});

test('KeyboardHelp lists only the shortcuts of the drop zone in the bulk panel', async () => {
  await setUp('panel');
  press('?');
  await until(() => dialog() !== null);
  const places = [...dialog()!.querySelectorAll('caption')].map(({ textContent }) => textContent);
  expect(places).toEqual(['Everywhere', 'Drop zone']);
  click(document.body, 'Close');
});

test.each(['input', 'textarea'])('KeyboardHelp leaves “?” in an %s alone', async (field) => {
  const place = await setUp();
  expect(press('?', place.querySelector(field)!)).toBe(true);
  expect(press('?', document.body, { ctrlKey: true })).toBe(true);
  expect(press('?', document.body, { isComposing: true })).toBe(true);
  expect(dialog()).toBeNull();
});
