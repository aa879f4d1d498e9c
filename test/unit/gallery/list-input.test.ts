import type * as React from 'react';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { createFileClicks } from '../../../src/gallery/list/list-input';

const [first, second] = ['a.txt', 'b.txt'].map((name) => ({ name }) as AttachedFile) as [
  AttachedFile,
  AttachedFile,
];

function click(detail: number, keys: Partial<React.MouseEvent> = {}): React.MouseEvent {
  return { detail, shiftKey: false, ctrlKey: false, metaKey: false, ...keys } as React.MouseEvent;
}

function setUp() {
  const session = { select: jest.fn(), preview: jest.fn() };
  return { ...session, clicks: createFileClicks(session) };
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
