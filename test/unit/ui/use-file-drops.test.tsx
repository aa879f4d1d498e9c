/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';
import type { FileDropHandlers } from '../../../src/ui/drop-zone';
import { useFileDrops } from '../../../src/ui/drop-zone';

const FILE = new File(['x'], 'x.txt');

/** Shows a page with a field. */
function show(takesFiles = true) {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const handlers = {
    takesFiles,
    onDrop: jest.fn<undefined, [DataTransfer]>(),
    onPaste: jest.fn<undefined, [Iterable<File>]>(),
    onRefused: jest.fn<undefined, []>(),
  } satisfies FileDropHandlers;
  function Page(): React.JSX.Element {
    return <input className={useFileDrops(handlers) ? 'target' : 'idle'} />;
  }
  act(() => {
    ReactDOM.render(<Page />, root);
  });
  const field = root.querySelector('input')!;

  /** Sends an event. Returns whether the page has handled it. */
  function send(type: string, facts: object, target: Element = document.body): boolean {
    const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), facts);
    act(() => void target.dispatchEvent(event));
    return event.defaultPrevented;
  }
  return {
    handlers,
    field,
    drag: (type: string, types: readonly string[] = ['Files']) =>
      send(type, { dataTransfer: { types, dropEffect: '' } }),
    paste: (types: readonly string[], target?: Element) =>
      send('paste', { clipboardData: { files: [FILE], types } }, target),
  };
}

describe('useFileDrops', () => {
  test('accepts files, and leaves other drags to the page', () => {
    const { handlers, field, drag } = show();
    expect([drag('dragover', ['text/plain']), field.className]).toEqual([false, 'idle']);
    expect([drag('dragover'), field.className]).toEqual([true, 'target']);
    expect([drag('drop'), field.className]).toEqual([true, 'idle']);
    expect(handlers.onDrop).toHaveBeenCalledTimes(1);
  });

  test('answers files that the page does not accept', () => {
    const { handlers, field, drag, paste } = show(false);
    drag('dragenter');
    drag('dragover');
    expect([field.className, handlers.onRefused.mock.calls.length]).toEqual(['idle', 1]);
    paste(['Files']);
    expect([handlers.onPaste.mock.calls.length, handlers.onRefused.mock.calls.length]).toEqual([0, 2]);
  });

  test('takes no files while a dialog covers the page', () => {
    const { handlers, drag, paste } = show();
    const dialog = document.createElement('dialog');
    dialog.setAttribute('open', '');
    document.body.append(dialog);
    drag('drop');
    paste(['Files']);
    expect([handlers.onDrop.mock.calls.length, handlers.onPaste.mock.calls.length]).toEqual([0, 0]);
  });

  test('leaves text that was copied with a picture of it to the field', () => {
    const { handlers, field, paste } = show();
    expect(paste(['text/plain', 'Files'], field)).toBe(false);
    expect(handlers.onPaste).not.toHaveBeenCalled();
    expect(paste(['Files'], field)).toBe(true);
    expect(paste(['text/plain', 'Files'])).toBe(true);
    expect(handlers.onPaste).toHaveBeenCalledTimes(2);
  });
});
