/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';
import { useKeptFocus } from '../../../src/ui/use-focus';

/** Renders a part without its container, as a store does. */
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

/** Lets mutation observers run. */
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

test('useKeptFocus moves the focus within the group, although the container does not render', async () => {
  await draw('gone');
  expect(focused()).toBe('second');
});

test('useKeptFocus returns the focus to a re-enabled button', async () => {
  await draw('disabled');
  // Browsers blur a disabled button; jsdom does not.
  const elsewhere = document.body.appendChild(document.createElement('button'));
  elsewhere.focus();
  elsewhere.remove();
  expect(focused()).toBe('');
  await draw('ready');
  expect(focused()).toBe('first');
});

test('useKeptFocus does nothing after the user has moved the focus away', async () => {
  document.getElementById('first')?.blur();
  await settle();
  await draw('gone');
  expect(focused()).toBe('');
});

test('useKeptFocus knows an element that had the focus before it started', async () => {
  let replace: () => void = () => undefined;
  function Step(): React.JSX.Element {
    const [name, setName] = React.useState('reading');
    replace = () => setName('done');
    const button = React.useRef<HTMLButtonElement>(null);
    // As a dialog does when it appears.
    React.useLayoutEffect(() => button.current?.focus(), []);
    return <button key={name} id={name} ref={button} type="button" />;
  }
  function Steps(): React.JSX.Element {
    const container = useKeptFocus(() => container.current?.querySelector('button') ?? null);
    return (
      <div ref={container}>
        <Step />
      </div>
    );
  }
  act(() => {
    ReactDOM.render(<Steps />, document.getElementById('root'));
  });
  expect(focused()).toBe('reading');
  act(() => replace());
  await settle();
  expect(focused()).toBe('done');
});
