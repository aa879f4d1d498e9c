/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { Menu } from '../../../src/ui/menu';
import { clearAll, render } from '../../helpers/render';

const ITEMS = [{ text: 'Item', onSelect: () => undefined }];
const PLACE = { left: 0, right: 0, top: 0, bottom: 0 };

function Page({ onClick }: { onClick: () => void }): React.JSX.Element {
  const [isOpen, setIsOpen] = React.useState(true);
  return (
    <main onClick={onClick}>
      {isOpen && <Menu label="Menu" items={ITEMS} place={PLACE} onClose={() => setIsOpen(false)} />}
    </main>
  );
}

afterEach(clearAll);

test.each([
  ['ignores the click of a tap beside it, and no later one', 'touch', 1],
  ['leaves the click of a mouse beside it alone', 'mouse', 2],
])('Menu %s', async (_, pointerType, clicks) => {
  const onClick = jest.fn();
  await render(<Page onClick={onClick} />);
  const send = (type: string): void =>
    act(() => {
      const event = new MouseEvent(type, { bubbles: true, cancelable: true, detail: 1 });
      document.querySelector('main')?.dispatchEvent(Object.assign(event, { pointerType }));
    });
  expect(document.querySelector('[role=menu]')).not.toBeNull();
  send('pointerdown');
  send('click');
  expect(document.querySelector('[role=menu]')).toBeNull();
  send('pointerdown');
  send('click');
  expect(onClick).toHaveBeenCalledTimes(clicks);
});

test('Menu stays open when only the height of its window changes and it still fits', async () => {
  const resize = (width: number): void => {
    Object.assign(window, { innerWidth: width });
    act(() => void window.dispatchEvent(new Event('resize')));
  };
  Object.assign(window, { innerWidth: 320 });
  await render(<Page onClick={() => undefined} />);
  resize(320);
  expect(document.querySelector('[role=menu]')).not.toBeNull();
  resize(300);
  expect(document.querySelector('[role=menu]')).toBeNull();
});

test('Menu closes when its window becomes too low for it', async () => {
  await render(<Page onClick={() => undefined} />);
  const menu = document.querySelector<HTMLElement>('[role=menu]')!;
  menu.getBoundingClientRect = () => new DOMRect(0, 0, 100, window.innerHeight + 1);
  act(() => void window.dispatchEvent(new Event('resize')));
  expect(document.querySelector('[role=menu]')).toBeNull();
});

test('Menu names its groups and marks the current choice', async () => {
  const item = (text: string, isChecked?: boolean, title?: string) => ({
    ...{ text, onSelect: () => undefined, beginsGroup: title !== undefined },
    ...(isChecked !== undefined && { choice: 'radio' as const, isChecked }),
    ...(title !== undefined && { title }),
  });
  const items = [item('Open'), item('Always', true, 'Ask'), item('Never', false)];
  await render(<Menu label="Menu" items={items} place={PLACE} onClose={() => undefined} />);
  const facts = [...document.querySelectorAll('[role=menu] button')].map((button) => [
    button.textContent,
    button.getAttribute('role'),
    button.getAttribute('aria-checked'),
    button.parentElement?.getAttribute('aria-label'),
  ]);
  expect(facts).toEqual([
    ['Open', 'menuitem', null, null],
    ['Always', 'menuitemradio', 'true', 'Ask'],
    ['Never', 'menuitemradio', 'false', 'Ask'],
  ]);
  expect(document.querySelectorAll('[role=separator]')).toHaveLength(1);
});

test.each([
  ['below its place', { left: 300, right: 300, top: 100, bottom: 100 }, [300, 100]],
  ['above a place at the bottom', { left: 300, right: 300, top: 700, bottom: 700 }, [300, 300]],
  [
    'beside a place with too little room below and above',
    { left: 300, right: 300, top: 390, bottom: 390 },
    [308, 364],
  ],
  ['on the other side near the edge', { left: 900, right: 900, top: 390, bottom: 390 }, [692, 364]],
  ['over a place as wide as the window', { left: 0, right: 1000, top: 390, bottom: 390 }, [4, 364]],
])('Menu opens %s', async (_, place, at) => {
  Object.assign(window, { innerWidth: 1000, innerHeight: 768 });
  const sizes = jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(200);
  const heights = jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400);
  await render(<Menu label="Menu" items={ITEMS} place={place} onClose={() => undefined} />);
  const { style } = document.querySelector<HTMLElement>('[role=menu]')!;
  expect([style.left, style.top]).toEqual(at.map((px) => `${px}px`));
  sizes.mockRestore();
  heights.mockRestore();
});
