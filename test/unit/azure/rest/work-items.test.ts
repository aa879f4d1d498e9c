import { CancelledError } from '../../../../src/base/errors';
import type { PatchOperation } from '../../../../src/azure/rest/work-items';
import { createWorkItems } from '../../../../src/azure/rest/work-items';
import { createTestConnection } from '../../../helpers/connection';
import { flush, rejectionOf } from '../../../helpers/deferred';

const ADDRESS = 'https://dev.azure.com/fabrikam/_apis/wit/workitems/7';

const BUG_7 = {
  id: 7,
  rev: 3,
  fields: {
    'System.WorkItemType': 'Bug',
    'System.Title': 'Crash',
    'System.State': 'Active',
    'System.TeamProject': 'Fabrikam',
    'System.AreaPath': 'Fabrikam\\Web',
    'System.CreatedDate': '2026-03-02T08:41:10.310Z',
    'System.CreatedBy': { displayName: 'Jamal Hartnett', id: 'd291', descriptor: 'aad.YTkz' },
    'System.ChangedBy': { displayName: 'Norman Paulk', id: 'a0e1', descriptor: 'aad.ZDll' },
  },
  relations: [
    { rel: 'AttachedFile', url: 'https://h/a', attributes: { id: 1, name: 'a.txt', comment: '' } },
    { rel: 'System.LinkTypes.Related', url: 'https://h/b', attributes: { isLocked: false } },
  ],
  url: ADDRESS,
};

const READ_7 = {
  id: 7,
  revision: 3,
  type: 'Bug',
  title: 'Crash',
  state: 'Active',
  project: 'Fabrikam',
  projectId: '',
  area: 'Fabrikam\\Web',
  createdAt: Date.UTC(2026, 2, 2, 8, 41, 10, 310),
  createdBy: { id: 'd291', descriptor: 'aad.YTkz' },
  changedBy: { id: 'a0e1', descriptor: 'aad.ZDll' },
  relations: [
    {
      rel: 'AttachedFile',
      url: 'https://h/a',
      name: 'a.txt',
      attributes: { id: 1, name: 'a.txt', comment: '' },
    },
    { rel: 'System.LinkTypes.Related', url: 'https://h/b', name: '', attributes: { isLocked: false } },
  ],
};

const PATCH: PatchOperation[] = [{ op: 'add', path: '/relations/-', value: { rel: 'AttachedFile' } }];

function begin() {
  const { connection, stack } = createTestConnection();
  return { workItems: createWorkItems(connection), stack };
}

describe('read', () => {
  test('requests relations in the newest documented version', async () => {
    const { workItems, stack } = begin();
    const answer = workItems.read(7);
    const request = await stack.nextRequest();
    expect(request.method).toBe('GET');
    expect(request.parsedUrl.origin + request.parsedUrl.pathname).toBe(ADDRESS);
    expect([...request.parsedUrl.searchParams]).toEqual([
      ['$expand', 'relations'],
      ['api-version', '7.1'],
    ]);
    expect(request.headers).toMatchObject({ Accept: 'application/json', Authorization: 'Bearer token 1' });
    expect(request.body).toBeUndefined();
    request.respondWith({ status: 200, json: BUG_7 });
    expect(await answer).toEqual(READ_7);
  });

  test.each([
    ['absent', {}],
    ['null', { relations: null }],
    ['empty', { relations: [] }],
    ['no list', { relations: 'none' }],
    ['no objects', { relations: [null, 'x', 7] }],
  ])('finds no relations when they are %s', async (_, relations) => {
    const { workItems, stack } = begin();
    const answer = workItems.read(7);
    (await stack.nextRequest()).respondWith({
      status: 200,
      json: { ...BUG_7, relations: undefined, ...relations },
    });
    expect(await answer).toEqual({ ...READ_7, relations: [] });
  });

  test('returns empty values for missing fields', async () => {
    const { workItems, stack } = begin();
    const answer = workItems.read(7);
    (await stack.nextRequest()).respondWith({ status: 200, json: { id: 7, rev: 1, relations: [{}] } });
    expect(await answer).toEqual({
      id: 7,
      revision: 1,
      type: '',
      title: '',
      state: '',
      project: '',
      projectId: '',
      area: '',
      createdAt: NaN,
      createdBy: { id: '', descriptor: '' },
      changedBy: { id: '', descriptor: '' },
      relations: [{ rel: '', url: '', name: '', attributes: {} }],
    });
  });

  test('returns an unknown person for the single string of an old server', async () => {
    const { workItems, stack } = begin();
    const answer = workItems.read(7);
    const fields = { ...BUG_7.fields, 'System.CreatedBy': 'Jamal Hartnett <FABRIKAM\\jamal>' };
    (await stack.nextRequest()).respondWith({ status: 200, json: { ...BUG_7, fields } });
    expect(await answer).toEqual({ ...READ_7, createdBy: { id: '', descriptor: '' } });
  });

  test.each([
    ['HTML', { text: '<html>Maintenance</html>' }],
    ['truncated', { text: JSON.stringify(BUG_7).slice(0, 60) }],
    ['a list', { json: [BUG_7] }],
    ['another thing', { json: { count: 0, value: [] } }],
    ['without a number', { json: { ...BUG_7, id: 'seven' } }],
  ])('rejects a response with %s', async (_, body) => {
    const { workItems, stack } = begin();
    const answer = rejectionOf(workItems.read(7));
    (await stack.nextRequest()).respondWith({ status: 200, ...body });
    expect(await answer).toMatchObject({ name: 'ServerError', kind: 'unexpected-answer' });
  });

  test('repeats the request without a response if the token has changed', async () => {
    const { workItems, stack } = begin();
    const answer = workItems.read(7);
    (await stack.nextRequest()).fail();
    (await stack.nextRequest()).respondWith({ status: 200, json: BUG_7 });
    expect(await answer).toEqual(READ_7);
  });

  test('rejects with work-item-missing for a missing item', async () => {
    const { workItems, stack } = begin();
    const answer = rejectionOf(workItems.read(7));
    const message = 'TF401232: Work item 7 does not exist, or you do not have permissions to read it.';
    (await stack.nextRequest()).respondWith({ status: 404, json: { message } });
    expect(await answer).toMatchObject({ kind: 'work-item-missing', facts: { serverMessage: message } });
  });
});

describe('update', () => {
  test('sends a JSON Patch and requests relations', async () => {
    const { workItems, stack } = begin();
    const answer = workItems.update(7, PATCH);
    const request = await stack.nextRequest();
    expect(request.method).toBe('PATCH');
    expect(request.parsedUrl.origin + request.parsedUrl.pathname).toBe(ADDRESS);
    expect([...request.parsedUrl.searchParams]).toEqual([
      ['$expand', 'relations'],
      ['api-version', '7.1'],
    ]);
    expect(request.headers['Content-Type']).toBe('application/json-patch+json');
    expect(request.body).toBe('[{"op":"add","path":"/relations/-","value":{"rel":"AttachedFile"}}]');
    request.respondWith({ status: 200, json: BUG_7 });
    expect(await answer).toEqual(READ_7);
  });

  test('does not repeat a patch without a response', async () => {
    const { workItems, stack } = begin();
    const answer = rejectionOf(workItems.update(7, PATCH));
    (await stack.nextRequest()).fail();
    expect(await answer).toMatchObject({ kind: 'network' });
    await flush();
    expect(stack.requests).toHaveLength(1);
  });

  test('stops after an abort', async () => {
    const { workItems, stack } = begin();
    const controller = new AbortController();
    const answer = rejectionOf(workItems.update(7, PATCH, controller.signal));
    await stack.nextRequest();
    controller.abort();
    expect(await answer).toBeInstanceOf(CancelledError);
  });
});
