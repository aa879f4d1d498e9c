import fc from 'fast-check';
import { attachmentName } from '../../../../src/upload/intake/attachment-name';
import {
  CancelledError,
  HostError,
  NetworkError,
  StaplerError,
  TimeoutError,
  toProblem,
} from '../../../../src/base/errors';
import type { Call } from '../../../../src/azure/rest/connection';
import {
  createConnection,
  joinUrl,
  NEWEST_VERSION,
  versionBelow,
} from '../../../../src/azure/rest/connection';
import { codePointText } from '../../../helpers/code-point-text';
import { createTestConnection } from '../../../helpers/connection';
import { createDeferred, flush, rejectionOf } from '../../../helpers/deferred';
import type { Answer } from '../../../helpers/manual-http-stack';
import { createManualHttpStack, httpResponse } from '../../../helpers/manual-http-stack';

const READ: Call = { method: 'GET', path: '_apis/x', headers: {}, isIdempotent: true };
const PATCH: Call = { method: 'PATCH', path: '_apis/x', headers: {}, body: '[]', isIdempotent: false };
const SIGN_IN: Answer = {
  status: 203,
  text: '<html>Sign in</html>',
  headers: { 'Content-Type': 'text/html' },
};

function tooNew(supported?: string): Answer {
  const message = supported ? `The latest version the server supports is ${supported}.` : 'Too new.';
  return { status: 400, json: { typeKey: 'VssVersionOutOfRangeException', message } };
}

describe('Connection', () => {
  test('sends a request to the organization with version, token and its own headers', async () => {
    const { connection, stack } = createTestConnection();
    const answer = connection.send({
      ...READ,
      path: '/_apis/x',
      query: { fileName: 'a b', nothing: undefined },
      headers: { 'Content-Type': 'text/plain' },
    });
    const request = await stack.nextRequest();
    expect(request.method).toBe('GET');
    expect(request.url).toBe('https://dev.azure.com/fabrikam/_apis/x?fileName=a%20b&api-version=7.1');
    expect(request.headers).toEqual({
      Accept: 'application/json',
      Authorization: 'Bearer token 1',
      'Content-Type': 'text/plain',
      'X-TFS-FedAuthRedirect': 'Suppress',
      'X-VSS-ReauthenticationAction': 'Suppress',
    });
    // The stall timeout is half a minute.
    expect(request.stallMs).toBe(30_000);
    request.respondWith({ status: 201, text: 'done' });
    expect(await answer).toMatchObject({ status: 201, text: 'done' });
  });

  test('ignores a token in the call', async () => {
    const { connection, stack } = createTestConnection();
    void connection.send({ ...READ, headers: { Authorization: 'Bearer stale' } });
    expect((await stack.nextRequest()).headers['Authorization']).toBe('Bearer token 1');
  });

  test('requests a token each time', async () => {
    const { connection, stack } = createTestConnection();
    for (const token of ['token 1', 'token 2', 'token 3']) {
      const answer = connection.send(READ);
      const request = await stack.nextRequest();
      expect(request.headers['Authorization']).toBe(`Bearer ${token}`);
      request.respondWith({ status: 200 });
      await answer;
    }
  });

  test('reports progress', async () => {
    const { connection, stack } = createTestConnection();
    const seen: number[] = [];
    void connection.send({ ...READ, onUploadProgress: (bytesSent) => seen.push(bytesSent) });
    const request = await stack.nextRequest();
    request.progress(3);
    request.progress(7);
    expect(seen).toEqual([3, 7]);
  });

  test.each([
    ['a token', { getToken: () => Promise.reject(new StaplerError('signed-out', 'None.')) }, 'signed-out'],
    ['an address', { getBaseUrl: () => Promise.reject(new HostError('Silent.')) }, 'host-silent'],
  ])('sends nothing without %s', async (_, part, kind) => {
    const stack = createManualHttpStack();
    const connection = createConnection({
      stack,
      getToken: () => Promise.resolve('token'),
      getBaseUrl: () => Promise.resolve('https://h/'),
      ...part,
    });
    expect(await rejectionOf(connection.send(READ))).toMatchObject({ kind });
    expect(stack.requests).toHaveLength(0);
  });
});

describe('Connection: blocked requests', () => {
  const WRITE = { ...READ, method: 'POST', isIdempotent: false } as const;
  afterEach(() => jest.useRealTimers());

  /** Fails or answers calls in a row. Returns whether each failure is marked. */
  async function run(outcomes: readonly ('fails' | 'is answered' | number)[]) {
    jest.useFakeTimers({ now: 0, doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    let outcome: (typeof outcomes)[number] = 'fails';
    const connection = createConnection({
      stack: {
        send: () =>
          outcome === 'fails'
            ? Promise.reject(new NetworkError('No answer.'))
            : Promise.resolve(httpResponse({ status: 200 })),
      },
      getToken: () => Promise.resolve('token'),
      getBaseUrl: () => Promise.resolve('https://h/'),
    });
    const marks: boolean[] = [];
    for (outcome of outcomes) {
      if (typeof outcome === 'number') jest.setSystemTime(Date.now() + outcome);
      else if (outcome === 'is answered') await connection.send(WRITE);
      else marks.push(toProblem(await rejectionOf(connection.send(WRITE))).isBlocked ?? false);
    }
    return marks;
  }

  test.each([
    ['the first three calls of a session fail', ['fails', 'fails', 'fails'], [false, false, true]],
    [
      'all calls fail for ten seconds',
      ['is answered', 'fails', 'fails', 'fails', 10_000, 'fails'],
      [false, false, false, true],
    ],
    [
      'a call is answered in between',
      ['fails', 'fails', 'is answered', 'fails', 'fails', 10_000, 'is answered', 'fails'],
      [false, false, false, false, false],
    ],
  ] as const)('are suspected when %s', async (_, outcomes, marks) => {
    expect(await run(outcomes)).toEqual(marks);
  });

  test('are not suspected while the browser is offline', async () => {
    Object.assign(globalThis, { navigator: { onLine: false } });
    expect(await run(['fails', 'fails', 'fails'])).toEqual([false, false, false]);
    Reflect.deleteProperty(globalThis, 'navigator');
  });
});

describe('Connection: Retry-After', () => {
  test.each([
    ['with its refusal', { status: 429, headers: { 'Retry-After': '7' } }],
    ['with a good answer', { status: 200, headers: { 'retry-after': '7' } }],
    ['on the way to the sign-in page', { ...SIGN_IN, headers: { ...SIGN_IN.headers, 'Retry-After': '7' } }],
  ])('is reported when sent %s', async (_, response) => {
    const { connection, stack, askedToWait } = createTestConnection();
    const answer = connection.send(READ).catch(() => undefined);
    (await stack.nextRequest()).respondWith(response);
    await flush();
    expect(askedToWait).toEqual([7000]);
    // A repeated request may be refused again.
    stack.requests[1]?.respondWith({ status: 401 });
    await answer;
  });

  test.each([
    ['says nothing', {}],
    ['names no time', { 'Retry-After': '0' }],
    ['names a time that is over', { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' }],
    ['says something else', { 'Retry-After': 'soon' }],
  ])('is not reported when the response %s', async (_, headers) => {
    const { connection, stack, askedToWait } = createTestConnection();
    const answer = connection.send(READ);
    (await stack.nextRequest()).respondWith({ status: 200, headers });
    await answer;
    expect(askedToWait).toEqual([]);
  });

  test('is also in the error for the caller', async () => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(connection.send(PATCH));
    (await stack.nextRequest()).respondWith({ status: 503, headers: { 'Retry-After': '7' } });
    expect(await answer).toMatchObject({ kind: 'server-busy', facts: { retryAfterMs: 7000 } });
  });

  test('needs no listener', async () => {
    const stack = createManualHttpStack();
    const connection = createConnection({
      stack,
      getToken: () => Promise.resolve('token'),
      getBaseUrl: () => Promise.resolve('https://h/'),
    });
    const answer = connection.send(READ);
    (await stack.nextRequest()).respondWith({ status: 200, headers: { 'Retry-After': '7' } });
    expect(await answer).toMatchObject({ status: 200 });
  });
});

describe('Connection: expired token', () => {
  test.each([
    ['401', { status: 401 }],
    ['the sign-in page as 203', SIGN_IN],
    ['the sign-in page as 200', { ...SIGN_IN, status: 200 }],
  ])('is renewed once, also for a patch, when reported by %s', async (_, refusal) => {
    const { connection, stack } = createTestConnection();
    const answer = connection.send(PATCH);
    (await stack.nextRequest()).respondWith(refusal);
    const second = await stack.nextRequest();
    expect(second.headers['Authorization']).toBe('Bearer token 2');
    expect(second.body).toBe('[]');
    second.respondWith({ status: 200, text: 'done' });
    expect(await answer).toMatchObject({ status: 200, text: 'done' });
  });

  test.each([
    ['401', { status: 401 }],
    ['the sign-in page', SIGN_IN],
  ])('means signed-out after two refusals by %s', async (_, refusal) => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(connection.send(READ));
    (await stack.nextRequest()).respondWith(refusal);
    (await stack.nextRequest()).respondWith(refusal);
    expect(await answer).toMatchObject({ name: 'ServerError', kind: 'signed-out' });
    expect(stack.requests).toHaveLength(2);
  });
});

describe('Connection: missing response', () => {
  test('leads to a second read if the token has changed', async () => {
    const { connection, stack } = createTestConnection();
    const answer = connection.send(READ);
    (await stack.nextRequest()).fail();
    const second = await stack.nextRequest();
    expect(second.headers['Authorization']).toBe('Bearer token 2');
    second.respondWith({ status: 200 });
    expect(await answer).toMatchObject({ status: 200 });
  });

  test('is a network error the second time', async () => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(connection.send(READ));
    (await stack.nextRequest()).fail();
    (await stack.nextRequest()).fail(new NetworkError('Second.'));
    expect(await answer).toMatchObject({ message: 'Second.', kind: 'network' });
  });

  test('never leads to a second patch', async () => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(connection.send(PATCH));
    (await stack.nextRequest()).fail(new NetworkError('First.'));
    expect(await answer).toMatchObject({ message: 'First.', kind: 'network' });
    expect(stack.requests).toHaveLength(1);
  });

  test('leads to a fresh token when the caller repeats a patch: CORS may have hidden a 401', async () => {
    const { connection, stack } = createTestConnection();
    const first = rejectionOf(connection.send(PATCH));
    (await stack.nextRequest()).fail();
    await first;
    const second = connection.send(PATCH);
    const request = await stack.nextRequest();
    expect(request.headers['Authorization']).toBe('Bearer token 2');
    request.respondWith({ status: 200 });
    await second;
  });

  test('does not lead to a second read with the same token', async () => {
    const stack = createManualHttpStack();
    const connection = createConnection({
      stack,
      getToken: () => Promise.resolve('token'),
      getBaseUrl: () => Promise.resolve('https://h/'),
    });
    const answer = rejectionOf(connection.send(READ));
    (await stack.nextRequest()).fail(new NetworkError('First.'));
    expect(await answer).toMatchObject({ message: 'First.' });
    expect(stack.requests).toHaveLength(1);
  });

  test('does not lead to a second read after a timeout', async () => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(connection.send(READ));
    (await stack.nextRequest()).fail(new TimeoutError('Late.', 5));
    expect(await answer).toMatchObject({ kind: 'timeout', timeoutMs: 5 });
    expect(stack.requests).toHaveLength(1);
  });
});

describe('Connection: API version that is too new', () => {
  test('falls back to the one stated by the server, and remembers it', async () => {
    const { connection, stack } = createTestConnection();
    const answer = connection.send(PATCH);
    (await stack.nextRequest()).respondWith(tooNew('6.0'));
    const second = await stack.nextRequest();
    expect(second.parsedUrl.searchParams.get('api-version')).toBe('6.0');
    expect(second.body).toBe('[]');
    second.respondWith({ status: 200 });
    await answer;

    void connection.send(READ);
    expect((await stack.nextRequest()).parsedUrl.searchParams.get('api-version')).toBe('6.0');
  });

  test('falls back step by step if the server states none, then fails', async () => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(connection.send(READ));
    const asked: (string | null)[] = [];
    for (let step = 0; step < 5; step++) {
      const request = await stack.nextRequest();
      asked.push(request.parsedUrl.searchParams.get('api-version'));
      request.respondWith(tooNew());
    }
    expect(await answer).toMatchObject({ kind: 'version-too-new' });
    expect(asked).toEqual(['7.1', '7.0', '6.0', '5.1', '5.0']);
    expect(stack.requests).toHaveLength(5);
  });

  test('fails at once for a server below the minimum', async () => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(connection.send(READ));
    (await stack.nextRequest()).respondWith(tooNew('4.1'));
    expect(await answer).toMatchObject({ kind: 'version-too-new', facts: { supportedVersion: '4.1' } });
    expect(stack.requests).toHaveLength(1);
  });

  test('falls back correctly during concurrent calls', async () => {
    const { connection, stack } = createTestConnection();
    const answers = [connection.send(READ), connection.send(READ)];
    const [first, second] = [await stack.nextRequest(), await stack.nextRequest()];
    first.respondWith(tooNew('5.1'));
    (await stack.nextRequest()).respondWith({ status: 200, text: 'first' });
    second.respondWith(tooNew('5.1'));
    const last = await stack.nextRequest();
    expect(last.parsedUrl.searchParams.get('api-version')).toBe('5.1');
    last.respondWith({ status: 200, text: 'second' });
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['first', 'second']);
  });
});

test('Connection names the request in the error', async () => {
  const { connection, stack } = createTestConnection();
  const answer = rejectionOf(connection.send(PATCH));
  (await stack.nextRequest()).respondWith({ status: 503, json: { message: 'Down.' } });
  expect(await answer).toMatchObject({
    kind: 'server-busy',
    message: 'PATCH _apis/x was answered with 503: Down.',
    facts: { status: 503, serverMessage: 'Down.' },
  });
  expect(stack.requests).toHaveLength(1);
});

describe('Connection: abort', () => {
  test('ends a pending request', async () => {
    const { connection, stack } = createTestConnection();
    const controller = new AbortController();
    const answer = rejectionOf(connection.send({ ...READ, signal: controller.signal }));
    await stack.nextRequest();
    controller.abort();
    expect(await answer).toBeInstanceOf(CancelledError);
    await flush();
    expect(stack.requests).toHaveLength(1);
  });

  test('prevents the request while the token is pending', async () => {
    const stack = createManualHttpStack();
    const token = createDeferred<string>();
    const controller = new AbortController();
    const connection = createConnection({
      stack,
      getToken: () => token.promise,
      getBaseUrl: () => Promise.resolve('https://h/'),
    });
    const answer = rejectionOf(connection.send({ ...READ, signal: controller.signal }));
    controller.abort();
    token.resolve('token');
    expect(await answer).toBeInstanceOf(CancelledError);
    expect(stack.requests).toHaveLength(0);
  });
});

describe('joinUrl', () => {
  const BASES = [
    ['Services', 'https://dev.azure.com/fabrikam/', 'https://dev.azure.com/fabrikam'],
    ['Services without a slash', 'https://dev.azure.com/fabrikam', 'https://dev.azure.com/fabrikam'],
    ['the older host', 'https://fabrikam.visualstudio.com/', 'https://fabrikam.visualstudio.com'],
    [
      'the older host without a slash',
      'https://fabrikam.visualstudio.com',
      'https://fabrikam.visualstudio.com',
    ],
    ['Server', 'https://tfs.example.com/tfs/Collection/', 'https://tfs.example.com/tfs/Collection'],
    ['Server with a port', 'http://tfs:8080/tfs/A%20B', 'http://tfs:8080/tfs/A%20B'],
    ['several slashes', 'https://dev.azure.com/fabrikam///', 'https://dev.azure.com/fabrikam'],
    ['a query of its own', 'https://dev.azure.com/fabrikam/?a=b#c', 'https://dev.azure.com/fabrikam'],
  ] as const;

  test.each(BASES)('keeps the organization of the base URL: %s', (_, base, root) => {
    expect(joinUrl(base, '_apis/wit/attachments')).toBe(`${root}/_apis/wit/attachments`);
  });

  test.each(BASES)('keeps the organization with a leading slash in the path: %s', (_, base, root) => {
    expect(joinUrl(base, '/_apis/wit/attachments')).toBe(`${root}/_apis/wit/attachments`);
  });

  test('puts the query of the path first', () => {
    expect(joinUrl('https://h/c', '_apis/x?$expand=relations', { 'api-version': '7.1' })).toBe(
      'https://h/c/_apis/x?$expand=relations&api-version=7.1',
    );
  });

  test('omits undefined parameters and keeps empty ones', () => {
    expect(joinUrl('https://h/c', 'x', { a: undefined, b: '', c: 'd' })).toBe('https://h/c/x?b=&c=d');
    expect(joinUrl('https://h/c', 'x', { a: undefined })).toBe('https://h/c/x');
  });

  test.each([
    ['Build #3.log', 'Build%20%233.log'],
    ['a+b.txt', 'a%2Bb.txt'],
    ['a&fileName=b.txt', 'a%26fileName%3Db.txt'],
    ['100%.txt', '100%25.txt'],
    ['a;b?c=d.txt', 'a%3Bb%3Fc%3Dd.txt'],
    ['Bild ü.png', 'Bild%20%C3%BC.png'],
    ['🧨.bin', '%F0%9F%A7%A8.bin'],
  ])('encodes the file name %s', (fileName, encoded) => {
    expect(joinUrl('https://h/c', 'x', { fileName })).toBe(`https://h/c/x?fileName=${encoded}`);
  });

  test('preserves any valid attachment name', () => {
    fc.assert(
      fc.property(codePointText(), fc.constantFrom(...BASES), (text, [, base, root]) => {
        const fileName = attachmentName(text);
        const url = new URL(joinUrl(base, '_apis/wit/attachments', { fileName, 'api-version': '7.1' }));
        expect(url.href.startsWith(`${root}/_apis/wit/attachments?`)).toBe(true);
        expect([...url.searchParams]).toEqual([
          ['fileName', fileName],
          ['api-version', '7.1'],
        ]);
      }),
    );
  });
});

describe('versionBelow', () => {
  test('starts with the version of Services', () => {
    expect(NEWEST_VERSION).toBe('7.1');
  });

  test.each([
    ['7.1', undefined, '7.0'],
    ['7.0', undefined, '6.0'],
    ['6.0', undefined, '5.1'],
    ['5.1', undefined, '5.0'],
    ['5.0', undefined, undefined],
    ['7.1', '7.0', '7.0'],
    ['7.1', '6.0', '6.0'],
    ['7.1', '5.1', '5.1'],
    ['7.1', '5.0', '5.0'],
    ['7.1', '6.1', '6.0'],
    ['7.1', '4.1', undefined],
    ['7.1', '10.0', '7.0'],
    ['7.1', '7.1', '7.0'],
    ['7.1', '7.2', '7.0'],
    ['6.0', '7.0', '5.1'],
    ['5.0', '5.0', undefined],
  ])('after %s, with %s stated by the server, returns %s', (refused, supported, next) => {
    expect(versionBelow(refused, supported)).toBe(next);
  });

  test('ends after the oldest version', () => {
    const tried: string[] = [];
    for (let version: string | undefined = NEWEST_VERSION; version; version = versionBelow(version))
      tried.push(version);
    expect(tried).toEqual(['7.1', '7.0', '6.0', '5.1', '5.0']);
  });
});
