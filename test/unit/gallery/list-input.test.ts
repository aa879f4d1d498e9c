/** @jest-environment jsdom */
import type * as React from 'react';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { keyOfFile } from '../../../src/gallery/model/attached-file';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import type { GallerySession } from '../../../src/gallery/gallery-session';
import { createFileClicks, onListKey } from '../../../src/gallery/list/list-input';

const [first, second] = ['a.txt', 'b.txt'].map(
  (name) => ({ name, workItemId: 7, reference: { id: name } }) as AttachedFile,
) as [AttachedFile, AttachedFile];

function click(detail: number, keys: Partial<React.MouseEvent> = {}): React.MouseEvent {
  return { detail, shiftKey: false, ctrlKey: false, metaKey: false, ...keys } as React.MouseEvent;
}

function setUp() {
  const { change, getSnapshot } = createGalleryStore();
  change({ shown: [first, second] });
  const session = { select: jest.fn(), preview: jest.fn(), getSnapshot };
  const clicks = createFileClicks(session);
  return {
    ...session,
    clicks,
    /** Marks a file as selected. */
    mark: (file: AttachedFile): void => {
      change({ selection: { ...getSnapshot().selection, keys: new Set([keyOfFile(file)]) } });
    },
    /** A press on the name of a file, as rows pass it on: to `onOpen`, then to `onClick`. */
    press: (file: AttachedFile, pointerType: string, detail = 1): void => {
      clicks.onPointerDown({ pointerType } as React.PointerEvent);
      clicks.onOpen(file, click(detail));
      clicks.onClick(file, click(detail));
      if (detail === 2) clicks.onDoubleClick();
    },
  };
}

test('FileClicks previews the file of the first click on a double click', () => {
  const { clicks, select, preview } = setUp();
  clicks.onClick(first, click(1));
  clicks.onClick(second, click(2));
  clicks.onDoubleClick();
  expect(select.mock.calls).toEqual([[first, 'only']]);
  expect(preview.mock.calls).toEqual([[first]]);
});

test('FileClicks ignores the second click of a double click on another name', () => {
  const { clicks, preview } = setUp();
  clicks.onClick(first, click(1));
  clicks.onOpen(second, click(2));
  expect(preview).not.toHaveBeenCalled();
  clicks.onOpen(second, click(1));
  expect(preview.mock.calls).toEqual([[second]]);
});

test('FileClicks counts each of several quick clicks with Ctrl', () => {
  const { clicks, select, preview } = setUp();
  clicks.onClick(first, click(1, { ctrlKey: true }));
  clicks.onClick(first, click(2, { ctrlKey: true }));
  expect(select.mock.calls).toEqual([
    [first, 'toggle'],
    [first, 'toggle'],
  ]);
  clicks.onOpen(first, click(1, { ctrlKey: true }));
  expect(preview).not.toHaveBeenCalled();
});

test('FileClicks previews a file on a tap, once, and selects nothing', () => {
  const { press, select, preview } = setUp();
  press(first, 'touch');
  press(second, 'touch');
  expect(preview.mock.calls).toEqual([[first], [second]]);
  expect(select).not.toHaveBeenCalled();
});

test('FileClicks toggles the selection on each tap while files are selected', () => {
  const { clicks, press, mark, select, preview } = setUp();
  clicks.onClick(first, click(1));
  select.mockClear();
  mark(first);
  press(second, 'touch');
  press(second, 'touch', 2);
  expect(select.mock.calls).toEqual([
    [second, 'toggle'],
    [second, 'toggle'],
  ]);
  expect(preview).not.toHaveBeenCalled();
});

test('FileClicks handles a mouse, a pen and assistive technology after a tap as clicks', () => {
  const { clicks, press, select, preview } = setUp();
  press(first, 'touch');
  // Screen readers click without a pointer.
  clicks.onClick(second, click(0));
  press(first, 'mouse');
  press(second, 'pen');
  expect(select.mock.calls).toEqual([
    [second, 'only'],
    [first, 'only'],
    [second, 'only'],
  ]);
  expect(preview.mock.calls).toEqual([[first], [first], [second]]);
});

describe('onListKey', () => {
  function pressSpace(keys: Partial<React.KeyboardEvent> = {}) {
    const { change, getSnapshot } = createGalleryStore();
    const selection = { ...getSnapshot().selection, current: keyOfFile(first) };
    change({ shown: [first, second], selection });
    const session = { select: jest.fn(), preview: jest.fn(), getSnapshot };
    const event = { key: ' ', target: null, preventDefault: jest.fn(), ...keys };
    onListKey(event as unknown as React.KeyboardEvent, session as unknown as GallerySession, {
      ...{ columns: 1, canRemove: true },
    });
    expect(event.preventDefault).toHaveBeenCalled();
    return { selected: session.select.mock.calls, previewed: session.preview.mock.calls };
  }

  it('previews the current file with Space, as on the desktop', () => {
    expect(pressSpace()).toEqual({ selected: [], previewed: [[first]] });
  });

  it('does not preview again while Space is held', () => {
    expect(pressSpace({ repeat: true })).toEqual({ selected: [], previewed: [] });
  });

  it('toggles the current file with Ctrl+Space or Command+Space, and selects a range with Shift+Space', () => {
    expect(pressSpace({ ctrlKey: true })).toEqual({ selected: [[first, 'toggle']], previewed: [] });
    expect(pressSpace({ metaKey: true })).toEqual({ selected: [[first, 'toggle']], previewed: [] });
    expect(pressSpace({ shiftKey: true })).toEqual({ selected: [[first, 'range']], previewed: [] });
  });
});

test('FileClicks toggles a file at its check box, by any pointer, and extends the selection with Shift', () => {
  const { clicks, select, preview } = setUp();
  const stopPropagation = jest.fn();
  clicks.onPointerDown({ pointerType: 'touch' } as React.PointerEvent);
  clicks.onCheck(first, click(1, { stopPropagation }));
  clicks.onCheck(second, click(1, { stopPropagation, shiftKey: true }));
  expect(select.mock.calls).toEqual([
    [first, 'toggle'],
    [second, 'range'],
  ]);
  // Otherwise the row would be selected alone, or previewed.
  expect(stopPropagation).toHaveBeenCalledTimes(2);
  expect(preview).not.toHaveBeenCalled();
});
