import { t } from '../base/i18n/translate';

/** Page with shortcuts of its own. */
export type ShortcutPage = 'form' | 'files' | 'panel' | 'hub';

/** Keys with one effect. */
export interface Shortcut {
  /**
   * Alternatives, each a `KeyboardEvent.key` after its modifiers: `Shift+ArrowDown`. `Ctrl` stands for the Command key on
   * a Mac.
   */
  readonly keys: readonly string[];
  readonly effect: () => string;
}

/** Shortcuts that work in one place. */
export interface ShortcutGroup {
  readonly place: () => string;
  readonly pages: readonly ShortcutPage[];
  readonly shortcuts: readonly Shortcut[];
}

/**
 * All shortcuts besides Tab. The handlers are where the comments say; `shortcuts.test.ts` compares them, and the user
 * guide, with this table.
 */
export const SHORTCUT_GROUPS: readonly ShortcutGroup[] = [
  {
    place: () => t('Everywhere'),
    pages: ['form', 'files', 'panel', 'hub'],
    shortcuts: [{ keys: ['?'], effect: () => t('Show keyboard shortcuts') }],
  },
  {
    // ui/drop-zone.tsx
    place: () => t('Drop zone'),
    pages: ['form', 'panel'],
    shortcuts: [
      { keys: ['Enter', ' '], effect: () => t('Choose files') },
      { keys: ['Ctrl+v'], effect: () => t('Paste files') },
    ],
  },
  {
    // gallery/list/list-input.ts; the menu: gallery/file-actions.tsx; copy and paste: gallery/use-file-clipboard.ts
    place: () => t('Attachment list'),
    pages: ['form', 'files'],
    shortcuts: [
      { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], effect: () => t('Go to another file') },
      { keys: ['Home', 'End'], effect: () => t('Go to the first or last file') },
      { keys: ['Shift+ArrowUp', 'Shift+ArrowDown'], effect: () => t('Extend the selection') },
      {
        keys: ['Ctrl+ArrowUp', 'Ctrl+ArrowDown'],
        effect: () => t('Go to another file without selecting it'),
      },
      { keys: ['Ctrl+ '], effect: () => t('Select or deselect the file') },
      { keys: ['Ctrl+a'], effect: () => t('Select all') },
      { keys: ['Escape'], effect: () => t('Clear selection') },
      { keys: ['Enter', ' '], effect: () => t('Preview') },
      { keys: ['F2'], effect: () => t('Rename') },
      { keys: ['Ctrl+c'], effect: () => t('Copy the selected files') },
      { keys: ['Ctrl+v'], effect: () => t('Paste copied files') },
      { keys: ['Delete'], effect: () => t('Remove') },
      { keys: ['ContextMenu', 'Shift+F10'], effect: () => t('Open the menu') },
    ],
  },
  {
    // gallery/preview/preview.tsx; copy: gallery/use-file-clipboard.ts
    place: () => t('Preview'),
    pages: ['form', 'files'],
    shortcuts: [
      { keys: ['ArrowLeft', 'ArrowRight'], effect: () => t('Previous or next file') },
      { keys: ['F2'], effect: () => t('Rename') },
      { keys: ['Ctrl+c'], effect: () => t('Copy the file') },
      { keys: ['Escape', ' '], effect: () => t('Close') },
    ],
  },
  {
    // gallery/editor/view/editor-keys.ts; Escape: edit-dialog.tsx
    place: () => t('Image editor'),
    pages: ['form', 'files'],
    shortcuts: [
      {
        keys: ['v', 'r', 'a', 'l', 'b', 'e', 'p', 't', 'n', 'c'],
        effect: () => t('Choose a tool'),
      },
      { keys: ['Enter'], effect: () => t('Place a shape') },
      { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], effect: () => t('Move the shape') },
      {
        keys: ['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowRight'],
        effect: () => t('Size the shape'),
      },
      { keys: ['Delete'], effect: () => t('Remove') },
      { keys: ['Ctrl+z'], effect: () => t('Undo') },
      { keys: ['Ctrl+y'], effect: () => t('Redo') },
      { keys: ['Escape'], effect: () => t('Clear selection') },
    ],
  },
  {
    // gallery/project/view/row-input.ts; search: hub-view.tsx
    place: () => t('Found files'),
    pages: ['hub'],
    shortcuts: [
      { keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'], effect: () => t('Go to another file') },
      { keys: ['Home', 'End'], effect: () => t('Go to the first or last file') },
      { keys: ['Shift+ArrowUp', 'Shift+ArrowDown'], effect: () => t('Extend the selection') },
      { keys: ['Ctrl+ '], effect: () => t('Select or deselect the file') },
      { keys: ['Ctrl+a'], effect: () => t('Select all') },
      { keys: ['Escape'], effect: () => t('Clear selection') },
      { keys: ['Enter', ' '], effect: () => t('Preview') },
      { keys: ['F2'], effect: () => t('Rename') },
      { keys: ['Ctrl+f', '/'], effect: () => t('Search attachments') },
    ],
  },
  {
    // gallery/project/view/hub-preview.tsx
    place: () => t('Preview of a found file'),
    pages: ['hub'],
    shortcuts: [
      { keys: ['ArrowLeft', 'ArrowRight'], effect: () => t('Previous or next file') },
      { keys: ['Escape', ' '], effect: () => t('Close') },
    ],
  },
  {
    // gallery/compare/compare-images.tsx
    place: () => t('Image comparison'),
    pages: ['form', 'files'],
    shortcuts: [{ keys: ['ArrowLeft', 'ArrowRight'], effect: () => t('Move the slider') }],
  },
  {
    // gallery/viewers/zoom-keys.ts
    place: () => t('Image or PDF'),
    pages: ['form', 'files', 'hub'],
    shortcuts: [
      { keys: ['+', '-'], effect: () => t('Zoom in or out') },
      { keys: ['0', '1'], effect: () => t('Fit, or show the actual size') },
    ],
  },
  {
    // gallery/viewers/search-field.tsx
    place: () => t('Text, table, document, PDF, email'),
    pages: ['form', 'files', 'hub'],
    shortcuts: [
      { keys: ['Ctrl+f'], effect: () => t('Search') },
      { keys: ['Enter', 'Shift+Enter'], effect: () => t('Next or previous match') },
    ],
  },
  {
    // ui/bar.tsx
    place: () => t('Toolbar'),
    pages: ['form', 'files', 'hub'],
    shortcuts: [
      { keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'], effect: () => t('Go to another button') },
      { keys: ['ArrowDown'], effect: () => t('Open the menu') },
    ],
  },
];

const KEY_NAMES: Readonly<Record<string, () => string>> = {
  ArrowUp: () => '↑',
  ArrowDown: () => '↓',
  ArrowLeft: () => '←',
  ArrowRight: () => '→',
  '-': () => '−',
  ' ': () => t('Space'),
  Enter: () => t('Enter'),
  Escape: () => t('Esc'),
  Delete: () => t('Delete'),
  Home: () => t('Home'),
  End: () => t('End'),
  PageUp: () => t('Page Up'),
  PageDown: () => t('Page Down'),
  ContextMenu: () => t('Menu key'),
  Shift: () => t('Shift'),
};

/** Returns the names of the keys to press together: `Shift`, `↓`. */
export function nameKeys(keys: string, isMac: boolean): readonly string[] {
  // `+` is a key as well.
  return keys.split(/\+(?=.)/).map((key) => {
    if (key === 'Ctrl') return isMac ? '⌘' : t('Ctrl');
    return KEY_NAMES[key]?.() ?? key.toUpperCase();
  });
}
