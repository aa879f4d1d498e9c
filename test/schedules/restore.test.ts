import { readFileSync } from 'node:fs';
import { createAttachments } from '../../src/gallery/attachments';
import { createChangeTools } from '../../src/gallery/changes/change-tools';
import { createGalleryStore } from '../../src/gallery/gallery-state';
import { createFileHistory } from '../../src/gallery/history/file-history-session';
import { createSendFile } from '../../src/gallery/send-file';
import { createFrameServices } from '../../src/upload/frame-services';
import { flush } from '../helpers/deferred';
import { createFakeRuntime } from '../helpers/fake-runtime';
import { createTestHost } from '../helpers/host';
import type { Delivery, Service } from './service';
import { DELIVERIES, startService } from './service';

const DAY_MS = 24 * 60 * 60 * 1000;

const PEOPLE = ['Johnnie McLeod', 'Raisa Pokrovskaya', 'Christie Church'].map((displayName, index) => ({
  ...{ displayName, id: `8c8c7d32-6b1b-47f4-b2e9-30b477b5ab3${index}`, uniqueName: `${index}@fabrikam.com` },
  descriptor: '',
}));

let service: Service;

beforeAll(async () => void (service = await startService()));
beforeEach(() => service.reset());
afterEach(() => expect(service.breaches()).toEqual([]));
afterAll(() => service.close());

/** The history of work item 7 over the service. `fateOf` chooses the fate of each request by its index. */
function openHistory(fateOf: (index: number) => Delivery = () => 'answered') {
  const runtime = createFakeRuntime();
  const services = createFrameServices({
    host: {
      getToken: () => Promise.resolve(service.issueToken()),
      getBaseUrl: () => Promise.resolve(service.baseUrl),
    },
    stack: service.stack,
    runtime,
  });
  const attachments = createAttachments(services);
  const store = createGalleryStore();
  store.change({ status: 'open', workItemId: 7 });
  const tools = createChangeTools({
    ...{ store, bins: new Map(), host: createTestHost(), readAgain: () => undefined },
    gate: { pass: () => Promise.resolve(undefined) },
  });
  const history = createFileHistory({
    ...{ attachments, store, tools, runtime, send: createSendFile(services) },
  });
  const sent: string[] = [];

  /** Delivers requests until `task` is done. */
  async function complete(task: Promise<void>): Promise<void> {
    const progress = { isDone: false };
    void task.then(() => (progress.isDone = true));
    for (let rounds = 0; !progress.isDone || history.getSnapshot().isReading; rounds++) {
      if (rounds > 2_000) throw new Error(`It does not end: ${sent.join(', ')}`);
      await flush();
      await new Promise((resolve) => setImmediate(resolve));
      const [request] = service.underWay();
      if (!request) {
        await runtime.pass(1_000);
        continue;
      }
      sent.push(request.name);
      await request.deliver(fateOf(sent.length - 1));
    }
  }

  return { history, sent, complete };
}

function linkedIds(): readonly string[] {
  return service.store
    .workItem(7)
    .relations.filter(({ rel }) => rel === 'AttachedFile')
    .map(({ url }) => url.slice(-36));
}

/** Removes relations of work item 7 by their GUIDs, as another person. */
function removeAs(by: (typeof PEOPLE)[number], date: string, ids: readonly string[]): void {
  const item = service.store.workItem(7);
  const relations = item.relations.filter(({ url }) => !ids.includes(url.slice(-36)));
  service.store.save({ ...item, relations }, { by, date });
}

test('FileHistory lists 500 removals by three people over 10,000 updates in at most 52 requests', async () => {
  const { store } = service;
  const start = Date.UTC(2026, 0, 1);
  const before = store.updates(7).length;
  const kept = linkedIds();
  const files = Array.from({ length: 500 }, (_, index) => ({
    ...{ name: `${index}.txt`, content: Buffer.from(`${index}`) },
  }));
  store.attach(7, files, { by: PEOPLE[0]!, date: new Date(start).toISOString() });
  const ids = linkedIds().filter((id) => !kept.includes(id));
  const expected: object[] = [];
  for (let update = before + 1; update < 10_000; update++) {
    const by = PEOPLE[update % 3]!;
    const at = start + update * (DAY_MS / 100);
    const date = new Date(at).toISOString();
    const id = update % 19 === 0 ? ids[expected.length] : undefined;
    if (id !== undefined) {
      removeAs(by, date, [id]);
      expected.unshift({ by: by.displayName, at, file: { name: `${expected.length}.txt` } });
    } else {
      const item = store.workItem(7);
      store.save({ ...item, fields: { ...item.fields, 'System.Title': `Title ${update}` } }, { by, date });
    }
  }
  expect([store.updates(7).length, expected.length]).toEqual([10_000, 500]);
  const { history, sent, complete } = openHistory();
  await complete(history.read());
  expect(history.getSnapshot().removed).toMatchObject(expected);
  expect(sent.length).toBeLessThanOrEqual(52);
});

describe.each(['restore', 'copy'] as const)('With one fault, by %s,', (how) => {
  const contents = ['one', 'two', 'three'];

  /** Attaches files to work item 7, as another person, who then removes them. */
  function removeThree(): readonly string[] {
    const files = contents.map((text, index) => ({ name: `${index}.txt`, content: Buffer.from(text) }));
    const kept = linkedIds();
    const [by] = PEOPLE;
    const date = new Date().toISOString();
    service.store.attach(7, files, { by: by!, date });
    const ids = linkedIds().filter((id) => !kept.includes(id));
    removeAs(by!, date, ids);
    return kept;
  }

  /** @returns The requests that were sent. */
  async function play(fault: Delivery, faultAt: number): Promise<readonly string[]> {
    service.reset();
    const kept = removeThree();
    const { history, sent, complete } = openHistory((index) => (index === faultAt ? fault : 'answered'));
    await complete(history.read());
    for (let attempt = 0; attempt < 4; attempt++) {
      const { failed, removed, copied } = history.getSnapshot();
      if (failed?.action === 'read') await complete(history.retry());
      const rest = removed.filter(({ file }) => !copied.has(file.reference.id));
      history.select(rest, true);
      if (rest.length > 0) await complete(history.restore(how));
    }
    const added = linkedIds().filter((id) => !kept.includes(id));
    const bytes = added.map((id) => readFileSync(service.store.attachment(id)!.path, 'utf8'));
    expect([bytes.sort(), linkedIds().length]).toEqual([[...contents].sort(), kept.length + 3]);
    return sent;
  }

  test('FileHistory restores each file exactly once', async () => {
    const requests = await play('answered', -1);
    for (const fault of DELIVERIES.filter((each) => each !== 'answered'))
      for (const at of requests.keys()) await play(fault, at);
  });

  test('FileHistory removes exactly its own links on undo', async () => {
    for (const fault of DELIVERIES) {
      service.reset();
      const kept = removeThree();
      let faultAt = -1;
      const { history, sent, complete } = openHistory((index) => (index === faultAt ? fault : 'answered'));
      await complete(history.read());
      history.select(history.getSnapshot().removed, true);
      await complete(history.restore(how));
      expect(linkedIds()).toHaveLength(kept.length + 3);
      // The patch follows the read of the work item.
      faultAt = sent.length + 1;
      await complete(history.undo());
      if (history.getSnapshot().failed) await complete(history.retry());
      expect([linkedIds(), history.getSnapshot().removed.length]).toEqual([kept, how === 'copy' ? 6 : 3]);
    }
  });
});
