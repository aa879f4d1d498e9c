import type { Emulator } from '../../src/running-emulator';
import {
  attach,
  inBatch,
  patch,
  refusal,
  send,
  sendBatch,
  start,
  upload,
  type Refusal,
  type WorkItemAnswer,
} from './client';

interface InnerAnswer {
  code: number;
  headers: Record<string, string>;
  body: string;
}

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const title = (value: string) => ({ op: 'add', path: '/fields/System.Title', value });
const stale = { op: 'test', path: '/rev', value: 4711 };

async function answersOf(response: Response): Promise<InnerAnswer[]> {
  expect(response.status).toBe(200);
  const { count, value } = (await response.json()) as { count: number; value: InnerAnswer[] };
  expect(value).toHaveLength(count);
  return value;
}

const titleOf = (id: number) => emulator.store.workItem(id).fields['System.Title'];

/** Error of a whole batch, in the other envelope. */
async function brokenWith(response: Response): Promise<string> {
  expect(response.status).toBe(400);
  const answer = (await response.json()) as { count: number; value: { Message: string } };
  expect(answer).toEqual({ count: 1, value: { Message: expect.any(String) as string } });
  return answer.value.Message;
}

test('$batch links an upload to many items and answers in the order of the requests', async () => {
  const { url } = await upload(emulator, 'one', 'one.txt');
  const ids = [9, 7, 8];
  const answers = await answersOf(
    await sendBatch(
      emulator,
      ids.map((id) => inBatch(id, [attach(url)])),
    ),
  );
  expect(answers.map(({ code }) => code)).toEqual([200, 200, 200]);
  expect(answers[0]!.headers).toEqual({ 'Content-Type': 'application/json; charset=utf-8' });
  const items = answers.map(({ body }) => JSON.parse(body) as WorkItemAnswer);
  expect(items.map(({ id, rev }) => [id, rev])).toEqual(ids.map((id) => [id, 2]));
  for (const item of items) expect(item.relations!.at(-1)!.attributes['name']).toBe('one.txt');
});

test('$batch answers each request like a separate patch', async () => {
  const [inner] = await answersOf(await sendBatch(emulator, [inBatch(9, [title('Changed')])]));
  await emulator.reset();
  const single = (await (await patch(emulator, 9, [title('Changed')])).json()) as WorkItemAnswer;
  const batched = JSON.parse(inner!.body) as WorkItemAnswer;
  expect(Object.keys(batched.fields).sort()).toEqual(Object.keys(single.fields).sort());
  expect(batched).toMatchObject({ id: 9, rev: 2, url: single.url, relations: single.relations });
});

test('$batch creates a new item in the project of its uri', async () => {
  const uri = '/Fabrikam/_apis/wit/workitems/$Task?api-version=6.0';
  const [created] = await answersOf(await sendBatch(emulator, [inBatch(uri, [title('Fresh')])]));
  expect(JSON.parse(created!.body)).toMatchObject({ rev: 1, fields: { 'System.WorkItemType': 'Task' } });
  const nowhere = inBatch('/_apis/wit/workitems/$Task?api-version=6.0', [title('Fresh')]);
  expect((await answersOf(await sendBatch(emulator, [nowhere])))[0]).toMatchObject({ code: 400 });
});

test('$batch accepts a project segment and the documented content type', async () => {
  const response = await send(emulator, 'Fabrikam/_apis/wit/$batch', {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: JSON.stringify([inBatch(7, [title('Changed')])]),
  });
  expect((await answersOf(response)).map(({ code }) => code)).toEqual([200]);
});

test('bypassRules applies to the whole batch, or to one request', async () => {
  emulator.store.requiredFields.add('Custom.Severity');
  const both = [inBatch(7, [title('A')]), inBatch(8, [title('B')])];
  const codes = async (requests: unknown, query = '') =>
    (await answersOf(await sendBatch(emulator, requests, query))).map(({ code }) => code);
  expect(await codes(both)).toEqual([400, 400]);
  expect(await codes(both, '?bypassRules=true&suppressNotifications=true')).toEqual([200, 200]);
  const one = inBatch('/_apis/wit/workitems/9?bypassRules=true&api-version=6.0', [title('C')]);
  expect(await codes([one, inBatch(7, [title('D')])])).toEqual([200, 400]);
});

describe('validateOnly', () => {
  const tried = (id: number, operations: readonly unknown[]) =>
    inBatch(`/_apis/wit/workitems/${id}?validateOnly=true&api-version=6.0`, operations);
  const all = async () => {
    const { url } = await upload(emulator, 'one', 'one.txt');
    // Valid, read-only, full, missing, and stale.
    return [
      tried(9, [attach(url)]),
      tried(21, [attach(url)]),
      tried(32, [attach(url)]),
      tried(4711, [attach(url)]),
      tried(8, [stale]),
    ];
  };
  const seeded = () => emulator.store.workItemIds.map((id) => emulator.store.workItem(id));

  test('reports the result of each change without applying it', async () => {
    const before = seeded();
    const answers = await answersOf(await sendBatch(emulator, await all()));
    expect(answers.map(({ code }) => code)).toEqual([200, 403, 400, 404, 412]);
    const [good, ...bad] = answers.map(({ body }) => JSON.parse(body) as WorkItemAnswer & Refusal);
    expect(good).toMatchObject({ id: 9, rev: 1 });
    expect(good!.relations!.at(-1)!.attributes['name']).toBe('one.txt');
    const codes = bad.map(({ message }) => message.split(':')[0]);
    expect(codes).toEqual(['TF237111', 'VS403313', 'TF401232', 'VS403351']);
    expect(seeded()).toEqual(before);
  });

  test('mixes validated and applied requests', async () => {
    const requests = [tried(7, [title('Tried')]), inBatch(9, [title('Done')])];
    expect((await answersOf(await sendBatch(emulator, requests))).map(({ code }) => code)).toEqual([
      200, 200,
    ]);
    expect([7, 9].map((id) => emulator.store.workItem(id).rev)).toEqual([1, 2]);
    expect(titleOf(9)).toBe('Done');
  });

  test('reports only the first failure of an all-or-nothing batch', async () => {
    emulator.store.assumptions.batchFailure = 'all-or-nothing';
    expect(await brokenWith(await sendBatch(emulator, await all()))).toMatch(/^TF237111/);
  });
});

describe('batchFailure', () => {
  const mixed = () => [
    inBatch(7, [title('Seven')]),
    inBatch(8, [stale, title('Eight')]),
    inBatch(4711, [title('Nobody')]),
    inBatch(9, [title('Nine')]),
  ];

  test('with independent, applies the others after a failure', async () => {
    const answers = await answersOf(await sendBatch(emulator, mixed()));
    expect(answers.map(({ code }) => code)).toEqual([200, 412, 404, 200]);
    const refused = answers.slice(1, 3).map(({ body }) => JSON.parse(body) as Refusal);
    expect(refused.map(({ message }) => message.split(':')[0])).toEqual(['VS403351', 'TF401232']);
    expect([7, 8, 9].map((id) => emulator.store.workItem(id).rev)).toEqual([2, 1, 2]);
  });

  test('with all-or-nothing, undoes everything after a failure', async () => {
    emulator.store.assumptions.batchFailure = 'all-or-nothing';
    const { url } = await upload(emulator, 'one');
    const before = [7, 8, 9, 15].map((id) => emulator.store.workItem(id));
    const link = { rel: 'System.LinkTypes.Related', url: `${emulator.restBaseUrl}_apis/wit/workItems/15` };
    const linked = inBatch(7, [attach(url), { op: 'add', path: '/relations/-', value: link }]);
    const message = await brokenWith(await sendBatch(emulator, [linked, ...mixed()]));
    expect(message).toMatch(/^VS403351/);
    expect([7, 8, 9, 15].map((id) => emulator.store.workItem(id))).toEqual(before);
    expect(emulator.store.revisions(7)).toHaveLength(1);
    expect(await answersOf(await sendBatch(emulator, [linked, inBatch(9, [title('Nine')])]))).toHaveLength(2);
    expect([titleOf(9), emulator.store.workItem(7).rev]).toEqual(['Nine', 2]);
  });
});

describe('a single request is refused in its place', () => {
  const good = inBatch(9, [title('Changed')]);
  test.each([
    ['another content type', { ...good, headers: { 'Content-Type': 'application/json' } }, 415],
    ['no content type', { ...good, headers: undefined }, 415],
    ['no version', { ...good, uri: '/_apis/wit/workitems/9' }, 400],
    ['a version too new', { ...good, uri: '/_apis/wit/workitems/9?api-version=7.3' }, 400],
    ['a body that is no patch', { ...good, body: JSON.stringify(good.body) }, 400],
    ['an unknown project', { ...good, uri: '/Contoso/_apis/wit/workitems/9?api-version=6.0' }, 404],
  ])('%s', async (_name, request, code) => {
    const answers = await answersOf(await sendBatch(emulator, [request, inBatch(7, [title('Seven')])]));
    expect(answers.map((answer) => answer.code)).toEqual([code, 200]);
    expect(JSON.parse(answers[0]!.body)).toMatchObject({ typeKey: expect.any(String) as string });
    expect([titleOf(7), emulator.store.workItem(9).rev]).toEqual(['Seven', 1]);
  });
});

describe('a whole batch is refused, and nothing is done', () => {
  const good = inBatch(7, [title('Seven')]);
  test.each<[string, unknown, RegExp]>([
    ['that is no list', { method: 'PATCH' }, /must be a list/],
    ['that is empty', [], /must be a list/],
    ['of more than 200', Array.from({ length: 201 }, () => good), /201 requests/],
    ['with a read', [good, { ...good, method: 'GET' }], /method "GET"/],
    ['with an upload', [good, { ...good, uri: '/_apis/wit/attachments?api-version=6.0' }], /uri/],
    [
      'with a host',
      [good, { ...good, uri: 'http://127.0.0.1/_apis/wit/workitems/7?api-version=6.0' }],
      /uri/,
    ],
    ['with the organization', [good, { ...good, uri: '/fabrikam/x/_apis/wit/workitems/7' }], /uri/],
    ['with a uri that has no slash', [good, { ...good, uri: '_apis/wit/workitems/7' }], /uri/],
  ])('%s', async (_name, requests, message) => {
    expect(await brokenWith(await sendBatch(emulator, requests))).toMatch(message);
    expect(emulator.store.workItem(7).rev).toBe(1);
  });

  test('of another content type', async () => {
    const init = { method: 'PATCH', headers: { 'Content-Type': 'text/plain' }, body: JSON.stringify([good]) };
    const response = await send(emulator, '_apis/wit/$batch', init);
    expect(response.status).toBe(415);
    expect((await refusal(response)).typeKey).toBe('VssRequestContentTypeNotSupportedException');
  });
});

test('interfere runs a concurrent change before a batch', async () => {
  emulator.interfere('batch', () => emulator.store.remove(8));
  const requests = [7, 8].map((id) => inBatch(id, [title('Changed')]));
  expect((await answersOf(await sendBatch(emulator, requests))).map(({ code }) => code)).toEqual([200, 404]);
});
