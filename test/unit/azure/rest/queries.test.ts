import type { StaplerError } from '../../../../src/base/errors';
import { findByTitle, readServerTime, runSavedQuery } from '../../../../src/azure/rest/queries';
import { createTestConnection } from '../../../helpers/connection';
import { rejectionOf } from '../../../helpers/deferred';

const ID = '0f1e2d3c-4b5a-4697-8899-aabbccddeeff';

function begin() {
  const { connection, stack } = createTestConnection();
  return { answer: runSavedQuery(connection, ID), stack };
}

test.each([
  ['a list', { queryType: 'flat', workItems: [{ id: 9, url: 'https://h/9' }, { id: 7 }] }, [9, 7]],
  [
    'a tree, each item once',
    {
      queryType: 'tree',
      workItemRelations: [
        { target: { id: 1 } },
        { rel: 'System.LinkTypes.Hierarchy-Forward', source: { id: 1 }, target: { id: 2 } },
        { rel: 'System.LinkTypes.Hierarchy-Forward', source: { id: 1 }, target: { id: 3 } },
      ],
    },
    [1, 2, 3],
  ],
  ['nothing', { workItems: [] }, []],
  ['what is none', { workItems: [null, 7, { id: 'x' }, { id: -1 }, { id: 4 }] }, [4]],
])('runSavedQuery returns the ids of a query that finds %s', async (_, json, ids) => {
  const { answer, stack } = begin();
  const request = await stack.nextRequest();
  expect([request.method, request.parsedUrl.pathname]).toEqual(['GET', `/fabrikam/_apis/wit/wiql/${ID}`]);
  request.respondWith({ status: 200, json });
  expect(await answer).toEqual(ids);
});

test.each([
  ['a page', { status: 200, text: '<html></html>' }, 'unexpected-answer'],
  ['something else', { status: 200, json: { count: 0 } }, 'unexpected-answer'],
  [
    'that there is none',
    { status: 404, json: { message: 'TF401243: The query does not exist.' } },
    'refused',
  ],
])('runSavedQuery rejects a query answered with %s', async (_, response, kind) => {
  const { answer, stack } = begin();
  const failure = rejectionOf(answer);
  (await stack.nextRequest()).respondWith(response);
  expect(await failure).toMatchObject({ kind });
});

test('findByTitle escapes the words of the title', async () => {
  const { connection, stack } = createTestConnection();
  const answer = findByTitle(
    connection,
    { words: ["it's", "x' OR [System.Id] > 0"], project: "O'Hara", maxResults: 10 },
    new AbortController().signal,
  );
  const request = await stack.nextRequest();
  expect([request.method, request.parsedUrl.pathname, request.parsedUrl.searchParams.get('$top')]).toEqual([
    ...['POST', '/fabrikam/_apis/wit/wiql', '10'],
  ]);
  expect(JSON.parse(request.body as string)).toEqual({
    query:
      "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = 'O''Hara' AND [System.Title] CONTAINS 'it''s'" +
      " AND [System.Title] CONTAINS 'x'' OR [System.Id] > 0' ORDER BY [System.ChangedDate] DESC",
  });
  request.respondWith({ status: 200, json: { workItems: [{ id: 9 }, { id: 7 }] } });
  expect(await answer).toEqual([9, 7]);
});

test.each<[unknown, unknown]>([
  [{ asOf: '2026-02-03T14:05:12Z', workItems: [] }, Date.UTC(2026, 1, 3, 14, 5, 12)],
  [{ workItems: [] }, 'unexpected-answer'],
])('readServerTime reads the time of the query from %j', async (json, expected) => {
  const { connection, stack } = createTestConnection();
  const answer = readServerTime(connection).catch((error: unknown) => (error as StaplerError).kind);
  (await stack.nextRequest()).respondWith({ status: 200, json });
  expect(await answer).toBe(expected);
});
