/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { MenuButton } from '../../../src/ui/menu-button';
import { clearAll, click, press, render } from '../../helpers/render';

afterEach(clearAll);

function Filter(): React.JSX.Element {
  const [chosen, setChosen] = React.useState<readonly string[]>([]);
  return (
    <MenuButton
      label="Type"
      text={`Type: ${chosen.join()}`}
      isChosen={chosen.length > 0}
      items={() => [
        ...['Images', 'Tables'].map((text) => ({
          text,
          choice: 'checkbox' as const,
          isChecked: chosen.includes(text),
          onSelect: () => setChosen([...chosen, text]),
        })),
        { text: 'Clear', onSelect: () => setChosen([]) },
      ]}
    />
  );
}

const items = (): (string | null)[] =>
  [...document.querySelectorAll('[role^=menuitem]')].map(
    (item) => `${item.getAttribute('role')} ${item.getAttribute('aria-checked')} ${item.textContent}`,
  );

test('MenuButton stays open for several choices and tells them, and closes after a command', async () => {
  const place = await render(<Filter />);
  const button = place.querySelector('button')!;
  expect(button.getAttribute('aria-haspopup')).toBe('menu');
  expect(button.getAttribute('aria-expanded')).toBe('false');
  click(place, 'Type: ');
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(items()).toEqual([
    'menuitemcheckbox false Images',
    'menuitemcheckbox false Tables',
    'menuitem null Clear',
  ]);
  click(document.body, 'Images');
  click(document.body, 'Tables');
  expect(items()[1]).toBe('menuitemcheckbox true Tables');
  expect(button.textContent).toBe('Type: Images,Tables');
  click(document.body, 'Clear');
  expect(items()).toEqual([]);
  expect(button.textContent).toBe('Type: ');
});

test('MenuButton opens by the arrow down, focuses the first item, and gets the focus back', async () => {
  const place = await render(<Filter />);
  const button = place.querySelector('button')!;
  act(() => button.focus());
  press('ArrowDown', button);
  expect(document.activeElement?.textContent).toBe('Images');
  press('Escape', document.activeElement!);
  expect(document.activeElement).toBe(button);
});
