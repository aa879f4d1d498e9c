import { canBeSame } from '../../../src/model/person';
import { readOrigin } from '../../../src/rest/work-item-origin';
import { createTestConnection } from '../../helpers/connection';
import { rejectionOf } from '../../helpers/deferred';

const FIELDS = {
  'System.WorkItemType': 'Bug',
  'System.CreatedDate': '2026-02-03T14:05:12.34Z',
  'System.CreatedBy': { displayName: 'Jamal Hartnett', id: 'd291', descriptor: 'aad.YTkz' },
};

async function readAs(json: object): ReturnType<typeof readOrigin> {
  const { connection, stack } = createTestConnection();
  const origin = readOrigin(connection, 31);
  const request = await stack.nextRequest();
  expect(`${request.method} ${request.parsedUrl.pathname}`).toBe('GET /fabrikam/_apis/wit/workitems/31');
  request.respondWith({ status: 200, json });
  return origin;
}

test('where a work item comes from is read', async () => {
  expect(await readAs({ id: 31, rev: 1, fields: FIELDS })).toEqual({
    revision: 1,
    type: 'Bug',
    createdAt: Date.UTC(2026, 1, 3, 14, 5, 12, 340),
    createdBy: { id: 'd291', descriptor: 'aad.YTkz' },
  });
});

test('what a server does not say is not made up', async () => {
  const fields = { 'System.CreatedBy': 'Jamal Hartnett <FABRIKAM\\jamal>' };
  expect(await readAs({ id: 31, rev: 1, fields })).toEqual({
    revision: 1,
    type: '',
    createdAt: NaN,
    createdBy: { id: '', descriptor: '' },
  });
});

test('an answer that is no work item is none', async () => {
  expect(await rejectionOf(readAs({ id: 31 }))).toMatchObject({ kind: 'unexpected-answer' });
});

test.each([
  ['by descriptor', { id: 'a', descriptor: 'x' }, { id: 'b', descriptor: 'x' }, true],
  ['by another descriptor', { id: 'a', descriptor: 'x' }, { id: 'a', descriptor: 'y' }, false],
  ['by id', { id: 'a', descriptor: '' }, { id: 'a', descriptor: 'x' }, true],
  ['by another id', { id: 'a', descriptor: '' }, { id: 'b', descriptor: 'x' }, false],
  ['where nothing is known', { id: '', descriptor: '' }, { id: 'b', descriptor: 'x' }, true],
])('people are told apart %s', (_, one, other, expected) => {
  expect(canBeSame(one, other)).toBe(expected);
  expect(canBeSame(other, one)).toBe(expected);
});
