/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import type { GallerySession } from '../../../src/gallery/gallery-session';
import { StorageBar } from '../../../src/gallery/list/storage-bar';
import type { Filters } from '../../../src/gallery/model/filters';
import { withFilters } from '../../../src/gallery/state-changes';
import { useStore } from '../../../src/ui/hooks';
import { render } from '../../helpers/render';
import { attachedFile } from './model/files';

/** Renders the bar over a store. */
async function show(...names: readonly string[]) {
  const store = createGalleryStore();
  store.change({ files: names.map((name, index) => attachedFile(name, { size: (index + 1) * 1_000 })) });
  const session = {
    ...store,
    filterBy: (filters: Partial<Filters>) => store.dispatch(withFilters(filters)),
  } as unknown as GallerySession;
  function Page(): React.JSX.Element {
    return <StorageBar state={useStore(store)} session={session} />;
  }
  const place = await render(<Page />);
  const buttons = (): HTMLElement[] => [...place.querySelectorAll<HTMLElement>('[role=toolbar] button')];
  return { place, store, buttons };
}

describe('StorageBar', () => {
  test('filters by a type when it is pressed, and shows all again when it is pressed once more', async () => {
    const { store, buttons } = await show('a.png', 'b.png', 'c.log');
    const facts = () =>
      buttons().map((button) => [button.getAttribute('aria-label'), button.getAttribute('aria-pressed')]);
    expect(facts()).toEqual([
      ['Images, 3.0 KB, 2 files', 'false'],
      ['Text, 3.0 KB, 1 file', 'false'],
    ]);
    act(() => buttons()[1]?.click());
    expect([...store.getSnapshot().arrangement.kinds]).toEqual(['text']);
    expect(facts().map(([, isPressed]) => isPressed)).toEqual(['false', 'true']);
    act(() => buttons()[1]?.click());
    expect(store.getSnapshot().arrangement.kinds.size).toBe(0);
  });

  test('names the five largest types and shows a part for each', async () => {
    const { place, buttons } = await show('a.png', 'b.mp4', 'c.mp3', 'd.pdf', 'e.csv', 'f.log', 'g.zip');
    expect([buttons().length, place.querySelectorAll('.storage-parts > *').length]).toEqual([5, 7]);
  });

  test('is absent with files of one type', async () => {
    const { place } = await show('a.png', 'b.jpg');
    expect(place.textContent).toBe('');
  });
});
