import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { NodeApi } from '../../../../tools/probe/api';
import type { PatchOperation } from '../../../../src/check/questions/requests';
import { createWorkItem, probeTitle } from '../../../../src/check/questions/work-item';

/** Serves until the test is over. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function apiAt(url: string, bearer = false): NodeApi {
  return new NodeApi({
    url,
    token: 'a-secret',
    bearer,
    version: '7.1',
    signal: new AbortController().signal,
  });
}

test.each([
  [false, `Basic ${Buffer.from(':a-secret').toString('base64')}`],
  [true, 'Bearer a-secret'],
])('the token is sent in a header (bearer: %s)', async (bearer, expected) => {
  let seen: IncomingHttpHeaders = {};
  const url = await serve((request, response) => {
    seen = request.headers;
    response.end();
  });
  await apiAt(url, bearer).send('GET', '_apis/connectionData');
  expect(seen.authorization).toBe(expected);
});

test('a redirection is reported and not followed, so the token stays with its host', async () => {
  let asked = 0;
  const elsewhere = await serve((_, response) => {
    asked += 1;
    response.end();
  });
  const url = await serve((_, response) => response.writeHead(302, { Location: elsewhere }).end());
  expect(await apiAt(url).send('GET', '_apis/x')).toMatchObject({ status: 302, ok: false });
  expect(asked).toBe(0);
});

test.each([
  [{ typeKey: 'Some', message: 'one envelope' }, '400 Some one envelope'],
  [{ count: 1, value: { Message: 'the other' } }, '400 the other'],
  ['<html>', '400'],
])('the API describes an error in words: %j', async (body, words) => {
  const isJson = typeof body === 'object';
  const url = await serve((_, response) =>
    response
      .writeHead(400, { 'Content-Type': isJson ? 'application/json; charset=utf-8' : 'text/html' })
      .end(isJson ? JSON.stringify(body) : body),
  );
  expect((await apiAt(url).send('GET', '_apis/x')).words).toBe(words);
});

test('requests wait for Retry-After once', async () => {
  const times: number[] = [];
  const url = await serve((_, response) => {
    times.push(performance.now());
    response.writeHead(200, times.length === 1 ? { 'Retry-After': '1' } : {}).end();
  });
  const api = apiAt(url);
  for (let count = 0; count < 3; count++) await api.send('GET', '_apis/x');
  expect(times[1]! - times[0]!).toBeGreaterThan(990);
  expect(times[2]! - times[1]!).toBeLessThan(900);
});

test('the probe uses the first type that requires a title only in a project without tasks', async () => {
  const tried: string[] = [];
  const url = await serve((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://x').pathname);
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (path.endsWith('workitemtypes')) {
      const value = [
        { name: 'Task' },
        { name: 'Old', isDisabled: true },
        { name: 'Review' },
        { name: 'Card' },
      ];
      return answer(200, { value });
    }
    const type = path.split('$')[1]!;
    tried.push(type);
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      expect((JSON.parse(text) as PatchOperation[])[0]!.value).toBe(probeTitle);
      if (type === 'Card') answer(200, { id: 5 });
      else answer(type === 'Task' ? 404 : 400, { message: 'no' });
    });
    return undefined;
  });
  expect(await createWorkItem(apiAt(url), 'Basic')).toEqual({ id: 5 });
  expect(tried).toEqual(['Task', 'Review', 'Card']);
});
