import { NetworkError } from '../../../../../src/base/errors';
import { createHubSession } from '../../../../../src/gallery/project/session/hub-session';
import { groupsToChoose } from '../../../../../src/gallery/project/session/hub-state';
import { rowOf } from '../../../../../src/gallery/project/session/row-pages';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import type { IndexFacts } from '../../../../helpers/project-index';
import { createFakeProjectIndex, projectFiles } from '../../../../helpers/project-index';

async function begin(count = 500, state: IndexFacts = {}) {
  const index = createFakeProjectIndex(projectFiles(count), state);
  const runtime = createFakeRuntime();
  const settings = new Map<string, string>();
  const host = {
    readSetting: (key: string) => Promise.resolve(settings.get(key)),
    writeSetting: (key: string, value: string) => void settings.set(key, value),
    openWorkItem: jest.fn(),
  };
  const create = () => createHubSession({ index, host, project: 'fabrikam', runtime });
  const session = create();
  await session.start();
  await flush();
  return { index, runtime, settings, session, create, get: session.getSnapshot };
}

describe('HubSession', () => {
  test('opens the index and finds all files, the largest first', async () => {
    const { index, get } = await begin();
    expect(index.commands).toEqual(['open']);
    expect(index.searches).toEqual([{ text: '', sortBy: 'size', isDescending: true }]);
    const { result } = get();
    expect(result?.count).toBe(500);
    expect(rowOf(result!.pages, 0)?.size).toBeGreaterThan(rowOf(result!.pages, 99)?.size ?? 0);
  });

  test('does not search before there is an index', async () => {
    const { index, get, session } = await begin(0, { phase: 'empty', asOf: undefined });
    session.find({ text: 'build' });
    await flush();
    expect([index.searches, get().result]).toEqual([[], undefined]);
    index.set({ phase: 'indexing' });
    index.replace(projectFiles(10));
    await flush();
    expect(index.searches).toMatchObject([{ text: 'build' }]);
    expect(get().result?.count).toBe(2);
  });

  test('passes commands on to the index', async () => {
    const { index, session } = await begin();
    session.build();
    session.pause();
    session.refresh();
    session.removeIndex();
    expect(index.commands).toEqual(['open', 'build', 'pause', 'refresh', 'remove']);
  });

  test('shows the result of the last search only, and the old one until then', async () => {
    const { session, get } = await begin();
    session.find({ text: 'b' });
    session.find({ text: 'build' });
    expect(get()).toMatchObject({ isSearching: true, search: { text: 'build' }, result: { count: 500 } });
    await flush();
    expect(get()).toMatchObject({ isSearching: false, result: { count: 56, search: { text: 'build' } } });
  });

  test('tells why a search failed, keeps the old result, and searches again', async () => {
    const { index, session, get } = await begin();
    index.failNext = new NetworkError('down');
    session.find({ text: 'build' });
    await flush();
    expect(get()).toMatchObject({ problem: { kind: 'network' }, isSearching: false, result: { count: 500 } });
    session.searchAgain();
    await flush();
    expect(get()).toMatchObject({ problem: undefined, result: { count: 56 } });
  });

  test('reverses the order of the same key, and starts with large and new files', async () => {
    const { session, get } = await begin();
    const order = () => [get().search.sortBy, get().search.isDescending];
    session.sortBy('size');
    expect(order()).toEqual(['size', false]);
    session.sortBy('name');
    expect(order()).toEqual(['name', false]);
    session.sortBy('addedAt');
    expect(order()).toEqual(['addedAt', true]);
  });

  test('adds a condition of a facet, offers the other groups meanwhile, and removes it', async () => {
    const { session, get } = await begin();
    const labels = () => groupsToChoose(get(), 'state').map(({ label }) => label);
    const all = labels();
    session.toggle('state', 'state:Closed');
    await flush();
    expect(get().search.text).toBe('state:Closed');
    expect(get().result?.facets.state).toHaveLength(1);
    expect(labels()).toEqual(all);
    session.toggle('state', 'state:New');
    await flush();
    expect([get().search.text, labels()]).toEqual(['state:New', all]);
    // With another word, the remembered numbers would be wrong.
    session.find({ text: 'state:New build' });
    await flush();
    expect(labels()).toEqual(['New']);
    session.toggle('state', 'state:New');
    expect(get().search.text).toBe('build');
  });

  test('searches again after a change of the index, and says that the selection is lost', async () => {
    const { index, session, get } = await begin();
    session.select(3, 'only');
    index.replace(projectFiles(400));
    await flush();
    expect(get()).toMatchObject({
      result: { count: 400 },
      selection: { count: 0, current: 3 },
      hasLostSelection: true,
    });
    session.select(4, 'only');
    expect(get().hasLostSelection).toBe(false);
  });

  test('opens a dialog for the rows of the moment, and closes it', async () => {
    const { session, get } = await begin();
    session.openAction('remove');
    expect(get().action).toBeUndefined();
    session.select(3, 'only');
    session.openAction('remove');
    session.selectNone();
    expect(get().action).toMatchObject({ kind: 'remove', rows: { ranges: [{ from: 3, until: 4 }] } });
    session.openAction('export');
    expect(get().action).toMatchObject({ kind: 'export', rows: { ranges: [{ from: 0, until: 500 }] } });
    session.closeAction();
    expect(get().action).toBeUndefined();
    // Without services, there are no dialogs.
    expect(session.actions).toBeUndefined();
  });

  test('keeps a selection made right after the index has grown', async () => {
    const { index, runtime, get, session } = await begin(10, { phase: 'indexing', asOf: undefined });
    index.replace(projectFiles(20));
    index.set({ phase: 'ready' });
    index.replace(projectFiles(30));
    await flush();
    session.select(0, 'only');
    await runtime.pass(1_000);
    await flush();
    expect(get()).toMatchObject({ result: { count: 30 }, selection: { count: 1 } });
  });

  test('follows a growing index once a second', async () => {
    const { index, runtime, get } = await begin(10, { phase: 'indexing', asOf: undefined });
    for (const count of [20, 30, 40]) index.replace(projectFiles(count));
    await flush();
    expect(get().result?.count).toBe(10);
    await runtime.pass(1_000);
    expect(get().result?.count).toBe(40);
    expect(index.searches).toHaveLength(2);
  });

  test('forgets the result when the index is removed', async () => {
    const { index, session, get } = await begin();
    session.selectAll();
    index.set({ phase: 'empty', files: 0, asOf: undefined, version: 2 });
    expect(get()).toMatchObject({ result: undefined, selection: { count: 0 } });
  });

  test('reads visible rows, and tells why they cannot be read', async () => {
    const { index, session, get } = await begin();
    session.showRows(250, 260);
    await flush();
    expect(rowOf(get().result!.pages, 255)).toBeDefined();
    index.failNext = new NetworkError('down');
    session.showRows(450, 460);
    await flush();
    expect(get().problem?.kind).toBe('network');
  });

  test('reads the report when it is shown, and again with each result', async () => {
    const { session, get } = await begin();
    expect(get().result?.report).toBeUndefined();
    session.show('report');
    await flush();
    expect(get().result?.report?.largest).toHaveLength(10);
    session.find({ text: 'build' });
    await flush();
    expect(get().result?.report?.largest[0]?.name).toMatch(/^build/);
    session.showFiles('on:1001');
    expect(get()).toMatchObject({ part: 'files', search: { text: 'build on:1001' } });
  });

  test('keeps saved searches for the next visit, per project', async () => {
    const { session, settings, create, get } = await begin();
    session.find({ text: 'type:log' });
    session.saveSearch('Logs');
    expect([...settings.keys()]).toEqual(['hub-searches-fabrikam']);
    const next = create();
    await next.start();
    expect(next.getSnapshot().saved).toMatchObject([{ name: 'Logs', text: 'type:log' }]);
    session.removeSearch(get().saved[0]!);
    expect(settings.get('hub-searches-fabrikam')).toBe('[]');
  });
});
