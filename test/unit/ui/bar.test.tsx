/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { english, setLanguage } from '../../../src/base/i18n/language';
import { Bar } from '../../../src/ui/bar';
import { clearAll, press, render } from '../../helpers/render';

// jsdom has no layout.
beforeAll(() => {
  HTMLElement.prototype.getClientRects = function (this: HTMLElement) {
    return (this.hidden ? [] : [{}]) as unknown as DOMRectList;
  };
});

afterEach(() => {
  clearAll();
  setLanguage(english('en-US'));
});

let show: (names: readonly string[]) => void;

function Buttons(): React.JSX.Element {
  const [names, setNames] = React.useState<readonly string[]>(['a', 'hidden', 'b', 'c']);
  show = setNames;
  return (
    <>
      {names.map((name) => (
        <button key={name} type="button" hidden={name === 'hidden'}>
          {name}
        </button>
      ))}
    </>
  );
}

async function setUp(): Promise<HTMLElement> {
  return render(
    <Bar label="Actions" className="bar">
      <Buttons />
    </Bar>,
  );
}

const stops = (place: HTMLElement): string =>
  [...place.querySelectorAll('button')]
    .filter(({ tabIndex }) => tabIndex === 0)
    .map(({ textContent }) => textContent)
    .join();
const focused = (): string => document.activeElement?.textContent ?? '';
const pressThere = (key: string, more?: KeyboardEventInit): boolean =>
  press(key, document.activeElement ?? undefined, more);
const focus = (place: HTMLElement, at: number): void =>
  act(() => place.querySelectorAll('button')[at]?.focus());

test('Bar is a toolbar with one Tab stop, the first button or the last focused one', async () => {
  const place = await setUp();
  expect(place.querySelector('[role=toolbar]')?.getAttribute('aria-label')).toBe('Actions');
  expect(stops(place)).toBe('a');
  focus(place, 3);
  expect(stops(place)).toBe('c');
});

test('Bar moves the focus by arrow keys, Home and End, past hidden buttons and around the ends', async () => {
  const place = await setUp();
  focus(place, 0);
  const visited = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End'].map((key) => {
    expect(pressThere(key)).toBe(false);
    return focused();
  });
  expect(visited.join('')).toBe('bcacac');
});

test('Bar leaves other keys and shortcuts of the browser alone', async () => {
  const place = await setUp();
  focus(place, 0);
  expect(pressThere('ArrowDown')).toBe(true);
  expect(pressThere('ArrowRight', { altKey: true })).toBe(true);
  expect(focused()).toBe('a');
});

test('Bar moves in reading order in right-to-left text', async () => {
  setLanguage({ ...english('he'), direction: 'rtl' });
  const place = await setUp();
  focus(place, 0);
  pressThere('ArrowLeft');
  expect(focused()).toBe('b');
});

test('Bar keeps one Tab stop when buttons come and go', async () => {
  const place = await setUp();
  focus(place, 2);
  await act(async () => {
    show(['new', 'c']);
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(stops(place)).toBe('new');
});
