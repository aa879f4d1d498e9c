/** @jest-environment jsdom */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as React from 'react';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import type { GallerySession } from '../../../src/gallery/gallery-session';
import { onListKey } from '../../../src/gallery/list/list-input';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { nameKeys, SHORTCUT_GROUPS } from '../../../src/ui/shortcuts';

const shortcutsOf = (place: string) =>
  SHORTCUT_GROUPS.find((group) => group.place() === place)?.shortcuts ?? [];

/** Keys of the list handled by `gallery/file-actions.tsx` and `gallery/use-file-clipboard.ts`. */
const OTHER_KEYS = ['ContextMenu', 'Shift+F10', 'F2', 'Ctrl+c', 'Ctrl+v'];

test.each(
  shortcutsOf('Attachment list')
    .flatMap(({ keys }) => keys)
    .filter((keys) => !OTHER_KEYS.includes(keys)),
)('The list of attachments handles the shortcut “%s”', (keys) => {
  const parts = keys.split('+');
  const preventDefault = jest.fn();
  const event = {
    ...{ key: parts.at(-1), target: null, preventDefault },
    ...{ ctrlKey: parts.includes('Ctrl'), shiftKey: parts.includes('Shift'), metaKey: false },
  } as unknown as React.KeyboardEvent;
  const store = createGalleryStore();
  store.change({ shown: [{ name: 'a.txt', workItemId: 7, reference: { id: '1' } } as AttachedFile] });
  const command = jest.fn();
  const session = new Proxy(store, {
    get: (target, name) => (name === 'getSnapshot' ? target.getSnapshot : command),
  }) as unknown as GallerySession;
  onListKey(event, session, { columns: 2, canRemove: true });
  expect(preventDefault).toHaveBeenCalled();
});

test('nameKeys names modifiers, symbols and letters, and the Command key of a Mac', () => {
  expect(nameKeys('Ctrl+a', false)).toEqual(['Ctrl', 'A']);
  expect(nameKeys('Ctrl+a', true)).toEqual(['⌘', 'A']);
  expect(nameKeys('Shift+ArrowDown', false)).toEqual(['Shift', '↓']);
  expect([...nameKeys('+', false), ...nameKeys(' ', false)]).toEqual(['+', 'Space']);
});

test('The user guide lists the same shortcuts', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/guide/README.md'), 'utf8');
  const [, section = ''] = /## Keyboard\n(.*?)\n## /s.exec(guide) ?? [];
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim()),
    );
  const expected = SHORTCUT_GROUPS.flatMap(({ place, shortcuts }) =>
    shortcuts.map(({ keys, effect }, index) => [
      index === 0 ? place() : '',
      keys.map((each) => nameKeys(each, false).join('+')).join(', '),
      effect(),
    ]),
  );
  expect(rows).toEqual(expected);
});
