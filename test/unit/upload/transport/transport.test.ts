import { CancelledError, FileUnreadableError, NetworkError, TimeoutError } from '../../../../src/base/errors';
import { createConnection } from '../../../../src/azure/rest/connection';
import { createMemoryLearned } from '../../../../src/upload/learned';
import { createNaming } from '../../../../src/upload/transport/transfer-tools';
import { createTransport } from '../../../../src/upload/transport/transport';
import type { TransportOptions } from '../../../../src/upload/transport/transport';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createManualHttpStack } from '../../../helpers/manual-http-stack';
import { createTestTools, fileToSend, run } from '../../../helpers/transfer';
import { referenceTo } from '../../../helpers/uploads';

const KIB = 1024;
const MIB = 1024 * KIB;

function begin(options: Partial<TransportOptions> = {}) {
  const test = createTestTools();
  const assertUnchanged = jest.fn(() => Promise.resolve());
  const transport = createTransport({
    ...test.tools,
    learned: test.learned,
    assertUnchanged,
    ...options,
  });

  return {
    ...test,
    transport,
    assertUnchanged,
    /** Whether the next request is a whole file, a registration or a chunk. */
    nextKind: async (): Promise<string> => {
      const { method, parsedUrl } = await test.stack.nextRequest();
      return method === 'PUT' ? 'chunk' : String(parsedUrl.searchParams.get('uploadType'));
    },
    /** Sends 1 MiB in one request of the given duration. */
    measure: async (elapsedMs: number): Promise<void> => {
      const { answer } = run(transport.begin(fileToSend(MIB)));
      const request = await test.stack.nextRequest();
      test.runtime.setClock(elapsedMs);
      request.respondWith({ status: 201, json: referenceTo(1) });
      await answer;
    },
  };
}

/** A file that only claims its size. */
function sized(size: number): ReturnType<typeof fileToSend> {
  const source = { size, slice: () => new Blob() } as unknown as Blob;
  return fileToSend(0, { size, source });
}

describe('createTransport', () => {
  test.each([
    ['in one request up to 48 MiB', 48 * MIB, {}, 'simple'],
    ['in chunks above', 48 * MIB + 1, {}, 'chunked'],
    ['in one request when it is empty', 0, {}, 'simple'],
    ['in one request up to what was chosen', 100, { chunkAboveBytes: 100 }, 'simple'],
    ['in chunks above what was chosen', 101, { chunkAboveBytes: 100 }, 'chunked'],
    [
      'in chunks where the server takes no such request',
      131_000_000,
      { chunkAboveBytes: 500 * MIB },
      'chunked',
    ],
    ['in one request where it does', 130_000_000, { chunkAboveBytes: 500 * MIB }, 'simple'],
    ['in chunks above what the server was said to take', 101, { simpleUpToBytes: 100 }, 'chunked'],
  ])('sends a file %s', async (_, size, options, kind) => {
    const { transport, nextKind } = begin(options);
    run(transport.begin(sized(size)));
    expect(await nextKind()).toBe(kind);
  });

  test.each([
    ['in one request that takes a minute', 60, 'simple'],
    ['in chunks when it would take longer than a minute', 61, 'chunked'],
  ])('sends a file %s at the measured throughput', async (_, seconds, kind) => {
    const { transport, nextKind, measure } = begin();
    await measure(2000);
    run(transport.begin(sized((seconds * MIB) / 2)));
    expect(await nextKind()).toBe(kind);
  });

  test('uses the throughput known when sending, not when adding', async () => {
    const { transport, nextKind, measure } = begin();
    const transfer = transport.begin(sized(40 * MIB));
    await measure(2000);
    run(transfer);
    expect(await nextKind()).toBe('chunked');
  });

  test('switches to chunks at the next attempt on a slow connection', async () => {
    const { transport, stack, measure, nextKind } = begin();
    const transfer = transport.begin(sized(40 * MIB));
    const first = run(transfer);
    (await stack.nextRequest()).respondWith({ status: 503 });
    await first.failure;
    await measure(2000);
    run(transfer);
    expect(await nextKind()).toBe('chunked');
  });

  test('stays with chunks once started, even on a faster connection', async () => {
    const { transport, stack, measure, nextKind } = begin();
    await measure(2000);
    const transfer = transport.begin(fileToSend(32 * MIB));
    const first = run(transfer);
    (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(2) });
    (await stack.nextRequest()).respondWith({ status: 503 });
    await first.failure;
    for (let time = 0; time < 5; time++) await measure(1);
    run(transfer);
    // The session still exists and continues.
    expect(await nextKind()).toBe('chunk');
  });
});

describe('createTransport: failed single request', () => {
  test.each<[string, Error[]]>([
    ['twice by the network', [new NetworkError('No answer.'), new NetworkError('No answer.')]],
    [
      'once by the network and once by a line that stalled',
      [new NetworkError('x'), new TimeoutError('y', 5)],
    ],
  ])('uses chunks at the third attempt after failing %s', async (_, errors) => {
    const { transport, stack, nextKind } = begin();
    const transfer = transport.begin(fileToSend(MIB + 1));
    for (const error of errors) {
      const { failure } = run(transfer);
      const request = await stack.nextRequest();
      expect(request.parsedUrl.searchParams.get('uploadType')).toBe('simple');
      request.fail(error);
      expect(await failure).toBe(error);
    }
    run(transfer);
    expect(await nextKind()).toBe('chunked');
  });

  test('uses one request again if the file is no larger than a chunk', async () => {
    const { transport, stack, nextKind } = begin();
    const transfer = transport.begin(fileToSend(MIB));
    for (const attempt of [1, 2, 3]) {
      const { failure } = run(transfer);
      (await stack.nextRequest()).fail(new NetworkError(`Broken ${attempt}.`));
      await failure;
    }
    run(transfer);
    expect(await nextKind()).toBe('simple');
  });

  test('uses one request again if the server is busy', async () => {
    const { transport, stack, nextKind } = begin();
    const transfer = transport.begin(fileToSend(10));
    for (const status of [503, 500, 503]) {
      const { failure } = run(transfer);
      (await stack.nextRequest()).respondWith({ status });
      expect(await failure).toMatchObject({ kind: 'server-busy' });
    }
    run(transfer);
    expect(await nextKind()).toBe('simple');
  });

  test('uses one request again after an abort', async () => {
    const { transport, stack, nextKind } = begin();
    const transfer = transport.begin(fileToSend(10));
    for (let time = 0; time < 3; time++) {
      const { abort, failure } = run(transfer);
      await stack.nextRequest();
      abort();
      expect(await failure).toBeInstanceOf(CancelledError);
    }
    run(transfer);
    expect(await nextKind()).toBe('simple');
  });

  test('uses chunks in the same attempt if the request is too large', async () => {
    const { transport, stack } = begin();
    const { answer } = run(transport.begin(fileToSend(10)));
    (await stack.nextRequest()).respondWith({ status: 413 });
    const register = await stack.nextRequest();
    expect(register.parsedUrl.searchParams.get('uploadType')).toBe('chunked');
    register.respondWith({ status: 201, json: referenceTo(2) });
    const chunk = await stack.nextRequest();
    expect(chunk.headers['Content-Range']).toBe('bytes 0-9/10');
    chunk.respondWith({ status: 200 });
    expect(await answer).toEqual(referenceTo(2));
  });

  test('fails if even a chunk is too large', async () => {
    const { transport, stack } = begin();
    const { failure } = run(transport.begin(fileToSend(10)));
    (await stack.nextRequest()).respondWith({ status: 413 });
    (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(2) });
    (await stack.nextRequest()).respondWith({ status: 413 });
    expect(await failure).toMatchObject({ kind: 'request-too-large' });
  });

  test('fails at a server limit because chunks would not help', async () => {
    const { transport, stack } = begin();
    const { failure } = run(transport.begin(fileToSend(10)));
    (await stack.nextRequest()).respondWith({ status: 400, json: { message: 'TF237082: (60.000 MB(s))' } });
    expect(await failure).toMatchObject({ kind: 'file-too-large', facts: { limitBytes: 60_000_000 } });
    expect(stack.requests).toHaveLength(1);
  });

  test('never uses chunks for an empty file, which has no byte range', async () => {
    const { transport, stack, nextKind } = begin();
    const transfer = transport.begin(fileToSend(0));
    for (let time = 0; time < 3; time++) {
      const { failure } = run(transfer);
      (await stack.nextRequest()).fail();
      await failure;
    }
    const { failure } = run(transfer);
    (await stack.nextRequest()).respondWith({ status: 413 });
    expect(await failure).toMatchObject({ kind: 'request-too-large' });
    run(transfer);
    expect(await nextKind()).toBe('simple');
  });
});

describe('createTransport: unreadable file', () => {
  const gone = (): Promise<void> => Promise.reject(new FileUnreadableError('a.txt'));

  test.each([
    ['looks like a broken line', new NetworkError('No answer.')],
    ['looks like a line that stalled', new TimeoutError('Late.', 5)],
    ['tells so itself', new DOMException('Gone.', 'NotFoundError')],
  ])('reports the file as unreadable if the error %s', async (_, error) => {
    const { transport, stack } = begin({ assertUnchanged: gone });
    const { failure } = run(transport.begin(fileToSend(10)));
    (await stack.nextRequest()).fail(error);
    expect(await failure).toMatchObject({ kind: 'file-unreadable' });
  });

  test('reports the file as unreadable between two chunks', async () => {
    const { transport, stack } = begin({ assertUnchanged: gone, chunkAboveBytes: 1 });
    const { failure } = run(transport.begin(fileToSend(10)));
    (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(2) });
    (await stack.nextRequest()).fail();
    expect(await failure).toMatchObject({ kind: 'file-unreadable' });
  });

  test('reports a lost connection if the file is readable', async () => {
    const { transport, stack, assertUnchanged } = begin();
    const file = fileToSend(10);
    const { failure } = run(transport.begin(file));
    (await stack.nextRequest()).fail();
    expect(await failure).toMatchObject({ kind: 'network' });
    expect(assertUnchanged.mock.calls).toEqual([[file]]);
  });

  test.each([
    ['an answer', { status: 503 }],
    ['a refusal', { status: 400, json: { message: 'No.' } }],
    ['a page', { status: 200, text: '<html>' }],
  ])('does not check the file after %s', async (_, response) => {
    const { transport, stack, assertUnchanged } = begin();
    const { failure } = run(transport.begin(fileToSend(10)));
    (await stack.nextRequest()).respondWith(response);
    await failure;
    expect(assertUnchanged).not.toHaveBeenCalled();
  });

  test('does not check the file after an abort', async () => {
    const { transport, stack, assertUnchanged } = begin();
    const { failure, abort } = run(transport.begin(fileToSend(10)));
    await stack.nextRequest();
    abort();
    expect(await failure).toBeInstanceOf(CancelledError);
    expect(assertUnchanged).not.toHaveBeenCalled();
  });
});

describe('createTransport: attempts', () => {
  test('run one at a time for a file, each after the aborted one has ended', async () => {
    const stack = createManualHttpStack();
    const tokens = [createDeferred<string>(), createDeferred<string>()];
    let asked = 0;
    const getToken = (): Promise<string> => tokens[asked++]!.promise;
    const connection = createConnection({
      stack,
      getToken,
      getBaseUrl: () => Promise.resolve('https://h/'),
    });
    const { transport } = begin({
      connection,
      naming: createNaming(createMemoryLearned({ namesInRelations: true })),
    });
    const transfer = transport.begin(fileToSend(10));
    const first = run(transfer);
    await flush();
    first.abort();
    const second = run(transfer);
    await flush();
    expect(asked).toBe(1);

    tokens[0]!.resolve('token');
    expect(await first.failure).toBeInstanceOf(CancelledError);
    tokens[1]!.resolve('token');
    (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
    expect(await second.answer).toEqual(referenceTo(1));
    expect(stack.requests).toHaveLength(1);
  });

  test('do not affect the next one by failing', async () => {
    const { transport, stack } = begin();
    const transfer = transport.begin(fileToSend(10));
    const [first, second] = [run(transfer), run(transfer)];
    (await stack.nextRequest()).respondWith({ status: 503 });
    await first.failure;
    (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
    expect(await second.answer).toEqual(referenceTo(1));
  });

  test('run concurrently for different files', async () => {
    const { transport, stack } = begin();
    for (const name of ['a', 'b', 'c']) run(transport.begin(fileToSend(10, { name })));
    await flush();
    expect(stack.requests).toHaveLength(3);
  });

  test('share the learned place of names', async () => {
    const { transport, stack } = begin();
    const { answer } = run(transport.begin(fileToSend(10, { name: 'a', isOneOfMany: true })));
    (await stack.nextRequest()).respondWith({ status: 400 });
    (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
    await answer;
    run(transport.begin(fileToSend(10, { name: 'b', isOneOfMany: true })));
    expect((await stack.nextRequest()).parsedUrl.searchParams.get('fileName')).toBe('b');
  });
});

describe('createTransport where the preflight refuses Content-Range', () => {
  /** Registers a session and loses its first chunk, as the browser reports a refused header. */
  async function loseChunk({ stack }: ReturnType<typeof begin>, isRegistered = true): Promise<void> {
    if (!isRegistered) (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(2) });
    const chunk = await stack.nextRequest();
    expect(chunk.method).toBe('PUT');
    chunk.fail();
  }

  test('sends a file in one request after two lost chunks and remembers it', async () => {
    const test = begin({ chunkAboveBytes: 1 });
    const transfer = test.transport.begin(fileToSend(10));
    const first = run(transfer);
    await loseChunk(test, false);
    expect(await first.failure).toMatchObject({ kind: 'network' });
    const second = run(transfer);
    await loseChunk(test);
    const post = await test.stack.nextRequest();
    expect([post.method, post.parsedUrl.searchParams.get('uploadType')]).toEqual(['POST', 'simple']);
    expect(test.learned.answers().contentRange).toBeUndefined();
    post.respondWith({ status: 201, json: referenceTo(3) });
    expect(await second.answer).toEqual(referenceTo(3));
    expect(second.sessions.at(-1)).toBeUndefined();
    expect(test.learned.answers().contentRange).toBe(false);

    run(test.transport.begin(fileToSend(20)));
    expect(await test.nextKind()).toBe('simple');
  });

  test('keeps to chunks if a chunk was sent in part, is accepted, or the file is too large', async () => {
    const accepted = begin({ chunkAboveBytes: 1 });
    const { answer } = run(accepted.transport.begin(fileToSend(10)));
    (await accepted.stack.nextRequest()).respondWith({ status: 201, json: referenceTo(2) });
    (await accepted.stack.nextRequest()).respondWith({ status: 200 });
    await answer;
    expect(accepted.learned.answers().contentRange).toBe(true);

    for (const test of [begin({ chunkAboveBytes: 1, simpleUpToBytes: 9 }), accepted]) {
      const transfer = test.transport.begin(fileToSend(10));
      for (const isRegistered of [false, true, true]) {
        const { failure } = run(transfer);
        await loseChunk(test, isRegistered);
        expect(await failure).toMatchObject({ kind: 'network' });
      }
    }
  });
});
