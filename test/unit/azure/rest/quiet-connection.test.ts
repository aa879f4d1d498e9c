import { createConnection } from '../../../../src/azure/rest/connection';
import { createQuietConnection } from '../../../../src/azure/rest/quiet-connection';
import type { HttpRequest } from '../../../../src/azure/rest/http-stack';
import { httpResponse } from '../../../helpers/manual-http-stack';

/** A connection with answers by whether a request is quiet; `sent` has a `q` for each quiet one. */
function connect(statusOf: (isQuiet: boolean, request: HttpRequest) => number) {
  const sent: string[] = [];
  const connection = createConnection({
    stack: {
      send(request) {
        const isQuiet = request.url.includes('suppressNotifications=true');
        sent.push(`${request.method}${isQuiet ? ' q' : ''}`);
        return Promise.resolve(httpResponse({ status: statusOf(isQuiet, request), json: {} }));
      },
    },
    getToken: () => Promise.resolve('token'),
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam'),
  });
  const quiet = createQuietConnection(connection);
  const send = (method: 'GET' | 'PATCH', path = '_apis/wit/workitems/7'): Promise<unknown> =>
    quiet.send({ method, path, headers: {}, isIdempotent: method === 'GET' });
  return { send, sent, quiet };
}

test('QuietConnection suppresses the notifications of changes alone', async () => {
  const { send, sent, quiet } = connect(() => 200);
  await send('GET');
  expect(quiet.isQuiet()).toBeUndefined();
  await send('PATCH');
  expect([sent, quiet.isQuiet()]).toEqual([['GET', 'PATCH q'], true]);
});

test('QuietConnection goes on with notifications if it may not suppress them', async () => {
  const { send, sent, quiet } = connect((isQuiet) => (isQuiet ? 403 : 200));
  await send('PATCH');
  await send('PATCH', '_apis/wit/$batch');
  expect([sent, quiet.isQuiet()]).toEqual([['PATCH q', 'PATCH', 'PATCH'], false]);
});

test('QuietConnection learns nothing from a work item that refuses all changes', async () => {
  const { send, sent, quiet } = connect(() => 403);
  await expect(send('PATCH')).rejects.toMatchObject({ kind: 'no-permission' });
  expect([sent, quiet.isQuiet()]).toEqual([['PATCH q', 'PATCH'], undefined]);
});

test('QuietConnection learns nothing from a batch, and repeats no other refusal', async () => {
  const { send, sent, quiet } = connect((_, { url }) => (url.includes('batch') ? 200 : 409));
  await send('PATCH', '_apis/wit/$batch');
  await expect(send('PATCH')).rejects.toMatchObject({ kind: 'conflict' });
  expect([sent, quiet.isQuiet()]).toEqual([['PATCH q', 'PATCH q'], undefined]);
});
