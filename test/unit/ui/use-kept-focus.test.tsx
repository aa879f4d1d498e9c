/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { useKeptFocus } from '../../../src/ui/use-kept-focus';

/** The part that is drawn anew by itself, as one with a store of its own is. */
let show: (view: 'ready' | 'disabled' | 'gone') => void;

function Part(): React.JSX.Element {
  const [view, setView] = React.useState<'ready' | 'disabled' | 'gone'>('ready');
  show = setView;
  return (
    <p data-keeps-focus="">
      {view !== 'gone' && (
        <button id="first" type="button" disabled={view === 'disabled'}>
          First
        </button>
      )}
      <button id="second" type="button">
        Second
      </button>
    </p>
  );
}

function Page(): React.JSX.Element {
  const container = useKeptFocus(() => document.getElementById('fallback'));
  return (
    <div ref={container}>
      <button id="fallback" type="button">
        Fallback
      </button>
      <Part />
    </div>
  );
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
const focused = (): string | undefined => document.activeElement?.id;

beforeEach(async () => {
  document.body.innerHTML = '<div id="root"></div>';
  ReactDOM.render(<Page />, document.getElementById('root'));
  await settle();
  document.getElementById('first')?.focus();
});

test('the focus goes on in the same line, although nothing around it is drawn anew', async () => {
  show('gone');
  await settle();
  expect(focused()).toBe('second');
});

test('a button that could not be pressed for a while gets it back', async () => {
  show('disabled');
  await settle();
  // A browser takes the focus away from a button that is disabled, and jsdom does not.
  const elsewhere = document.body.appendChild(document.createElement('button'));
  elsewhere.focus();
  elsewhere.remove();
  expect(focused()).toBe('');
  show('ready');
  await settle();
  expect(focused()).toBe('first');
});

test('whoever has left is left alone', async () => {
  document.getElementById('first')?.blur();
  await settle();
  show('gone');
  await settle();
  expect(focused()).toBe('');
});
