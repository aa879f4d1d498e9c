/** @jest-environment jsdom */
import '../../../helpers/browser-parts';
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { createStateStore } from '../../../../src/base/store';
import { FileActions } from '../../../../src/gallery/file-actions';
import type { GallerySession } from '../../../../src/gallery/gallery-session';
import { createGalleryStore } from '../../../../src/gallery/gallery-state';
import { keyOfFile } from '../../../../src/gallery/model/attached-file';
import { Preview } from '../../../../src/gallery/preview/preview';
import { withNextPreviewed } from '../../../../src/gallery/state-changes';
import { useStore } from '../../../../src/ui/hooks';
import { clearAll, click, press, render, stubDialogs } from '../../../helpers/render';
import type { Button } from '../../entries/form-group/fake-button';
import { attachedFile } from '../model/files';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../../entries/form-group/fake-button'),
);

/** Without a viewer, so that nothing is read. */
const FILES = ['a.exe', 'b.exe', 'c.exe'].map((name) => attachedFile(name));

beforeAll(() => {
  stubDialogs();
  Object.assign(window, { CSS: { escape: (text: string) => text } });
});

afterEach(clearAll);

/** Opens the preview of `b.exe`. */
async function show() {
  const store = createGalleryStore();
  store.change({
    ...{ status: 'open', workItemId: 7, files: FILES },
    members: [{ workItemId: 7, kinship: 'own', type: 'Bug', title: '' }],
    previewed: FILES.slice(1, 2).map(keyOfFile)[0],
  });
  const session = {
    ...store,
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
    closePreview: () => store.change({ previewed: undefined }),
    previewNext: (step: 1 | -1) => store.dispatch(withNextPreviewed(step, 'only')),
    downloads: createStateStore(new Map()),
    renames: { edit: jest.fn() },
  } as unknown as GallerySession;
  function Page(): React.JSX.Element {
    const state = useStore(store);
    return (
      <FileActions state={state} session={session} isSmall={false}>
        <Preview state={state} session={session} />
      </FileActions>
    );
  }
  const place = await render(<Page />);
  const dialog = (): HTMLElement | null => place.querySelector('dialog');
  return {
    ...{ place, dialog },
    buttons: () =>
      [...place.querySelectorAll('dialog button')].map(
        (button) => button.getAttribute('aria-label') ?? button.textContent,
      ),
    alert: () =>
      dialog()
        ?.querySelector('[role=alert]')
        ?.textContent.replace(/[\u2068\u2069]/g, ''),
    /** Another client removes `b.exe`. */
    removeElsewhere: () => act(() => store.change({ files: FILES.filter(({ name }) => name !== 'b.exe') })),
  };
}

test('Preview says that the file was removed elsewhere, and offers no changes to it', async () => {
  const { place, dialog, buttons, alert, removeElsewhere } = await show();
  expect([alert(), buttons()]).toEqual([undefined, expect.arrayContaining(['Rename b.exe', 'Remove b.exe'])]);
  removeElsewhere();
  expect(alert()).toContain('“b.exe”: Someone removed this attachment.');
  expect(buttons().filter((name) => /^(?:Rename|Remove|More|Copy)/.test(name))).toEqual([]);
  press('F2', dialog()!);
  expect(place.querySelectorAll('dialog')).toHaveLength(1);
  click(dialog()!, 'Close');
  expect(dialog()).toBeNull();
});

test('Preview steps from a file that was removed elsewhere to the next one', async () => {
  const { dialog, alert, removeElsewhere } = await show();
  removeElsewhere();
  click(dialog()!, 'Next file');
  expect([dialog()?.getAttribute('aria-label'), alert()]).toEqual(['Preview of c.exe', undefined]);
});
