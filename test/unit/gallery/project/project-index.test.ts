import 'fake-indexeddb/auto';
import { createProjectIndex } from '../../../../src/gallery/project/create-project-index';
import type { ProjectIndexOptions } from '../../../../src/gallery/project/create-project-index';
import type { ProjectIndex } from '../../../../src/gallery/project/project-index';
import { createIndexedDbStore } from '../../../../src/gallery/project/store/indexed-db-store';
import { CancelledError, ServerError } from '../../../../src/base/errors';
import { flush } from '../../../helpers/deferred';
import type { FakeRuntime } from '../../../helpers/fake-runtime';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import type { ProjectServer } from '../../../helpers/project-server';
import { createProjectServer, guidOf } from '../../../helpers/project-server';
import { barredWorker, createTestData, findFiles } from '../../../helpers/project-rows';

const DAY_MS = 24 * 60 * 60 * 1000;

let server: ProjectServer;
let runtime: FakeRuntime;

beforeEach(() => {
  server = createProjectServer();
  runtime = createFakeRuntime();
  for (let id = 1; id <= 450; id++) server.change(id, { files: filesOf(id) });
  server.change(500, {});
  server.change(600, { project: 'Other', files: filesOf(600) });
  server.pass(120_000);
});

function filesOf(id: number, count = 2) {
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: guidOf(id * 100 + index), name: `${id}-${index}.log`, size: 1_000 + id, addedAt: server.now() },
  }));
}

let databases = 0;

/** Opens the index in a page. */
function openPage(options: Partial<ProjectIndexOptions> = {}): ProjectIndex {
  return createProjectIndex({
    ...{ connection: server.connection, project: { id: 'p', name: 'Fabrikam' }, personId: 'anna' },
    ...{ runtime, startWorker: barredWorker, createData: () => createTestData(), ...options },
  });
}

/** Pages of one person with the same storage. */
function createBrowser(): () => ProjectIndex {
  const partition = `person ${++databases}`;
  let writers = 0;
  return () => {
    const writer = String(++writers);
    const store = createIndexedDbStore({ partition, writer, now: runtime.now });
    return openPage({ createData: () => createTestData(store) });
  };
}

async function build(index: ProjectIndex): Promise<void> {
  await index.open();
  await index.build();
}

test('ProjectIndex tells the cost of a first index, and reads nothing else before it is asked', async () => {
  const index = openPage();
  await index.open();
  expect(index.state.getSnapshot()).toMatchObject({
    phase: 'empty',
    estimate: { items: 450, requests: 8 },
    isKept: false,
  });
  expect(server.requests).toEqual(['wiql']);
});

test('ProjectIndex reads all files of the project in as many requests as it said', async () => {
  const index = openPage();
  await build(index);
  expect(index.state.getSnapshot()).toMatchObject({
    ...{ phase: 'ready', items: 450, files: 900, asOf: runtime.now() },
  });
  expect(server.requests).toHaveLength(8);
  const [first] = await findFiles(index, '450-1');
  expect(first).toEqual({
    reference: {
      id: guidOf(45_001),
      url: `https://dev.azure.com/fabrikam/_apis/wit/attachments/${guidOf(45_001)}`,
    },
    item: {
      ...{ id: 450, title: 'Item 450', type: 'Bug', state: 'Active', isClosed: false, area: 'Fabrikam' },
      fileCount: 2,
    },
    ...{ name: '450-1.log', size: 1_450, comment: '', folder: '', isInText: false, isDuplicate: false },
    ...{ addedAt: expect.any(Number) as number, addedBy: '' },
  });
});

test('ProjectIndex tells authors, uses in texts, closed states and folders', async () => {
  server.change(7, {
    description: `<img src="https://dev.azure.com/fabrikam/_apis/wit/attachments/${guidOf(1)}?fileName=a.png">`,
    state: 'Verified',
    changedBy: 'Bert',
    files: [
      { id: guidOf(1), name: 'a.png', comment: 'Nightly run 📁 logs/2026', addedAt: server.now() + 1_000 },
    ],
  });
  const index = openPage();
  await build(index);
  const [file] = await findFiles(index, 'on:7');
  expect(file).toMatchObject({
    ...{ addedBy: 'Bert', isInText: true, comment: 'Nightly run', folder: 'logs/2026', size: undefined },
    item: { isClosed: true },
  });
  server.change(7, { changedBy: 'Christie' });
  await index.refresh();
  expect(await findFiles(index, 'by:bert')).toHaveLength(1);
});

test('ProjectIndex reads 500 changes, removed and deleted work items in at most six requests', async () => {
  const index = openPage();
  await build(index);
  for (let id = 1; id <= 300; id++) server.change(id, { title: `Changed ${id}` });
  server.change(301, { files: [] });
  server.change(500, { files: filesOf(500) });
  server.remove(302);
  server.requests.length = 0;
  await index.refresh();
  expect(server.requests.length).toBeLessThanOrEqual(6);
  expect(await findFiles(index, 'changed')).toHaveLength(600);
  expect(await findFiles(index, 'on:301,302')).toEqual([]);
  expect(await findFiles(index, 'on:500')).toHaveLength(2);
  server.restore(302);
  await index.refresh();
  expect(await findFiles(index, 'on:302')).toHaveLength(2);
});

test('ProjectIndex drops once a day what the person can no longer read', async () => {
  server.change(3, { area: 'Fabrikam\\Secret' });
  const index = openPage();
  await build(index);
  server.hidden.add('Fabrikam\\Secret');
  await index.refresh();
  expect(await findFiles(index, 'on:3')).toHaveLength(2);
  await runtime.pass(DAY_MS);
  await index.refresh();
  expect(await findFiles(index, 'on:3')).toEqual([]);
  server.hidden.clear();
  await runtime.pass(DAY_MS);
  await index.refresh();
  expect(await findFiles(index, 'on:3')).toHaveLength(2);
});

test('ProjectIndex shows nothing of an area without rights', async () => {
  server.change(3, { area: 'Fabrikam\\Secret' });
  server.hidden.add('Fabrikam\\Secret');
  const index = openPage();
  await build(index);
  expect(index.state.getSnapshot().items).toBe(449);
  const { facets } = await index.search({ text: '', sortBy: 'name', isDescending: false });
  expect(facets.area.map(({ label }) => label)).toEqual(['Fabrikam']);
});

test('ProjectIndex continues a paused index in another page', async () => {
  const open = createBrowser();
  const index = open();
  await index.open();
  let batches = 0;
  server.beforeAnswer = (name) => {
    if (name === 'workitemsbatch' && ++batches === 2) index.pause();
  };
  await index.build();
  const paused = index.state.getSnapshot();
  expect(paused).toMatchObject({ phase: 'paused', isKept: true, progress: { total: 450 } });
  server.change(1, { title: 'Changed meanwhile' });
  const later = open();
  await later.open();
  expect(later.state.getSnapshot()).toMatchObject({ phase: 'paused', progress: paused.progress });
  await later.build();
  expect(later.state.getSnapshot()).toMatchObject({ phase: 'ready', files: 900 });
  expect(await findFiles(later, 'meanwhile')).toHaveLength(2);
});

test('ProjectIndex opens the stored index and reads the changes alone', async () => {
  const open = createBrowser();
  await build(open());
  server.change(9, { title: 'New title' });
  server.requests.length = 0;
  const index = open();
  await index.open();
  expect(index.state.getSnapshot()).toMatchObject({ phase: 'ready', isKept: true, items: 450 });
  expect(await findFiles(index, '"new title"')).toHaveLength(2);
  expect(server.requests.length).toBeLessThanOrEqual(4);
});

test('ProjectIndex in an older page leaves the storage to the newer one', async () => {
  const open = createBrowser();
  const older = open();
  await build(older);
  await open().open();
  server.change(9, { title: 'New title' });
  await older.refresh();
  expect(await findFiles(older, '"new title"')).toHaveLength(2);
  const index = open();
  await index.open();
  expect(await findFiles(index, '"new title"')).toHaveLength(2);
});

test('ProjectIndex removes the stored index', async () => {
  const open = createBrowser();
  const index = open();
  await build(index);
  await index.remove();
  expect(index.state.getSnapshot()).toMatchObject({ phase: 'empty', items: 0, estimate: { items: 450 } });
  const later = open();
  await later.open();
  expect(later.state.getSnapshot()).toMatchObject({ phase: 'empty', files: 0 });
});

test('ProjectIndex drops damaged data', async () => {
  const partition = `person ${++databases}`;
  const store = createIndexedDbStore({ partition, writer: 'a', now: runtime.now });
  const createData = () => createTestData(store);
  await build(openPage({ createData }));
  const { meta, segments } = await store.open();
  const [[key, segment]] = [...segments] as [[number, { sizes: Float64Array }]];
  await store.save(meta as never, new Map([[key, { ...segment, sizes: new Float64Array(1) } as never]]));
  const index = openPage({ createData });
  await index.open();
  expect(index.state.getSnapshot()).toMatchObject({ phase: 'empty', files: 0 });
  expect((await store.open()).segments.size).toBe(0);
});

test.each(['open', 'save'] as const)(
  'ProjectIndex works in memory if the browser refuses to %s',
  async (call) => {
    const refuse = () => Promise.reject(new DOMException('No.', 'SecurityError'));
    const open = () => Promise.resolve({ meta: undefined, segments: new Map<number, unknown>() });
    const store = { open, save: () => Promise.resolve(true), clear: refuse, [call]: refuse };
    const index = openPage({ createData: () => createTestData(store) });
    await build(index);
    expect(index.state.getSnapshot()).toMatchObject({ phase: 'ready', isKept: false, files: 900 });
  },
);

test('ProjectIndex repeats a batch after a transient error, and stops at another one', async () => {
  const index = openPage();
  await index.open();
  let failures = 1;
  server.beforeAnswer = (name) => {
    if (name === 'workitemsbatch' && failures-- > 0) throw new ServerError('server-busy', 'Busy.');
  };
  const building = index.build();
  await runtime.pass(60_000);
  await building;
  expect(index.state.getSnapshot()).toMatchObject({ phase: 'ready', files: 900 });
  server.beforeAnswer = () => {
    throw new ServerError('no-permission', 'No.');
  };
  await index.refresh();
  expect(index.state.getSnapshot()).toMatchObject({ phase: 'failed', error: { kind: 'no-permission' } });
  server.beforeAnswer = () => undefined;
  await index.refresh();
  expect(index.state.getSnapshot()).toMatchObject({ phase: 'ready' });
  expect(index.state.getSnapshot().error).toBeUndefined();
});

test('ProjectIndex applies a change of this page at once', async () => {
  const index = openPage();
  await build(index);
  server.change(5, { files: [] });
  await index.onItemChanged(5);
  expect(await findFiles(index, 'on:5')).toEqual([]);
});

test('ProjectIndex never replaces a newer revision by an older answer', async () => {
  const index = openPage();
  await build(index);
  const holds: (() => void)[] = [];
  server.change(5, { title: 'Old' });
  server.afterAnswer = () => new Promise((resolve) => holds.push(resolve));
  const late = index.onItemChanged(5);
  await flush();
  server.change(5, { files: [] });
  server.afterAnswer = () => undefined;
  await index.onItemChanged(5);
  for (const resolve of holds) resolve();
  await late;
  expect(await findFiles(index, 'on:5')).toEqual([]);
});

test('ProjectIndex cancels a search that another one replaces', async () => {
  const index = openPage();
  await build(index);
  const search = (text: string) => index.search({ text, sortBy: 'name', isDescending: false });
  const [first, second, third] = ['1', '12', '123'].map(search);
  await expect(first).rejects.toThrow(CancelledError);
  await expect(second).rejects.toThrow(CancelledError);
  const { count, id, firstRows } = (await third)!;
  expect(count).toBe(2);
  expect(firstRows).toEqual(await index.readRows(id, 0, 100));
  expect(await index.readRows(99, 0, 5)).toEqual([]);
});

test('ProjectIndex sends one request at a time while the page uploads', async () => {
  const index = openPage({ isUploading: () => true });
  await index.open();
  let [active, most] = [0, 0];
  server.beforeAnswer = async () => {
    most = Math.max(most, ++active);
    await flush();
  };
  server.afterAnswer = () => {
    active--;
  };
  await index.build();
  expect(most).toBe(1);
});

test('A facet has a condition that finds just its files', async () => {
  server.change(1, { area: 'Fabrikam\\Say "hi", all', type: 'User Story', state: 'To Do' });
  server.change(2, { files: [{ id: guidOf(1), name: 'README', size: 60e6, addedAt: 0 }] });
  const index = openPage();
  await build(index);
  const { facets } = await index.search({ text: '', sortBy: 'name', isDescending: false });
  const groups = Object.values(facets).flat();
  expect(groups.length).toBeGreaterThan(9);
  for (const { condition, count, bytes } of groups) {
    const found = await index.search({ text: condition, sortBy: 'name', isDescending: false });
    expect({ condition, ...found, count, bytes }).toEqual({ condition, ...found });
    expect(found.problems).toEqual([]);
  }
  expect(facets.size.map(({ label, condition }) => [label, condition])).toEqual([
    ['Less than 100 KB', 'size:<100kb'],
    ['50 MB or more', 'size:>=50mb'],
  ]);
});

test('ProjectIndex keeps the result on the screen while a dialog searches', async () => {
  const index = openPage();
  await build(index);
  const order = { sortBy: 'item', isDescending: false } as const;
  const screen = await index.search({ text: '1-0.log', ...order });
  const found = await index.readRows(screen.id, 0, screen.count);
  const results = [];
  for (const text of ['on:1', 'on:2', 'on:3']) results.push(await index.aside.search({ text, ...order }));
  expect(await index.readRows(screen.id, 0, screen.count)).toEqual(found);
  const [oldest, , latest] = results;
  expect(await index.aside.readRows(latest!.id, 0, 9)).toHaveLength(2);
  expect(await index.aside.readRows(oldest!.id, 0, 9)).toEqual([]);
});
