import type { PatchOperation } from '../../../../src/azure/rest/work-items';
import { assertWritable, createManyWorkItems } from '../../../../src/azure/rest/many-work-items';
import { createTestConnection } from '../../../helpers/connection';
import { rejectionOf } from '../../../helpers/deferred';
import type { PendingRequest } from '../../../helpers/manual-http-stack';

const ROOT = 'https://dev.azure.com/fabrikam/_apis/wit';
const PATCH: readonly PatchOperation[] = [
  { op: 'add', path: '/relations/-', value: { rel: 'AttachedFile' } },
];
const MISSING = { message: 'TF401232: Work item 8 does not exist.', typeKey: 'WorkItemUnauthorizedAccess' };

function begin() {
  const { connection, stack } = createTestConnection();
  return { many: createManyWorkItems(connection), stack };
}

const itemJson = (id: number) => ({ id, rev: 1, fields: { 'System.Title': `Item ${id}` } });
const addressOf = ({ parsedUrl }: PendingRequest): string => parsedUrl.origin + parsedUrl.pathname;
const bodyOf = ({ body }: PendingRequest): unknown => JSON.parse(body as string);
const idsIn = (request: PendingRequest): number[] => (bodyOf(request) as { ids: number[] }).ids;
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Responds with the requested items, and `null` for those without permission. */
function answerRead(request: PendingRequest, unreadable: readonly number[] = []): void {
  const value = idsIn(request).map((id) => (unreadable.includes(id) ? null : itemJson(id)));
  request.respondWith({ status: 200, json: { count: value.length, value } });
}

describe('readMany', () => {
  test('reads work items with relations in one request and omits unreadable ones', async () => {
    const { many, stack } = begin();
    const answer = many.readMany([7, 8, 9]);
    const request = await stack.nextRequest();
    expect([request.method, addressOf(request)]).toEqual(['POST', `${ROOT}/workitemsbatch`]);
    expect(bodyOf(request)).toEqual({ ids: [7, 8, 9], $expand: 'relations', errorPolicy: 'omit' });
    answerRead(request, [8]);
    expect([...(await answer).entries()].map(([id, { title }]) => `${id} ${title}`)).toEqual([
      '7 Item 7',
      '9 Item 9',
    ]);
  });

  test('reads 200 at a time', async () => {
    const { many, stack } = begin();
    const answer = many.readMany(numbers(1, 401));
    const asked: number[] = [];
    for (const size of [200, 200, 1]) {
      const request = await stack.nextRequest();
      expect(idsIn(request)).toHaveLength(size);
      asked.push(...idsIn(request));
      answerRead(request);
    }
    expect((await answer).size).toBe(401);
    expect(asked).toEqual(numbers(1, 401));
  });

  test('sends no request for an empty list', async () => {
    const { many, stack } = begin();
    expect((await many.readMany([])).size).toBe(0);
    expect(stack.requests).toEqual([]);
  });

  test('finds the readable ones when the server refuses all because of one', async () => {
    const { many, stack } = begin();
    const answer = many.readMany([7, 8, 9]);
    const asked: number[][] = [];
    for (let requests = 0; requests < 5; requests++) {
      const request = await stack.nextRequest();
      asked.push(idsIn(request));
      if (idsIn(request).includes(8)) request.respondWith({ status: 404, json: MISSING });
      else answerRead(request);
    }
    expect([...(await answer).keys()]).toEqual([7, 9]);
    expect(asked).toEqual([[7, 8, 9], [7, 8], [7], [8], [9]]);
  });

  test.each([
    ['a page', { text: '<html>Maintenance</html>' }],
    ['no list', { json: { value: 'all' } }],
    ['something else in the list', { json: { value: [{ id: 'seven' }] } }],
  ])('rejects %s in the response', async (_, body) => {
    const { many, stack } = begin();
    const answer = rejectionOf(many.readMany([7]));
    (await stack.nextRequest()).respondWith({ status: 200, ...body });
    expect(await answer).toMatchObject({ kind: 'unexpected-answer' });
  });
});

describe('updateMany', () => {
  const updates = [7, 8, 9].map((id) => ({ id, patch: PATCH }));

  function inner(code: number, body: unknown) {
    return { code, headers: { 'Content-Type': 'application/json' }, body };
  }
  const done = (id: number) => inner(200, JSON.stringify(itemJson(id)));

  test('sends one request in the documented version and returns each outcome', async () => {
    const { many, stack } = begin();
    const answer = many.updateMany(updates);
    const request = await stack.nextRequest();
    expect([request.method, addressOf(request)]).toEqual(['PATCH', `${ROOT}/$batch`]);
    expect(request.parsedUrl.searchParams.get('api-version')).toBe('5.0');
    // The rules of many work items take longer than those of one.
    expect(request.stallMs).toBe(120_000);
    expect((bodyOf(request) as unknown[])[1]).toEqual({
      method: 'PATCH',
      uri: '/_apis/wit/workitems/8?$expand=relations&api-version=5.0',
      headers: { 'Content-Type': 'application/json-patch+json' },
      body: PATCH,
    });
    const refusal = inner(404, JSON.stringify(MISSING));
    request.respondWith({ status: 200, json: { count: 3, value: [done(7), refusal, done(9)] } });
    expect(await answer).toMatchObject([
      { workItem: { id: 7, title: 'Item 7' } },
      { error: { kind: 'work-item-missing' } },
      { workItem: { id: 9 } },
    ]);
  });

  test('accepts a response with a JSON body', async () => {
    const { many, stack } = begin();
    const answer = many.updateMany(updates.slice(0, 1));
    (await stack.nextRequest()).respondWith({ status: 200, json: { value: [inner(200, itemJson(7))] } });
    expect(await answer).toMatchObject([{ workItem: { id: 7 } }]);
  });

  test.each([
    ['of another work item', done(8)],
    ['without a body', inner(200, undefined)],
    ['that is a page', inner(200, '<html></html>')],
    ['without a code', { body: JSON.stringify(itemJson(7)) }],
  ])('reports an unknown outcome for an inner response %s', async (_, value) => {
    const { many, stack } = begin();
    const answer = many.updateMany(updates.slice(0, 1));
    (await stack.nextRequest()).respondWith({ status: 200, json: { value: [value] } });
    expect(await answer).toMatchObject([{ error: { kind: 'unexpected-answer' } }]);
  });

  test.each([
    ['one answer too few', { value: [done(7), done(8)] }],
    ['answers that are none', { value: [done(7), null, done(9)] }],
    ['no answers', {}],
  ])('rejects %s as unknown outcomes', async (_, json) => {
    const { many, stack } = begin();
    const answer = rejectionOf(many.updateMany(updates));
    (await stack.nextRequest()).respondWith({ status: 200, json });
    expect(await answer).toMatchObject({ kind: 'unexpected-answer' });
  });

  test('reports a failed batch with the server message and without another version', async () => {
    const { many, stack } = begin();
    const answer = rejectionOf(many.updateMany(updates));
    const json = { count: 1, value: { Message: 'The requested REST API version of 5.0 is out of range.' } };
    (await stack.nextRequest()).respondWith({ status: 400, json });
    expect(await answer).toMatchObject({ facts: { status: 400, serverMessage: json.value.Message } });
    expect(stack.requests).toHaveLength(1);
  });
});

describe('assertWritable', () => {
  test('sends a validate-only patch without changes', async () => {
    const { connection, stack } = createTestConnection();
    const answer = assertWritable(connection, { id: 7, revision: 3 });
    const request = await stack.nextRequest();
    expect([request.method, addressOf(request)]).toEqual(['PATCH', `${ROOT}/workitems/7`]);
    expect(request.parsedUrl.searchParams.get('validateOnly')).toBe('true');
    expect(bodyOf(request)).toEqual([{ op: 'test', path: '/rev', value: 3 }]);
    request.respondWith({ status: 200, json: itemJson(7) });
    await expect(answer).resolves.toBeUndefined();
  });

  test('rejects with the reason of the server', async () => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(assertWritable(connection, { id: 7, revision: 3 }));
    (await stack.nextRequest()).respondWith({ status: 403, json: { message: 'TF237111: No.' } });
    expect(await answer).toMatchObject({ kind: 'no-permission' });
  });
});
