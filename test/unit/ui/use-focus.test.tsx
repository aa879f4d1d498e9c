/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';
import { useKeptFocus } from '../../../src/ui/use-focus';

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

/** Whoever watches the document is told a moment after it has changed. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function draw(view: Parameters<typeof show>[0]): Promise<void> {
  act(() => show(view));
  await settle();
}

const focused = (): string | undefined => document.activeElement?.id;

beforeEach(() => {
  document.body.innerHTML = '<div id="root"></div>';
  act(() => {
    ReactDOM.render(<Page />, document.getElementById('root'));
  });
  document.getElementById('first')?.focus();
});

test('the focus goes on in the same line, although nothing around it is drawn anew', async () => {
  await draw('gone');
  expect(focused()).toBe('second');
});

test('a button that could not be pressed for a while gets it back', async () => {
  await draw('disabled');
  // A browser takes the focus away from a button that is disabled, and jsdom does not.
  const elsewhere = document.body.appendChild(document.createElement('button'));
  elsewhere.focus();
  elsewhere.remove();
  expect(focused()).toBe('');
  await draw('ready');
  expect(focused()).toBe('first');
});

test('whoever has left is left alone', async () => {
  document.getElementById('first')?.blur();
  await settle();
  await draw('gone');
  expect(focused()).toBe('');
});
