import { deflateSync, crc32 } from 'node:zlib';
import { Board } from './board';
import { expectAttached, pickable } from './files';
import type { TestFile } from './files';
import { expect, test, watchErrors } from './fixtures';
import { GalleryPage } from './gallery-story';
import { Pages } from './pages';

/**
 * `missing`: the browser does not have the objects. `blocked`: they throw, when read or when constructed. `failing`:
 * their methods reject or throw. `silent`: they never call back.
 */
type Way = 'missing' | 'blocked' | 'failing' | 'silent';

/** Objects of the window, and properties of `navigator` and `crypto`. */
interface Disabled {
  readonly way: Way;
  readonly window?: readonly string[];
  readonly navigator?: readonly string[];
  readonly crypto?: readonly string[];
}

/** Runs in each frame before it loads. Serialized: it cannot use variables of its module. */
function disable({ way, ...names }: Disabled): void {
  // The page of the host has all it needs.
  if (window === window.top) return;
  const refuse = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  const remove = (holder: object, name: string): void => {
    for (let each: object | null = holder; each; each = Object.getPrototypeOf(each) as object | null)
      Reflect.deleteProperty(each, name);
  };
  const block = (holder: object, name: string): void => {
    const isFunction = typeof Reflect.get(holder, name) === 'function';
    // A `function`, because `new` calls some of them.
    const blocked = function (): never {
      return refuse();
    };
    Object.defineProperty(
      holder,
      name,
      isFunction
        ? { value: blocked, configurable: true, writable: true }
        : { get: refuse, configurable: true },
    );
  };
  const fail = (holder: object, name: string): void => {
    const value = Reflect.get(holder, name) as object;
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(value)).filter(
      (each) => each !== 'constructor',
    );
    for (const method of methods)
      Object.defineProperty(value, method, {
        configurable: true,
        value: () =>
          name === 'indexedDB' || name === 'localStorage' ? refuse() : Promise.reject(new Error('No.')),
      });
  };
  const silence = (holder: object, name: string): void => {
    Object.defineProperty(holder, name, { value: () => 1, configurable: true, writable: true });
  };
  const change = { missing: remove, blocked: block, failing: fail, silent: silence }[way];
  for (const name of names.window ?? []) change(window, name);
  for (const name of names.navigator ?? []) change(navigator, name);
  for (const name of names.crypto ?? []) change(crypto, name);
}

/** Objects without influence on each other. The database stays: locks and channel have no use without it. */
const AROUND_STORAGE = {
  window: ['BroadcastChannel', 'Worker'],
  navigator: ['locks', 'storage', 'clipboard'],
  crypto: ['subtle'],
};
const STORAGE_AND_DRAWING = {
  window: [
    ...['indexedDB', 'localStorage', 'OffscreenCanvas'],
    ...['ResizeObserver', 'IntersectionObserver', 'requestAnimationFrame'],
  ],
};
const DISABLED: readonly Disabled[] = [
  { way: 'missing', ...AROUND_STORAGE },
  { way: 'blocked', ...AROUND_STORAGE },
  {
    way: 'failing',
    window: ['localStorage'],
    navigator: ['locks', 'storage', 'clipboard'],
    crypto: ['subtle'],
  },
  { way: 'missing', ...STORAGE_AND_DRAWING },
  { way: 'blocked', ...STORAGE_AND_DRAWING },
  { way: 'failing', window: ['indexedDB'] },
  { way: 'silent', window: ['requestAnimationFrame'] },
];

/** A black image of 8 × 8 pixels. */
function makePicture(name: string): TestFile {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0]);
  const bytes = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(8 * 9))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, bytes };
}

for (const disabled of DISABLED) {
  const { way, window = [], navigator = [], crypto = [] } = disabled;
  const names = [...window, ...navigator, ...crypto].join(', ');
  test(`Form, gallery and panel work with ${way} ${names} @services-only`, async ({ page, emulator }) => {
    const errors = watchErrors(page);
    await page.addInitScript(disable, disabled);
    const board = new Board(page, emulator);
    await board.open(7);
    const picture = makePicture('screen.png');
    await board.pick(pickable(picture));
    await expect(board.finished('1 file attached')).toBeVisible();
    expectAttached(emulator, 7, [picture]);

    const gallery = new GalleryPage(page, emulator);
    await gallery.show();
    await expect(gallery.row('screen.png').locator('img')).toBeVisible();

    await new Pages(page, emulator).open('Queries');
    await new Pages(page, emulator).row(7).click();
    await page.getByRole('button', { name: 'Attach files', exact: true }).click();
    const panel = page.getByRole('dialog').locator('iframe').contentFrame();
    await expect(panel.getByRole('heading', { name: '1 work item' })).toBeVisible();
    expect(errors).toEqual([]);
  });
}

test.describe('across sites', () => {
  test.use({ sites: 'cross-site' });

  test('The browser partitions the storage of Stapler by the site of the page @services-only', async ({
    board,
    emulator,
    context,
  }) => {
    const write = (): string => {
      localStorage.setItem('partition', 'embedded');
      document.cookie = 'partition=embedded';
      return document.cookie;
    };
    const read = async (): Promise<{ item: string | null; databases: (string | undefined)[] }> => ({
      item: localStorage.getItem('partition'),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    });
    const { stapler } = board;
    // A cookie without SameSite=None is refused to a cross-site frame.
    expect(await stapler.locator('html').evaluate(write)).toBe('');
    const embedded = { item: 'embedded', databases: expect.arrayContaining(['stapler-journal']) as unknown };
    expect(await stapler.locator('html').evaluate(read)).toEqual(embedded);

    const topLevel = await context.newPage();
    await topLevel.goto(`${emulator.assetsBaseUrl}dist/form-group.html`);
    expect(await topLevel.evaluate(read)).toEqual({ item: null, databases: [] });
    const second = new Board(await context.newPage(), emulator);
    await second.open(7);
    expect(await second.stapler.locator('html').evaluate(read)).toEqual(embedded);
  });
});
