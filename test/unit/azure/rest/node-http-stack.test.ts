import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type * as http from 'node:http';
import type * as http2 from 'node:http2';
import { join } from 'node:path';
import type { HttpRequest, HttpResponse } from '../../../../src/azure/rest/http-stack';
import type { NodeHttpStack, NodeHttpStackOptions } from '../../../../src/azure/rest/node-http-stack';
import { createNodeHttpStack } from '../../../../src/azure/rest/node-http-stack';
import type { StartStallWatch } from '../../../../src/azure/rest/stall-watch';
import { CancelledError, toProblem } from '../../../../src/base/errors';
import { openDiskFile } from '../../../../src/upload/intake/disk-file';
import { createDeferred, rejectionOf } from '../../../helpers/deferred';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';
import type { Answer } from '../../../helpers/web-server';
import {
  closeWebServers,
  startProxy,
  startWebServer,
  TRUSTED_CERTIFICATE,
} from '../../../helpers/web-server';

const MIB = 1024 * 1024;
const folder = createTemporaryFolder();
const stacks: NodeHttpStack[] = [];

afterEach(async () => {
  await Promise.all(stacks.splice(0).map((stack) => stack.close()));
  closeWebServers();
});

function createStack(
  env: Readonly<Record<string, string>> = {},
  options: Pick<NodeHttpStackOptions, 'watchStall'> = {},
): NodeHttpStack {
  const stack = createNodeHttpStack({ version: '1.2.3', env, ca: TRUSTED_CERTIFICATE, ...options });
  stacks.push(stack);
  return stack;
}

/** Starts a server and a stack. */
async function begin(
  protocol: 'http' | 'https' | 'h2',
  answer: Answer,
  options?: Pick<NodeHttpStackOptions, 'watchStall'>,
) {
  const server = await startWebServer(protocol, answer);
  const stack = createStack({}, options);
  const send = (request: Partial<HttpRequest> = {}): Promise<HttpResponse> =>
    stack.send({ method: 'GET', url: `${server.url}/path?a=1`, headers: {}, ...request });
  return { ...server, stack, send };
}

async function kindOf(promise: Promise<unknown>): Promise<string> {
  const error = await rejectionOf(promise);
  return error instanceof CancelledError ? 'cancelled' : toProblem(error).kind;
}

/** Answers with what arrived: headers, and size and hash of the body. */
const echo: Answer = (request, response) => {
  const hash = createHash('sha256');
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    hash.update(chunk);
  });
  request.on('end', () =>
    response.end(JSON.stringify({ bytes, hash: hash.digest('hex'), headers: request.headers })),
  );
};

interface Echo {
  readonly bytes: number;
  readonly hash: string;
  readonly headers: http.IncomingHttpHeaders;
}

function readEcho({ text }: HttpResponse): Echo {
  return JSON.parse(text) as Echo;
}

/** Never answers. */
const silence: Answer = () => undefined;

describe.each(['http', 'https', 'h2'] as const)('createNodeHttpStack over %s', (protocol) => {
  test('returns status, text and headers of any response', async () => {
    const { send } = await begin(protocol, (_, response) => {
      response.writeHead(404, { 'X-One': 'a', 'X-Two': ['b', 'c'] });
      response.end('grüße');
    });
    const response = await send();
    expect([response.status, response.text]).toEqual([404, 'grüße']);
    expect([response.header('x-one'), response.header('X-Two'), response.header('other')]).toEqual([
      'a',
      'b, c',
      null,
    ]);
  });

  test('sends method, path, headers and its name', async () => {
    const { send, requests } = await begin(protocol, echo);
    const { headers } = readEcho(await send({ headers: { Authorization: 'Bearer secret' } }));
    expect(requests).toEqual([`GET ${protocol === 'h2' ? '2.0' : '1.1'} /path?a=1`]);
    expect(headers).toMatchObject({ authorization: 'Bearer secret', 'user-agent': 'stapler-cli/1.2.3' });
  });

  test.each([
    ['a text', 'grüße', 7],
    ['an empty text', '', 0],
    ['a Blob', new Blob(['abc', 'def']), 6],
    ['an empty Blob', new Blob([]), 0],
  ])('sends %s with its length', async (_, body, bytes) => {
    const { send } = await begin(protocol, echo);
    const sent: number[] = [];
    const answer = readEcho(
      await send({ method: 'POST', body, onUploadProgress: (each) => sent.push(each) }),
    );
    expect(answer.bytes).toBe(bytes);
    expect(answer.headers['content-length']).toBe(String(bytes));
    expect(answer.headers['transfer-encoding']).toBeUndefined();
    expect(sent.at(-1)).toBe(bytes === 0 ? undefined : bytes);
  });

  test('streams a file from disk, with progress, and reads no further than the server', async () => {
    const path = join(folder, 'large.bin');
    const content = Buffer.alloc(32 * MIB, 'stapler');
    writeFileSync(path, content);
    const file = await openDiskFile(path);
    let received = 0;
    const { send } = await begin(protocol, (request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.length));
      echo(request, response);
    });
    const sent: number[] = [];
    let maxAhead = 0;
    const onUploadProgress = (bytes: number): void => {
      sent.push(bytes);
      maxAhead = Math.max(maxAhead, bytes - received);
    };
    const answer = readEcho(await send({ method: 'POST', body: file.slice(1), onUploadProgress }));
    expect(answer.bytes).toBe(32 * MIB - 1);
    expect(answer.hash).toBe(createHash('sha256').update(content.subarray(1)).digest('hex'));
    expect(sent.length).toBeGreaterThan(100);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
    expect(sent.at(-1)).toBe(32 * MIB - 1);
    // As much as the buffers of the system may hold.
    expect(maxAhead).toBeLessThan(16 * MIB);
  });

  test('returns a Blob, or the text of an error', async () => {
    const { send, url } = await begin(protocol, (request, response) => {
      response.writeHead(String(request.url).includes('missing') ? 404 : 200, {
        'Content-Type': 'image/png',
      });
      response.end('some bytes');
    });
    const read: number[] = [];
    const { blob, text } = await send({ wantsBlob: true, onDownloadProgress: (bytes) => read.push(bytes) });
    expect([await blob?.text(), blob?.type, text, read.at(-1)]).toEqual(['some bytes', 'image/png', '', 10]);
    const missing = await send({ url: `${url}/missing`, wantsBlob: true });
    expect([missing.status, missing.text]).toEqual([404, 'some bytes']);
  });

  test('returns a stream, or the text of an error', async () => {
    const { send, url } = await begin(protocol, (request, response) => {
      if (request.url === '/missing') response.writeHead(404).end('no');
      else response.end(Buffer.alloc(MIB, 'x'));
    });
    const { stream, text } = await send({ wantsStream: true, stallMs: 1_000 });
    let bytes = 0;
    for await (const chunk of stream!) bytes += chunk.byteLength;
    expect([bytes, text]).toEqual([MIB, '']);
    const missing = await send({ url: `${url}/missing`, wantsStream: true });
    expect([missing.stream, missing.text]).toEqual([undefined, 'no']);
  });

  test('cancels a request before it is sent, without an answer, and in the middle of either body', async () => {
    const arrived = createDeferred<undefined>();
    const { send, requests } = await begin(protocol, (request, response) => {
      if (request.url === '/download') response.write('some bytes');
      request.on('data', () => undefined);
      arrived.resolve(undefined);
    });
    expect(await kindOf(send({ signal: AbortSignal.abort() }))).toBe('cancelled');
    expect(requests).toEqual([]);

    const silent = new AbortController();
    const first = kindOf(send({ signal: silent.signal }));
    await arrived.promise;
    silent.abort();
    expect(await first).toBe('cancelled');

    const upload = new AbortController();
    const endless = new Blob([Buffer.alloc(8 * MIB)]);
    expect(
      await kindOf(
        send({
          method: 'POST',
          body: endless,
          signal: upload.signal,
          onUploadProgress: () => upload.abort(),
        }),
      ),
    ).toBe('cancelled');
  });

  test('cancels a download in the middle', async () => {
    const { send } = await begin(protocol, (_, response) => void response.write('some bytes'));
    const abort = new AbortController();
    expect(await kindOf(send({ signal: abort.signal, onDownloadProgress: () => abort.abort() }))).toBe(
      'cancelled',
    );
    const other = new AbortController();
    const { stream } = await send({ wantsStream: true, signal: other.signal });
    const read = (async () => {
      for await (const { length } of stream!) if (length > 0) other.abort();
    })();
    expect(await kindOf(read)).toBe('cancelled');
  });

  test('reports a stall without an answer, and in the middle of an answer', async () => {
    const { send } = await begin(protocol, silence);
    expect(await kindOf(send({ stallMs: 60 }))).toBe('timeout');
    const half = await begin(protocol, (_, response) => void response.write('some'));
    expect(await kindOf(half.send({ stallMs: 60 }))).toBe('timeout');
  });

  test('reports no stall while the caller does not read', async () => {
    let stall!: () => void;
    const watchStall: StartStallWatch = (_, onStall) => {
      stall = onStall;
      return { recordProgress: () => undefined, stop: () => undefined };
    };
    const body = (_: unknown, response: http.ServerResponse): void =>
      void response.end(Buffer.alloc(4 * MIB));
    const { send } = await begin(protocol, body, { watchStall });
    const { stream } = await send({ wantsStream: true, stallMs: 30 });
    let bytes = 0;
    for await (const chunk of stream!) {
      // The caller has this part, and has asked for no other.
      stall();
      bytes += chunk.byteLength;
    }
    expect(bytes).toBe(4 * MIB);
  });

  test('reports a server that closes the connection before or within its answer', async () => {
    const { send } = await begin(protocol, (request) => void request.socket.destroy());
    expect(await kindOf(send())).toBe('network');
    const cut = await begin(protocol, (request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('some', () => request.socket.destroy());
    });
    expect(await kindOf(cut.send())).toBe('network');
    expect(await kindOf(cut.send({ wantsBlob: true }))).toBe('network');
  });

  test('sends no request twice, also if the connection is lost with many of them', async () => {
    const all = createDeferred<undefined>();
    const server = await begin(protocol, () => {
      if (server.requests.length === 6) all.resolve(undefined);
    });
    const outcomes = Array.from({ length: 6 }, (_, index) =>
      kindOf(server.send({ method: 'POST', body: new Blob([String(index)]) })),
    );
    await all.promise;
    server.drop();
    expect(await Promise.all(outcomes)).toEqual(Array(6).fill('network'));
    expect(server.requests).toHaveLength(6);
    // A new connection.
    const next = server.send();
    while (server.requests.length < 7) await new Promise(setImmediate);
    server.drop();
    expect(await kindOf(next)).toBe('network');
  });

  test('returns an early answer to a body that the server does not want', async () => {
    const { send } = await begin(protocol, (request, response) => {
      response.writeHead(413, protocol === 'h2' ? {} : { Connection: 'close' });
      response.end('too large');
      request.resume();
    });
    const response = await send({ method: 'POST', body: new Blob([Buffer.alloc(4 * MIB)]) });
    expect([response.status, response.text]).toEqual([413, 'too large']);
  });

  test('reports a file that changes while it is sent', async () => {
    const path = join(folder, 'changed.bin');
    writeFileSync(path, Buffer.alloc(4 * MIB));
    const file = await openDiskFile(path);
    const { send } = await begin(protocol, echo);
    const onUploadProgress = (bytes: number): void => {
      if (bytes < MIB) writeFileSync(path, 'short');
    };
    expect(await kindOf(send({ method: 'POST', body: file, onUploadProgress }))).toBe('network');
  });

  test.each([
    ['https://evil.example/steal', 'elsewhere'],
    ['//evil.example/steal', 'elsewhere'],
    ['https://login.microsoftonline.com/authorize', 'signed-out'],
    ['https://spsprodeus1.vssps.visualstudio.com/_signin?realm=dev.azure.com', 'signed-out'],
  ])('refuses a redirect to %s', async (location, kind) => {
    const { send, requests } = await begin(protocol, (_, response) => {
      response.writeHead(302, { Location: location }).end('moved');
    });
    const error = await rejectionOf(send({ headers: { Authorization: 'Bearer secret' } }));
    expect(toProblem(error)).toMatchObject({ kind, status: 302 });
    expect((error as Error).message).toContain(new URL(location, 'https://x').host);
    expect((error as Error).message).not.toContain('secret');
    expect(requests).toHaveLength(1);
  });

  test('never sends the token to the target of a redirect', async () => {
    const evil = await startWebServer(protocol, echo);
    const { send } = await begin(protocol, (_, response) => {
      response.writeHead(307, { Location: `${evil.url}/steal` }).end();
    });
    const error = await rejectionOf(
      send({ method: 'POST', body: 'x', headers: { Authorization: 'Bearer secret' } }),
    );
    expect(toProblem(error).kind).toBe('elsewhere');
    expect([evil.requests, evil.connections()]).toEqual([[], 0]);
  });

  test('returns a redirect within the host', async () => {
    const { send, requests } = await begin(protocol, (_, response) => {
      response.writeHead(302, { Location: '/other' }).end('moved');
    });
    expect((await send()).status).toBe(302);
    expect(requests).toHaveLength(1);
  });

  test('uses its connections again', async () => {
    const { send, connections } = await begin(protocol, echo);
    for (let request = 0; request < 10; request++) await send({ method: 'POST', body: 'x' });
    // Over HTTP/1.1, a connection may not be free at once.
    expect(connections()).toBeLessThanOrEqual(2);
  });

  test('opens at most eight connections, and only one over HTTP/2', async () => {
    const answers: (() => void)[] = [];
    const { send, connections } = await begin(protocol, (_, response) => {
      answers.push(() => response.end('ok'));
    });
    const all = Promise.all(Array.from({ length: 12 }, () => send({ method: 'POST', body: 'x' })));
    const atOnce = protocol === 'h2' ? 12 : 8;
    while (answers.length < atOnce) await new Promise(setImmediate);
    expect([answers.length, connections()]).toEqual([atOnce, protocol === 'h2' ? 1 : 8]);
    const timer = setInterval(() => {
      for (const answer of answers.splice(0)) answer();
    });
    expect((await all).map(({ text }) => text)).toEqual(Array(12).fill('ok'));
    clearInterval(timer);
  });

  test('frees its connections when it is closed, and fails requests in progress', async () => {
    const arrived = createDeferred<undefined>();
    const { send, stack, open } = await begin(protocol, () => arrived.resolve(undefined));
    const request = kindOf(send());
    await arrived.promise;
    await stack.close();
    expect(await request).toBe('network');
    while (open() > 0) await new Promise(setImmediate);
  });

  test('reports a server that does not listen', async () => {
    const { url } = await begin(protocol, echo);
    closeWebServers();
    expect(await kindOf(createStack().send({ method: 'GET', url, headers: {} }))).toBe('network');
  });

  test.each(['HTTP_PROXY HTTPS_PROXY', 'http_proxy https_proxy'])(
    'sends requests through the proxy in %s',
    async (names) => {
      const server = await startWebServer(protocol, echo);
      const proxy = await startProxy(server);
      const address = `http://ann:p%40ss@127.0.0.1:${proxy.port}`;
      const stack = createStack(Object.fromEntries(names.split(' ').map((name) => [name, address])));
      // The proxy knows another way than the system; the certificate is for localhost.
      const url = protocol === 'http' ? 'http://stapler.test/path' : 'https://localhost:444/path';
      const headers = { Authorization: 'Bearer secret' };
      const answer = readEcho(await stack.send({ method: 'POST', url, body: 'hello', headers }));
      expect([answer.bytes, answer.headers.authorization]).toEqual([5, 'Bearer secret']);
      expect(proxy.requests).toEqual([protocol === 'http' ? `POST ${url}` : 'CONNECT localhost:444']);
      const basic = `Basic ${Buffer.from('ann:p@ss').toString('base64')}`;
      expect(proxy.headers[0]?.['proxy-authorization']).toBe(basic);
      expect(proxy.headers[0]?.authorization).toBe(protocol === 'http' ? 'Bearer secret' : undefined);
      expect(server.requests).toEqual([`POST ${protocol === 'h2' ? '2.0' : '1.1'} /path`]);
    },
  );

  test('sends requests past the proxy to hosts in NO_PROXY', async () => {
    const server = await startWebServer(protocol, echo);
    const stack = createStack({ ALL_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1' });
    expect((await stack.send({ method: 'GET', url: server.url, headers: {} })).status).toBe(200);
  });
});

test('createNodeHttpStack reads a small file before a connection is free', async () => {
  const answers: (() => void)[] = [];
  const { send } = await begin('http', (request, response) => {
    request.resume();
    answers.push(() => response.end('ok'));
  });
  const body = new Blob(['x']);
  const read = jest.spyOn(body, 'arrayBuffer');
  const busy = Array.from({ length: 8 }, () => send());
  while (answers.length < 8) await new Promise(setImmediate);
  const waiting = send({ method: 'POST', body });
  await read.mock.results[0]?.value;
  expect(answers).toHaveLength(8);
  for (const answer of answers.splice(0)) answer();
  await Promise.all(busy);
  while (answers.length < 1) await new Promise(setImmediate);
  answers[0]?.();
  expect((await waiting).text).toBe('ok');
});

test('createNodeHttpStack resets no complete request over HTTP/2, however many there are', async () => {
  // Node closes a connection with more than a thousand resets, as other servers do.
  const { send, connections } = await begin('h2', echo);
  const worker = async (): Promise<void> => {
    for (let request = 0; request < 200; request++) await send({ method: 'POST', body: 'x' });
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  expect(connections()).toBe(1);
});

test('createNodeHttpStack lets an HTTP/2 server finish its requests and opens another connection after it', async () => {
  const answers: (() => void)[] = [];
  const { send, url, connections, requests } = await begin('h2', (request, response) => {
    if (request.url === '/last') (request as http2.Http2ServerRequest).stream.session?.goaway();
    answers.push(() => response.end('ok'));
  });
  const first = send();
  while (answers.length < 1) await new Promise(setImmediate);
  const last = send({ url: `${url}/last` });
  while (answers.length < 2) await new Promise(setImmediate);
  // Let the announcement arrive.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const next = send();
  while (answers.length < 3) await new Promise(setImmediate);
  for (const answer of answers) answer();
  expect((await Promise.all([first, last, next])).map(({ text }) => text)).toEqual(['ok', 'ok', 'ok']);
  expect([connections(), requests.length]).toEqual([2, 3]);
});

test('createNodeHttpStack rejects a certificate that it does not know', async () => {
  const { url } = await startWebServer('https', echo);
  const stack = createNodeHttpStack({ version: '1', env: {} });
  stacks.push(stack);
  const error = (await rejectionOf(stack.send({ method: 'GET', url, headers: {} }))) as Error;
  expect(toProblem(error).kind).toBe('network');
  expect((error.cause as Error).message).toContain('self-signed');
});

test('createNodeHttpStack reports a proxy that refuses', async () => {
  const proxy = await startWebServer('http', echo);
  const stack = createStack({ HTTPS_PROXY: `http://ann:secret@127.0.0.1:${proxy.port}` });
  const error = (await rejectionOf(
    stack.send({ method: 'GET', url: 'https://localhost', headers: {} }),
  )) as Error;
  expect(toProblem(error).kind).toBe('network');
  expect(String(error.cause)).not.toContain('secret');
});
