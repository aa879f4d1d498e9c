import type { Exchange, RequestRecord } from 'azure-devops-emulator';
import { exchangeProblems, watchExchanges } from './exchange-problems';
import { play } from './traffic';

const workItem = { id: 7, rev: 1, fields: {}, url: 'http://127.0.0.1/fabrikam/_apis/wit/workItems/7' };
const refusal = {
  $id: '1',
  innerException: null,
  message: 'TF401232: Work item 7 does not exist.',
  typeName: 'Microsoft.TeamFoundation.WorkItemUnauthorizedAccessException, Microsoft.TeamFoundation',
  typeKey: 'WorkItemUnauthorizedAccessException',
  errorCode: 0,
  eventId: 3200,
};

type Difference = Partial<Omit<Exchange, 'record'>> & { readonly record?: Partial<RequestRecord> };

/** A conforming read with changes. */
function read({ record, ...texts }: Difference = {}): Exchange {
  return {
    record: {
      id: 1,
      startedAt: 0,
      durationMs: 1,
      method: 'GET',
      url: '/fabrikam/_apis/wit/workitems/7?api-version=7.1',
      status: 200,
      finished: true,
      requestHeaders: { authorization: 'Bearer …' },
      requestBytes: 0,
      responseBytes: 0,
      fault: null,
      error: null,
      ...record,
    },
    requestText: undefined,
    contentType: 'application/json; charset=utf-8',
    answerText: JSON.stringify(workItem),
    ...texts,
  };
}

const operation = { op: 'add', path: '/fields/System.Title', value: 'x' };

/** A conforming batch of one with changes to it or its response. */
function batch(inner: object, answer: object): Exchange {
  const request = {
    method: 'PATCH',
    uri: '/_apis/wit/workitems/7?api-version=7.1',
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: [operation],
    ...inner,
  };
  const value = [{ code: 200, headers: {}, body: JSON.stringify(workItem), ...answer }];
  return read({
    record: {
      method: 'PATCH',
      url: '/tfs/DefaultCollection/_apis/wit/$batch?api-version=7.1',
      requestHeaders: { authorization: 'Bearer …', 'content-type': 'application/json' },
    },
    requestText: JSON.stringify([request]),
    answerText: JSON.stringify({ count: 1, value }),
  });
}

const refused = { record: { status: 404 }, answerText: JSON.stringify(refusal) };
const fromPage = { authorization: 'Bearer …', origin: 'null' };
const unknownUrl = '/fabrikam/_apis/wit/nothing?api-version=7.1';

test.each<[string, Exchange]>([
  ['a read', read()],
  [
    'a read of a version without a description',
    read({ record: { url: '/fabrikam/_apis/x?api-version=5.0' } }),
  ],
  ['a refusal', read(refused)],
  ['a sign-in page', read({ record: { status: 203 }, contentType: 'text/html', answerText: '<html>' })],
  [
    'a wrong request of a test, that is refused',
    read({ ...refused, record: { status: 404, url: unknownUrl } }),
  ],
  ['an answer that a fault has broken', read({ record: { fault: 'truncated-json' }, answerText: '{"id' })],
  ['a request without an answer', read({ record: { status: null }, contentType: null, answerText: null })],
  ['a batch', batch({}, {})],
  ['a batch with a refusal', batch({}, { code: 404, body: JSON.stringify(refusal) })],
])('exchangeProblems accepts %s', (_what, exchange) => {
  expect(exchangeProblems(exchange)).toEqual([]);
});

test.each<[string, Exchange, string]>([
  [
    'an answer that is not described',
    read({ answerText: '{}' }),
    "(200): answer must have required property 'id'",
  ],
  [
    'a page’s request, also if it is refused',
    read({ ...refused, record: { status: 404, url: unknownUrl, requestHeaders: fromPage } }),
    'There is no operation GET /fabrikam/_apis/wit/nothing.',
  ],
  [
    'a page’s request before a fault',
    read({ record: { url: unknownUrl, requestHeaders: fromPage, status: null, fault: 'stalled' } }),
    '(no answer): There is no operation',
  ],
  ['a refusal without its type', read({ ...refused, answerText: '{"message":"x"}' }), 'envelope must have'],
  ['a refusal that is a page', read({ ...refused, contentType: 'text/html' }), 'comes as text/html'],
  [
    'a preview that the resource does not have',
    read({
      record: { url: '/fabrikam/_apis/wit/workitems/7?api-version=7.2-preview.4' },
    }),
    'api-version is 7.2-preview.4, not 7.2-preview.3',
  ],
  ['a batch whose part is no patch', batch({ body: [{ ...operation, op: 'put' }] }, {}), 'body/0/op must be'],
  ['a batch whose part is answered by nothing', batch({}, { body: '{}' }), "required property 'id'"],
])('exchangeProblems reports %s', (_what, exchange, sentence) => {
  expect(exchangeProblems(exchange).join('\n')).toContain(sentence);
});

test('watchExchanges collects the problems of an emulator, each once', async () => {
  const emulator = await play({ mode: 'services', apiVersion: '7.1' });
  const problems = watchExchanges(emulator);
  const ask = (path: string) =>
    fetch(emulator.restBaseUrl + path, {
      headers: { Authorization: `Bearer ${emulator.issueToken()}`, Connection: 'close' },
    });
  await ask('_apis/wit/workitems/7?api-version=7.1');
  for (let round = 0; round < 2; round++) await ask('_apis/wit/workitems/7?api-version=7.1&colour=blue');
  await emulator.close();
  expect(problems()).toEqual([
    'GET /fabrikam/_apis/wit/workitems/7?api-version=7.1&colour=blue (200): Work Items_Get Work Item has no query parameter colour.',
  ]);
  expect(problems()).toEqual([]);
});
