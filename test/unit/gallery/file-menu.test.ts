/** @jest-environment jsdom */
import type { MenuTools } from '../../../src/gallery/file-menu';
import { menuItemsFor } from '../../../src/gallery/file-menu';
import type { GallerySession } from '../../../src/gallery/gallery-session';
import type { GalleryState } from '../../../src/gallery/gallery-state';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import { keyOfFile } from '../../../src/gallery/model/attached-file';
import { attachedFile } from './model/files';

const FILES = [attachedFile('a.txt'), attachedFile('b.txt')];
const COPY = 'Copy to another work item…';

/** Commands that change the work items of the files. */
const CHANGES = /^(?:Rename|Edit|Replace|Move|Remove)/;

function menu(count: number, facts: Partial<GalleryState>) {
  const state = { ...createGalleryStore().getSnapshot(), ...facts };
  const tools = { chooseTarget: jest.fn() };
  const items = menuItemsFor(
    FILES.slice(0, count),
    state,
    { isHidden: () => false } as unknown as GallerySession,
    tools as unknown as MenuTools,
  );
  return { items, tools, texts: items.map(({ text }) => text) };
}

test.each([1, 2])('The menu of %s read-only files copies them, and changes nothing', (count) => {
  const { items, tools, texts } = menu(count, { isReadOnly: true });
  expect(texts.filter((text) => CHANGES.test(text))).toEqual([]);
  items.find(({ text }) => text === COPY)?.onSelect();
  expect(tools.chooseTarget.mock.calls).toEqual([[FILES.slice(0, count), false]]);
});

test('The menu of a busy file neither copies nor changes it', () => {
  const { texts } = menu(1, { busy: new Set(FILES.slice(0, 1).map(keyOfFile)) });
  expect(texts).toContain('Download');
  expect(texts.filter((text) => text === COPY || CHANGES.test(text))).toEqual([]);
});

test('The menu of a file offers one copy beside its changes', () => {
  const { texts } = menu(1, {});
  expect(texts.filter((text) => text === COPY)).toHaveLength(1);
  expect(texts.filter((text) => CHANGES.test(text))).toHaveLength(5);
});

test.each<[string, number, Partial<GalleryState>, boolean]>([
  ['of the open work item', 1, { workItemId: 7 }, true],
  ['of a related work item', 1, { workItemId: 8 }, false],
  ['of a read-only work item', 1, { workItemId: 7, isReadOnly: true }, false],
  ['beside another one', 2, { workItemId: 7 }, false],
])('Whether the menu inserts a file %s', (_, count, facts, isOffered) => {
  expect(menu(count, facts).texts.includes('Insert into…')).toBe(isOffered);
});

test('The menu offers no preview where previews are switched off', () => {
  const state = createGalleryStore().getSnapshot();
  const textsWith = (isHidden: GallerySession['isHidden']) =>
    menuItemsFor(FILES.slice(0, 1), state, { isHidden } as GallerySession, {} as MenuTools).map(
      ({ text }) => text,
    );
  expect(textsWith(() => false)).toContain('Preview');
  expect(textsWith((part) => part === 'previews')).not.toContain('Preview');
});
