/** @jest-environment jsdom */
import * as React from 'react';
import type { GallerySession } from '../../../src/gallery/gallery-session';
import type { GalleryState } from '../../../src/gallery/gallery-state';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import { attachedFilesOf, keyOfFile } from '../../../src/gallery/model/attached-file';
import { useFileClipboard } from '../../../src/gallery/use-file-clipboard';
import { flush } from '../../helpers/deferred';
import { clearAll, render } from '../../helpers/render';
import { workItemWith } from '../../helpers/uploads';

const FILES = attachedFilesOf(workItemWith([1, 2]));
const MEMBERS = [{ workItemId: 7, kinship: 'own' as const, type: 'Bug', title: '' }];
const SELECTED = { keys: new Set([keyOfFile(FILES[0]!)]), current: keyOfFile(FILES[0]!), anchor: undefined };

afterEach(clearAll);

/** Shows a list with the first file selected, a preview and another dialog; each has a button to focus. */
async function begin(facts: Partial<GalleryState> = {}) {
  const store = createGalleryStore();
  store.change({ status: 'open', files: FILES, members: MEMBERS, selection: SELECTED, ...facts });
  const session = {
    getSnapshot: store.getSnapshot,
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
    paste: jest.fn(),
  } as unknown as GallerySession;
  function Page(): React.JSX.Element {
    const container = React.useRef<HTMLDivElement>(null);
    useFileClipboard(container, session, () => undefined);
    return (
      <div ref={container}>
        <button type="button">list</button>
        <dialog className="preview">
          <button type="button">preview</button>
          <p>Some text</p>
        </dialog>
        <dialog>
          <button type="button">other</button>
        </dialog>
      </div>
    );
  }
  const place = await render(<Page />);
  await flush();
  return {
    place,
    /** Copies with the focus on a button, and returns the copied text. */
    copyIn: (name: string): string | undefined => {
      const button = [...place.querySelectorAll('button')].find(({ textContent }) => textContent === name);
      button!.focus();
      const data = new Map<string, string>();
      const event = Object.assign(new Event('copy', { bubbles: true, cancelable: true }), {
        clipboardData: { setData: (type: string, text: string) => data.set(type, text) },
      });
      button!.dispatchEvent(event);
      return event.defaultPrevented ? data.get('text/plain') : undefined;
    },
  };
}

describe('useFileClipboard', () => {
  test('copies the selected files of the list', async () => {
    const { copyIn } = await begin();
    expect(copyIn('list')).toContain('1.txt');
    expect(copyIn('other')).toBeUndefined();
  });

  test('copies the previewed file in the preview', async () => {
    const { copyIn } = await begin({ previewed: keyOfFile(FILES[1]!) });
    expect(copyIn('preview')).toContain('2.txt');
    expect(copyIn('other')).toBeUndefined();
  });

  test('leaves selected text in the preview to the browser', async () => {
    const { copyIn, place } = await begin({ previewed: keyOfFile(FILES[1]!) });
    place.querySelector<HTMLElement>('.preview button')!.focus();
    getSelection()!.selectAllChildren(place.querySelector('p')!);
    expect(copyIn('preview')).toBeUndefined();
  });
});
