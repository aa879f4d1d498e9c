/** @jest-environment jsdom */
import type { Contribution, EmulatorConfig } from '../../src/contract';
import {
  menuEntriesFor,
  menuItemsFor,
  runMenuEntry,
  targetsOf,
  type MenuItem,
  type MenuName,
} from '../../src/host/page/extensions/menus';
import type { HostPage } from '../../src/host/page/host-page';
import type { RegisteredObject } from '../../src/host/page/sdk/frame-connection';

let complain: jest.SpyInstance;
beforeEach(() => {
  jest.useFakeTimers();
  complain = jest.spyOn(console, 'error').mockImplementation();
});
afterEach(() => {
  jest.useRealTimers();
  complain.mockRestore();
});

function action(
  id: string,
  target: string,
  properties: object = {},
  type = 'ms.vss-web.action',
): Contribution {
  return {
    id,
    type,
    targets: [`ms.vss-work-web.${target}`],
    properties: { text: id, uri: 'menu.html', ...properties },
  };
}

function configOf(...contributions: Contribution[]): EmulatorConfig {
  const extension = { publisherId: 'fabrikam', extensionId: 'probe', version: '1.2.3', contributions };
  return { assetsBaseUrl: 'http://assets.test/', extension } as unknown as EmulatorConfig;
}

/** Page with a background frame that registers `object` after a while, or never. */
function pageWith(config: EmulatorConfig, object: RegisteredObject, afterMs = 0) {
  const findObject = jest.fn<Promise<RegisteredObject>, [readonly string[]]>(
    () =>
      new Promise<RegisteredObject>((resolve) => {
        if (afterMs < Infinity) setTimeout(() => resolve(object), afterMs);
      }),
  );
  const frameOf = jest.fn(() => ({ whenReady: () => Promise.resolve(), findObject }));
  return { page: { config, background: { frameOf } } as unknown as HostPage, findObject, frameOf };
}

const texts = (items: readonly MenuItem[]) => items.map(({ text }) => text);

test.each<[MenuName, string[]]>([
  ['queryRow', ['query-result-work-item-menu']],
  ['queryToolbar', ['work-item-query-results-toolbar-menu']],
  ['backlogRow', ['backlog-item-menu']],
  ['boardCard', ['backlog-board-card-item-menu']],
  ['taskboardCard', ['sprint-board-card-item-menu']],
  ['planCard', ['ms.vss-plans.card-context-menu']],
  ['form', ['work-item-toolbar-menu']],
  ['readOnlyForm', []],
])('%s shows its own contributions, and those for all work items depending on the host', (menu, own) => {
  const everywhere = menu === 'queryToolbar' ? [] : ['work-item-context-menu'];
  expect(targetsOf(menu, { contextMenuTarget: 'everywhere' })).toEqual([...own, ...everywhere]);
  expect(targetsOf(menu, { contextMenuTarget: 'nowhere' })).toEqual(own);
});

describe('menuEntriesFor', () => {
  test('returns contributions to its targets, by order, then as in the manifest', () => {
    const config = configOf(
      action('last', 'work-item-context-menu'),
      action('elsewhere', 'backlog-item-menu'),
      action('second', 'query-result-work-item-menu', { order: 2 }),
      action('first', 'work-item-context-menu', { order: 1 }),
      action('very last', 'work-item-context-menu'),
    );
    const entries = menuEntriesFor(config, targetsOf('queryRow', { contextMenuTarget: 'everywhere' }));
    expect(entries.map(({ text }) => text)).toEqual(['first', 'second', 'last', 'very last']);
  });

  test('returns icons, and pages of providers', () => {
    const target = 'work-item-context-menu';
    const config = configOf(
      action('both', target, { icon: { light: 'l.png', dark: 'd.png' } }),
      action('one', target, { icon: 'one.png' }),
      action('textless', target, { text: undefined }),
      action('provider', target, {}, 'ms.vss-web.action-provider'),
    );
    const [both, one, textless, provider] = menuEntriesFor(config, [target]);
    expect(both).toMatchObject({
      icon: { light: 'http://assets.test/l.png', dark: 'http://assets.test/d.png' },
      isProvider: false,
    });
    expect(one?.icon).toEqual({ light: 'http://assets.test/one.png', dark: 'http://assets.test/one.png' });
    expect([textless?.isProvider, provider?.isProvider]).toEqual([true, true]);
  });
});

describe('an action', () => {
  const context = { workItemIds: [7] };

  test.each([
    [{}, ['fabrikam.probe.act', 'act']],
    [{ registeredObjectId: 'named' }, ['named']],
  ])('with %j is requested as %j and receives the context', async (properties, ids) => {
    const config = configOf(action('act', 'work-item-context-menu', properties));
    const execute = jest.fn(() => Promise.resolve());
    const { page, findObject } = pageWith(config, { execute });
    const run = runMenuEntry(page, menuEntriesFor(config, ['work-item-context-menu'])[0]!, context);
    await jest.advanceTimersByTimeAsync(0);
    await run;
    expect(findObject).toHaveBeenCalledWith(ids);
    expect(execute).toHaveBeenCalledWith(context);
    expect(complain).not.toHaveBeenCalled();
  });

  test('times out after five seconds with a message', async () => {
    const config = configOf(action('act', 'work-item-context-menu'));
    const { page } = pageWith(config, {}, Infinity);
    const done = jest.fn();
    void runMenuEntry(page, menuEntriesFor(config, ['work-item-context-menu'])[0]!, context).then(done);
    await jest.advanceTimersByTimeAsync(4_900);
    expect(done).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(100);
    expect(done).toHaveBeenCalled();
    expect(complain).toHaveBeenCalledWith(
      'The menu entry act did nothing.',
      expect.objectContaining({ message: expect.stringContaining('within 5 seconds') as unknown }),
    );
  });

  test('without execute, or with an error, is only reported in the console', async () => {
    const config = configOf(action('act', 'work-item-context-menu'));
    const [entry] = menuEntriesFor(config, ['work-item-context-menu']);
    for (const object of [{}, { execute: () => Promise.reject(new Error('No.')) }]) {
      const run = runMenuEntry(pageWith(config, object).page, entry!, context);
      await jest.advanceTimersByTimeAsync(0);
      await run;
    }
    expect(complain).toHaveBeenCalledTimes(2);
  });
});

describe('a provider', () => {
  const config = configOf(
    action('plain', 'work-item-context-menu', { order: 2 }),
    action('more', 'work-item-context-menu', { order: 1 }, 'ms.vss-web.action-provider'),
  );
  const entries = menuEntriesFor(config, ['work-item-context-menu']);

  test('returns items and submenus with actions; plain actions load nothing', async () => {
    const act = jest.fn(() => Promise.resolve());
    const getMenuItems = jest.fn(() =>
      Promise.resolve([
        { text: 'Parent', childItems: [{ text: 'Child', action: act }] },
        { text: 'Off', disabled: true },
      ]),
    );
    const { page, frameOf } = pageWith(config, { getMenuItems });
    const found = menuItemsFor(page, entries, { id: 7 });
    await jest.advanceTimersByTimeAsync(0);
    const items = await found;
    expect(texts(items)).toEqual(['Parent', 'Off', 'plain']);
    expect(items[1]?.isDisabled).toBe(true);
    await items[0]?.children[0]?.run();
    expect(act).toHaveBeenCalledWith({ id: 7 });
    expect(getMenuItems).toHaveBeenCalledWith({ id: 7 });
    expect(frameOf).toHaveBeenCalledTimes(1);
  });

  test('is omitted after two seconds', async () => {
    const { page } = pageWith(config, { getMenuItems: () => new Promise(() => undefined) });
    const found = menuItemsFor(page, entries, { id: 7 });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(texts(await found)).toEqual(['plain']);
    expect(complain).toHaveBeenCalledTimes(1);
  });
});
