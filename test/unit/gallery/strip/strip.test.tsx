/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { FileActions } from '../../../../src/gallery/file-actions';
import type { GallerySession } from '../../../../src/gallery/gallery-session';
import { createGalleryStore } from '../../../../src/gallery/gallery-state';
import { columnsIn, filesThatFit, latestFiles } from '../../../../src/gallery/strip/latest-files';
import { Strip } from '../../../../src/gallery/strip/strip';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { useStore } from '../../../../src/ui/hooks';
import { createStateStore } from '../../../../src/base/store';
import type { ThumbnailPlace } from '../../../../src/gallery/model/thumbnail-limits';
import type { ThumbnailsByKey } from '../../../../src/gallery/model/thumbnails';
import { clearAll, click, press, render } from '../../../helpers/render';
import { attachedFile } from '../model/files';

jest.mock('azure-devops-ui/Button', () => ({ Button: () => null }));

/** Files `1.png` to `<count>.png`, the oldest first. */
function filesUpTo(count: number): AttachedFile[] {
  return Array.from({ length: count }, (_, index) =>
    attachedFile(`${index + 1}.png`, { addedAt: 1_000 * index }),
  );
}

/** Shows which files are visible: all or none. */
let onSight: (isVisible: boolean) => void = () => undefined;

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 480 });
  const observer = class {
    readonly #targets: Element[] = [];
    constructor(onChange: (entries: readonly object[]) => void) {
      onSight = (isIntersecting) => onChange(this.#targets.map((target) => ({ target, isIntersecting })));
    }
    observe = (target: Element): void => void this.#targets.push(target);
    disconnect = (): void => undefined;
  };
  const resize = class {
    observe = (): void => undefined;
    disconnect = (): void => undefined;
  };
  Object.assign(window, { IntersectionObserver: observer, ResizeObserver: resize });
});

afterEach(() => {
  clearAll();
  Reflect.deleteProperty(HTMLElement.prototype, 'clientWidth');
  Reflect.deleteProperty(navigator, 'connection');
});

/** Renders a strip and records commands. */
async function show(count: number, facts: { isReadOnly?: boolean } = {}) {
  const store = createGalleryStore();
  store.change({
    ...{ status: 'open', workItemId: 7, isFolded: true, files: filesUpTo(count), ...facts },
    members: [{ workItemId: 7, kinship: 'own', type: 'Bug', title: '' }],
  });
  const done: string[] = [];
  const showThumbnails = jest.fn<undefined, [readonly AttachedFile[], ThumbnailPlace]>();
  const session = {
    ...store,
    isHidden: () => false,
    preview: ({ name }: AttachedFile) => done.push(`preview ${name}`),
    remove: ([file]: readonly AttachedFile[]) => {
      done.push(`remove ${file?.name}`);
      store.dispatch(({ files = [] }) => ({ files: files.filter((each) => each !== file) }));
      return Promise.resolve();
    },
    select: () => done.push('select'),
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
    thumbnails: { ...createStateStore<ThumbnailsByKey>(new Map()), show: showThumbnails },
  } as unknown as GallerySession;
  function Page(): React.JSX.Element {
    const state = useStore(store);
    return (
      <FileActions state={state} session={session} isSmall={true}>
        <Strip state={state} session={session} onUnfold={() => done.push('unfold')} />
      </FileActions>
    );
  }
  const place = await render(<Page />);
  const tiles = (): HTMLElement[] => [...place.querySelectorAll<HTMLElement>('[role=list] button')];
  return {
    ...{ place, store, done, showThumbnails },
    names: () => tiles().map(({ textContent }) => textContent),
    focused: () => document.activeElement?.textContent,
    tabStops: () => tiles().flatMap(({ tabIndex, textContent }) => (tabIndex === 0 ? [textContent] : [])),
    press: (key: string, more?: KeyboardEventInit) => press(key, document.activeElement!, more),
    focusFirst: () => act(() => tiles()[0]?.focus()),
  };
}

describe('Strip', () => {
  test('shows the latest files that fit, by name, and leads to the others', async () => {
    const { place, names, done } = await show(37);
    expect(place.querySelector('[role=list]')?.getAttribute('aria-label')).toBe('Latest attachments');
    expect(names()).toEqual(['37.png', '36.png', '35.png', '34.png', '33.png', '+32Show all']);
    click(place, '+32Show all');
    click(place, '36.png');
    expect(done).toEqual(['unfold', 'preview 36.png']);
  });

  test('shows all files if they fit', async () => {
    expect((await show(6)).names()).toEqual(['6.png', '5.png', '4.png', '3.png', '2.png', '1.png']);
  });

  test('is one tab stop with arrow keys', async () => {
    const { tabStops, press, focused, focusFirst } = await show(37);
    expect(tabStops()).toEqual(['37.png']);
    focusFirst();
    press('ArrowRight');
    expect([focused(), tabStops()]).toEqual(['36.png', ['36.png']]);
    press('End');
    expect([focused(), tabStops()]).toEqual(['+32Show all', ['+32Show all']]);
    press('ArrowRight');
    press('ArrowLeft');
    expect(focused()).toBe('33.png');
    press('Home');
    expect(focused()).toBe('37.png');
  });

  test('removes the focused file with Delete and focuses the next one', async () => {
    const { done, press, focusFirst, focused } = await show(8);
    focusFirst();
    press('Delete');
    await act(() => Promise.resolve());
    expect(done).toEqual(['remove 8.png']);
    expect(focused()).toBe('7.png');
  });

  test('removes nothing of a read-only work item', async () => {
    const { done, press, focusFirst } = await show(8, { isReadOnly: true });
    focusFirst();
    press('Delete');
    expect(done).toEqual([]);
  });

  test('opens the menu of the focused file alone, and selects nothing', async () => {
    const { store, done, press, focusFirst } = await show(8);
    store.change({ arrangement: { ...store.getSnapshot().arrangement, text: 'hides it from the list' } });
    focusFirst();
    press('F10', { shiftKey: true });
    expect(document.querySelector('[role=menu]')?.getAttribute('aria-label')).toContain('8.png');
    expect(done).toEqual([]);
  });

  test('animates only the files that arrive later', async () => {
    const { place, store } = await show(2);
    const moving = (): (string | null)[] =>
      [...place.querySelectorAll('.strip-tile-new')].map(({ textContent }) => textContent);
    expect(moving()).toEqual([]);
    act(() => store.change({ files: filesUpTo(3) }));
    expect(moving()).toEqual(['3.png']);
  });

  test('asks for the thumbnails on the screen, within the limits of a strip', async () => {
    const { showThumbnails } = await show(37);
    expect(showThumbnails).not.toHaveBeenCalled();
    act(() => onSight(true));
    const [files, place] = showThumbnails.mock.lastCall ?? [];
    expect([files?.length, place]).toEqual([5, 'strip']);
    act(() => onSight(false));
    expect(showThumbnails.mock.lastCall?.[0]).toEqual([]);
  });
});

test('latestFiles returns the files of the work item in the form, the latest first', () => {
  const other = attachedFile('other.png', { workItemId: 8, addedAt: 9_000 });
  const names = latestFiles({ files: [...filesUpTo(3), other], workItemId: 7 }).map(({ name }) => name);
  expect(names).toEqual(['3.png', '2.png', '1.png']);
});

test.each([
  [100, 2],
  [312, 4],
  [480, 6],
  [700, 8],
  [1100, 8],
])('columnsIn returns, for %i px, %i tiles', (width, columns) => {
  expect(columnsIn(width)).toBe(columns);
});

test('filesThatFit keeps the last column for the others', () => {
  expect([3, 6, 7, 37].map((count) => filesThatFit(count, 6))).toEqual([3, 6, 5, 5]);
});
