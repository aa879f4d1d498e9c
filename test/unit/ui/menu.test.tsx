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
