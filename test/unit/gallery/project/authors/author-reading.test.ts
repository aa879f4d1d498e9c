import 'fake-indexeddb/auto';
import { NetworkError, ServerError } from '../../../../../src/base/errors';
import type { AuthorReading } from '../../../../../src/gallery/project/authors/author-reading';
import { authorReadingOf } from '../../../../../src/gallery/project/authors/page-authors';
import { createProjectIndex } from '../../../../../src/gallery/project/create-project-index';
import type { ProjectIndex, ProjectReport } from '../../../../../src/gallery/project/project-index';
import { createIndexedDbStore } from '../../../../../src/gallery/project/store/indexed-db-store';
import type { FakeRuntime } from '../../../../helpers/fake-runtime';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { barredWorker, createTestData, findFiles } from '../../../../helpers/project-rows';
import type { ProjectServer } from '../../../../helpers/project-server';
import { createProjectServer, guidOf } from '../../../../helpers/project-server';

/** Work items with one file each, by Ben; Anna created and Chris changed them. */
const ITEMS = 30;

let server: ProjectServer;
let runtime: FakeRuntime;
let isUploading: boolean;

beforeEach(() => {
  server = createProjectServer();
  runtime = createFakeRuntime();
  isUploading = false;
  for (let id = 1; id <= ITEMS; id++) {
    server.change(id, {});
    attach(id, id, 'Ben');
    server.change(id, { title: 'Read', changedBy: 'Chris' });
  }
  server.pass(120_000);
});

function attach(id: number, file: number, changedBy: string): void {
  const files = server.items().find((item) => item.id === id)?.files ?? [];
  const fresh = { id: guidOf(file), name: `${file}.log`, size: 100, addedAt: server.now() + 1_000 };
  server.change(id, { files: [...files, fresh], changedBy });
}

let databases = 0;

/** Creates pages of one browser. */
function createBrowser(): () => Promise<ProjectIndex> {
  const partition = `authors ${++databases}`;
  let writers = 0;
  return async () => {
    const store = createIndexedDbStore({ partition, writer: String(++writers), now: runtime.now });
    const index = createProjectIndex({
      ...{ connection: server.connection, project: { id: 'p', name: 'Fabrikam' }, personId: 'anna', runtime },
      ...{ startWorker: barredWorker, createData: () => createTestData(store) },
      isUploading: () => isUploading,
    });
    await index.open();
    if (index.state.getSnapshot().phase === 'empty') await index.build();
    return index;
  };
}

async function open() {
  const openPage = createBrowser();
  const index = await openPage();
  server.requests.length = 0;
  const reading = authorReadingOf(index, { connection: server.connection, runtime });
  return { openPage, index, reading };
}

async function search(index: ProjectIndex, text = ''): Promise<{ id: number; report: ProjectReport }> {
  const { id } = await index.search({ text, sortBy: 'item', isDescending: false });
  return { id, report: await index.readReport(id) };
}

/** Starts for all files that a search finds, and lets the time of retries pass. */
async function start(index: ProjectIndex, reading: AuthorReading, text = ''): Promise<void> {
  const { id } = await search(index, text);
  await complete(reading.start(id));
}

async function complete(work: Promise<void>): Promise<void> {
  const progress = { isDone: false };
  void work.then(() => (progress.isDone = true));
  while (!progress.isDone) {
    await runtime.pass(60_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('AuthorReading finds the authors in as many requests as the report says, and the index keeps them', async () => {
  const { openPage, index, reading } = await open();
  expect((await search(index)).report.authors).toEqual({ files: ITEMS, requests: ITEMS });
  expect(await findFiles(index, 'by:unknown')).toHaveLength(ITEMS);
  await start(index, reading);
  expect(reading.getSnapshot()).toMatchObject({ phase: 'done', done: ITEMS, total: ITEMS, found: ITEMS });
  expect(server.requests).toEqual(Array.from({ length: ITEMS }, () => 'updates'));
  expect(await findFiles(index, 'by:ben')).toHaveLength(ITEMS);
  expect((await search(index)).report.authors).toEqual({ files: 0, requests: 0 });
  const { facets } = await index.search({ text: '', sortBy: 'item', isDescending: false });
  expect(facets.person.map(({ label, count }) => [label, count])).toEqual([['Ben', ITEMS]]);

  server.requests.length = 0;
  const later = await openPage();
  expect(await findFiles(later, 'by:ben')).toHaveLength(ITEMS);
  server.change(1, { title: 'Changed' });
  await later.refresh();
  expect(await findFiles(later, 'by:ben changed')).toHaveLength(1);
  expect(server.requests).not.toContain('updates');
});

test('AuthorReading reads the found files only, and knows who attached a restored file last', async () => {
  server.change(7, { files: [], changedBy: 'Ben' });
  attach(7, 7, 'Dana');
  server.change(7, { changedBy: 'Chris' });
  const { index, reading } = await open();
  await start(index, reading, 'on:7,8');
  expect(server.requests).toHaveLength(2);
  const files = await findFiles(index, 'on:7,8');
  expect(files.map(({ addedBy }) => addedBy)).toEqual(['Dana', 'Ben']);
});

test('AuthorReading reads long histories in pages, as the cost says', async () => {
  for (let revision = 0; revision < 220; revision++) server.change(3, { title: `${revision}` });
  const { index, reading } = await open();
  expect((await search(index, 'on:3')).report.authors).toEqual({ files: 1, requests: 2 });
  await start(index, reading, 'on:3');
  expect(server.requests).toHaveLength(2);
  expect(await findFiles(index, 'on:3 by:ben')).toHaveLength(1);
});

test('AuthorReading pauses, keeps what it has read, and resumes with the rest', async () => {
  const { index, reading } = await open();
  let reads = 0;
  server.beforeAnswer = () => {
    if (++reads === 10) reading.pause();
  };
  await start(index, reading);
  const { phase, done, found } = reading.getSnapshot();
  expect(phase).toBe('paused');
  expect(found).toBe(done);
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(ITEMS);
  expect(await findFiles(index, 'by:ben')).toHaveLength(found);
  await complete(reading.resume());
  expect(reading.getSnapshot()).toMatchObject({ phase: 'done', done: ITEMS, found: ITEMS });
  expect(await findFiles(index, 'by:unknown')).toEqual([]);
});

test('AuthorReading goes on without the history of a work item that cannot be read', async () => {
  const { index, reading } = await open();
  server.remove(4);
  await start(index, reading);
  expect(reading.getSnapshot()).toMatchObject({ phase: 'done', done: ITEMS, found: ITEMS - 1 });
  expect(await findFiles(index, 'by:unknown')).toHaveLength(1);
});

test('AuthorReading stops without a connection, keeps what it has read, and retries on request', async () => {
  const { index, reading } = await open();
  let reads = 0;
  server.beforeAnswer = () => {
    if (++reads > 10) throw new NetworkError('down');
  };
  await start(index, reading);
  expect(reading.getSnapshot()).toMatchObject({ phase: 'failed', found: 10, problem: { kind: 'network' } });
  server.beforeAnswer = () => undefined;
  await complete(reading.resume());
  expect(reading.getSnapshot()).toMatchObject({ phase: 'done', done: ITEMS, found: ITEMS });
});

test('AuthorReading waits as long as a throttling server asks', async () => {
  const { index, reading } = await open();
  const times: number[] = [];
  server.beforeAnswer = () => {
    times.push(runtime.now());
    if (times.length === 1)
      throw new ServerError('throttled', 'Wait.', { status: 429, retryAfterMs: 30_000 });
  };
  await start(index, reading, 'on:1');
  expect(times).toHaveLength(2);
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(30_000);
  expect(await findFiles(index, 'on:1 by:ben')).toHaveLength(1);
});

test.each([
  [false, 4],
  [true, 1],
])(
  'AuthorReading, with an upload of the person %s, sends %i requests at the same time',
  async (own, most) => {
    const { index, reading } = await open();
    isUploading = own;
    let [active, peak] = [0, 0];
    server.beforeAnswer = async () => {
      peak = Math.max(peak, ++active);
      await new Promise((resolve) => setImmediate(resolve));
      active--;
    };
    await start(index, reading);
    expect(peak).toBe(most);
  },
);

test('AuthorReading says that the list has changed', async () => {
  const { index, reading } = await open();
  const { id } = await search(index);
  await search(index);
  await search(index);
  await complete(reading.start(id));
  expect(reading.getSnapshot()).toMatchObject({ phase: 'outdated' });
});

test('AuthorReading that is cancelled keeps what it has read, and shows nothing', async () => {
  const { index, reading } = await open();
  let reads = 0;
  server.beforeAnswer = () => {
    if (++reads === 10) reading.cancel();
  };
  await start(index, reading);
  expect(reading.getSnapshot()).toMatchObject({ phase: 'idle', done: 0, found: 0 });
  expect((await findFiles(index, 'by:ben')).length).toBeGreaterThan(0);
  server.beforeAnswer = () => undefined;
  await start(index, reading);
  expect(await findFiles(index, 'by:unknown')).toEqual([]);
});
