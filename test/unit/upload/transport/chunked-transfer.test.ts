import { CancelledError, TimeoutError } from '../../../../src/base/errors';
import type { FileTransfer, UploadSession } from '../../../../src/upload/upload';
import { createChunkedTransfer } from '../../../../src/upload/transport/chunked-transfer';
import { createDeferred, flush } from '../../../helpers/deferred';
import type { Answer, PendingRequest } from '../../../helpers/manual-http-stack';
import type { TestTools } from '../../../helpers/transfer';
import { contentOf, createTestTools, fileToSend, run } from '../../../helpers/transfer';
import { guid, referenceTo } from '../../../helpers/uploads';

const MIB = 1024 * 1024;
const HTML = { 'Content-Type': 'text/html' };
const REFUSED: Answer = { status: 400, json: { message: 'The chunk does not fit.' } };

interface Conversation extends TestTools {
  readonly size: number;
  readonly transfer: FileTransfer;
  /** The registration, answered with session `number`. */
  readonly registered: (number: number) => Promise<PendingRequest>;
  /** The next chunk; fails for another range than `0-1048575`. */
  readonly chunk: (range: string) => Promise<PendingRequest>;
  /** The same, accepted after two seconds or the given time. */
  readonly accepted: (range: string, afterMs?: number) => Promise<void>;
  /** The read-back of session `number`, answered with the content of the file or other content. */
  readonly readBack: (number: number, content?: Blob) => Promise<void>;
}

/** A file of the given MiB at 1 MiB per two seconds, so chunks have 1 MiB. */
function begin(mebibytes: number): Conversation {
  const test = createTestTools();
  test.tools.throughput.record(MIB, 2000);
  return converse(test, mebibytes);
}

/** The same without a throughput sample, so the first chunk has 8 MiB. */
function beginUnknown(mebibytes: number): Conversation {
  return converse(createTestTools(), mebibytes);
}

function converse(test: TestTools, mebibytes: number, session?: UploadSession): Conversation {
  const { stack, runtime } = test;
  const size = mebibytes * MIB;
  const file = fileToSend(size, { session });

  async function chunk(range: string): Promise<PendingRequest> {
    const request = await stack.nextRequest();
    expect([request.method, request.headers['Content-Range']]).toEqual(['PUT', `bytes ${range}/${size}`]);
    return request;
  }

  return {
    ...test,
    size,
    transfer: createChunkedTransfer(test.tools, file),
    chunk,
    async registered(number) {
      const request = await stack.nextRequest();
      expect([request.method, request.parsedUrl.searchParams.get('uploadType')]).toEqual(['POST', 'chunked']);
      request.respondWith({ status: 201, json: referenceTo(number) });
      return request;
    },
    async accepted(range, afterMs = 2000) {
      const request = await chunk(range);
      runtime.setClock(afterMs);
      request.respondWith({ status: 200, json: {} });
    },
    async readBack(number, content = file.source) {
      const request = await stack.nextRequest();
      expect([request.method, request.parsedUrl.pathname]).toEqual([
        'GET',
        `/fabrikam/_apis/wit/attachments/${guid(number)}`,
      ]);
      request.respondWith({ status: 200, blob: content });
    },
  };
}

/** The file with one byte changed. */
function damaged(size: number): Blob {
  const content = contentOf(size);
  content[size - 1]! ^= 1;
  return new Blob([content]);
}

const FIRST = `0-${MIB - 1}`;
const SECOND = `${MIB}-${2 * MIB - 1}`;

test('createChunkedTransfer registers the file, sends ascending chunks and returns the registered URL', async () => {
  const { stack, transfer, runtime, size } = begin(2.5);
  const { answer, progress, steps } = run(transfer);

  const register = await stack.nextRequest();
  expect([register.method, register.url]).toEqual([
    'POST',
    'https://dev.azure.com/fabrikam/_apis/wit/attachments?fileName=Build%20%231.log&uploadType=chunked&api-version=7.1',
  ]);
  expect(register.body).toBeUndefined();
  expect(register.headers['Content-Type']).toBe('application/octet-stream');
  register.respondWith({ status: 201, json: referenceTo(1) });

  const sent: Uint8Array[] = [];
  for (const range of [FIRST, SECOND, `${2 * MIB}-${2.5 * MIB - 1}`]) {
    const request = await stack.nextRequest();
    expect([request.method, request.url]).toEqual([
      'PUT',
      `https://dev.azure.com/fabrikam/_apis/wit/attachments/${guid(1)}?fileName=Build%20%231.log&api-version=7.1`,
    ]);
    expect(request.headers).toMatchObject({
      'Content-Range': `bytes ${range}/${size}`,
      'Content-Type': 'application/octet-stream',
    });
    sent.push(new Uint8Array(await (request.body as Blob).arrayBuffer()));
    runtime.setClock(2000);
    // The response to a chunk has another URL.
    request.respondWith({ status: 201, json: { id: guid(1), url: `https://h/${guid(1)}` } });
  }

  expect(await answer).toEqual(referenceTo(1));
  expect(Buffer.compare(Buffer.concat(sent), contentOf(size))).toBe(0);
  expect(stack.requests).toHaveLength(4);
  expect(progress.map(({ bytesAccepted }) => bytesAccepted / MIB)).toEqual([1, 2, 2.5]);
  expect(steps).toEqual([]);
});

test('createChunkedTransfer sends nothing before it runs', () => {
  const { stack } = begin(1);
  expect(stack.requests).toEqual([]);
});

test('createChunkedTransfer sends a file smaller than a chunk as one chunk', async () => {
  const { transfer, registered, accepted } = begin(0.25);
  const { answer } = run(transfer);
  await registered(1);
  await accepted(`0-${MIB / 4 - 1}`);
  expect(await answer).toEqual(referenceTo(1));
});

test('createChunkedTransfer requests a token for each chunk', async () => {
  const { stack, transfer, registered, accepted } = begin(2);
  const { answer } = run(transfer);
  await registered(1);
  await accepted(FIRST);
  await accepted(SECOND);
  await answer;
  expect(stack.requests.map(({ headers }) => headers['Authorization'])).toEqual([
    'Bearer token 1',
    'Bearer token 2',
    'Bearer token 3',
  ]);
});

describe('createChunkedTransfer: chunk size', () => {
  test('grows with the throughput', async () => {
    const { transfer, registered, accepted } = begin(20);
    run(transfer);
    await registered(1);
    await accepted(FIRST, 100);
    await accepted(`${MIB}-${3 * MIB - 1}`, 500);
    await accepted(`${3 * MIB}-${7 * MIB - 1}`, 2000);
    await accepted(`${7 * MIB}-${11 * MIB - 1}`, 1600);
    await accepted(`${11 * MIB}-${16 * MIB - 1}`);
  });

  test('shrinks when a chunk takes too long', async () => {
    const { transfer, registered, accepted } = beginUnknown(20);
    run(transfer);
    await registered(1);
    await accepted(`0-${8 * MIB - 1}`, 40_000);
    await accepted(`${8 * MIB}-${10 * MIB - 1}`);
  });

  test('ignores the last, shorter chunk', async () => {
    const { transfer, registered, accepted, tools } = beginUnknown(9);
    const { answer } = run(transfer);
    await registered(1);
    await accepted(`0-${8 * MIB - 1}`, 2000);
    await accepted(`${8 * MIB}-${9 * MIB - 1}`, 250);
    await answer;
    expect(tools.throughput.bytesPerSecond).toBe(4 * MIB);
  });
});

describe('createChunkedTransfer: response to a chunk', () => {
  test.each([
    ['200 and JSON', { status: 200, json: { id: guid(1), url: 'https://h/x' } }],
    ['200 and nothing', { status: 200 }],
    ['201 and half a JSON', { status: 201, text: '{"id": "0000' }],
    ['202', { status: 202 }],
    ['204', { status: 204 }],
    ['206 and words', { status: 206, text: 'Go on.' }],
  ])('counts as success: %s', async (_, response) => {
    const { transfer, registered, chunk } = begin(1);
    const { answer } = run(transfer);
    await registered(1);
    (await chunk(FIRST)).respondWith(response);
    expect(await answer).toEqual(referenceTo(1));
  });

  test.each<[string, Answer, string]>([
    ['a page', { status: 200, text: '<html>Maintenance</html>', headers: HTML }, 'unexpected-answer'],
    ['a page that does not say so', { status: 200, text: '<!doctype html>' }, 'unexpected-answer'],
    ['a busy server', { status: 503, json: { message: 'Busy.' } }, 'server-busy'],
    [
      'too much, in the other envelope',
      { status: 429, json: { count: 1, value: { Message: 'TF400733: Slow down.' } } },
      'throttled',
    ],
    ['a limit', { status: 400, json: { message: 'TF237082: too large (60.000 MB(s))' } }, 'file-too-large'],
  ])('counts as failure of that chunk: %s', async (_, response, kind) => {
    const { transfer, registered, chunk, size } = begin(1.5);
    const { failure } = run(transfer);
    await registered(1);
    (await chunk(FIRST)).respondWith(response);
    expect(await failure).toMatchObject({
      kind,
      facts: { status: response.status, range: `bytes ${FIRST}/${size}` },
    });
  });

  test('renews the token once after the sign-in page, then fails', async () => {
    const { stack, transfer, registered, chunk } = begin(1);
    const { failure } = run(transfer);
    await registered(1);
    (await chunk(FIRST)).respondWith({ status: 203, text: '<html>Sign in</html>', headers: HTML });
    (await chunk(FIRST)).respondWith({ status: 203, text: '<html>Sign in</html>', headers: HTML });
    expect(await failure).toMatchObject({ kind: 'signed-out', facts: { range: `bytes ${FIRST}/${MIB}` } });
    expect(stack.requests).toHaveLength(3);
  });
});

describe('createChunkedTransfer: lost response', () => {
  test.each([
    ['by the network', undefined, 'network'],
    ['by a line that stalled', new TimeoutError('Late.', 5), 'timeout'],
  ])('fails the attempt and names the chunk when interrupted %s', async (_, error, kind) => {
    const { stack, transfer, registered, accepted, chunk, size } = begin(2.5);
    const { failure } = run(transfer);
    await registered(1);
    await accepted(FIRST);
    (await chunk(SECOND)).fail(error);
    expect(await failure).toMatchObject({ kind, facts: { range: `bytes ${SECOND}/${size}` } });
    expect(stack.requests).toHaveLength(3);
  });

  test('sends the same range again, then reads the file back and compares it', async () => {
    const { stack, transfer, registered, accepted, chunk, readBack, size } = begin(2.5);
    const first = run(transfer);
    await registered(1);
    await accepted(FIRST);
    (await chunk(SECOND)).fail();
    await first.failure;

    const second = run(transfer);
    const again = await chunk(SECOND);
    const body = new Uint8Array(await (again.body as Blob).arrayBuffer());
    expect(Buffer.compare(body, contentOf(size).subarray(MIB, 2 * MIB))).toBe(0);
    again.respondWith({ status: 200 });
    await accepted(`${2 * MIB}-${2.5 * MIB - 1}`);
    await readBack(1);
    expect(await second.answer).toEqual(referenceTo(1));
    expect(second.steps).toEqual(['verifying']);
    expect(stack.requests.at(-1)).toMatchObject({ wantsBlob: true });
    expect(stack.requests.at(-1)!.parsedUrl.searchParams.get('fileName')).toBeNull();
  });

  test('registers again when the response to the registration was lost', async () => {
    const { stack, transfer, registered, accepted } = begin(1);
    const first = run(transfer);
    (await stack.nextRequest()).fail();
    expect(await first.failure).toMatchObject({ kind: 'network' });
    const second = run(transfer);
    await registered(2);
    await accepted(FIRST);
    expect(await second.answer).toEqual(referenceTo(2));
  });

  test('sends half of the chunk after losing the response twice', async () => {
    const { transfer, registered, chunk, accepted, readBack } = beginUnknown(8);
    const whole = `0-${8 * MIB - 1}`;
    const first = run(transfer);
    await registered(1);
    (await chunk(whole)).fail();
    await first.failure;
    const second = run(transfer);
    (await chunk(whole)).fail();
    await second.failure;

    const third = run(transfer);
    await accepted(`0-${4 * MIB - 1}`);
    await accepted(`${4 * MIB}-${8 * MIB - 1}`);
    await readBack(1);
    expect(await third.answer).toEqual(referenceTo(1));
  });

  test('makes later chunks smaller, then larger again', async () => {
    const { transfer, registered, chunk, accepted, readBack } = beginUnknown(20);
    const first = run(transfer);
    await registered(1);
    (await chunk(`0-${8 * MIB - 1}`)).fail();
    await first.failure;
    const second = run(transfer);
    await accepted(`0-${8 * MIB - 1}`, 100);
    await accepted(`${8 * MIB}-${12 * MIB - 1}`, 100);
    await accepted(`${12 * MIB}-${20 * MIB - 1}`, 100);
    await readBack(1);
    expect(await second.answer).toEqual(referenceTo(1));
  });

  test('reduces the size down to the smallest chunk when repeated', async () => {
    const { stack, transfer, registered } = beginUnknown(8);
    const sizes: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      const { failure } = run(transfer);
      if (attempt === 1) await registered(1);
      const request = await stack.nextRequest();
      sizes.push((request.body as Blob).size / MIB);
      request.fail();
      await failure;
    }
    expect(sizes).toEqual([8, 8, 4, 2, 1, 1, 1, 1]);
  });

  test('is handled the same way for the last chunk', async () => {
    const { transfer, registered, chunk, accepted, readBack } = begin(1.5);
    const last = `${MIB}-${1.5 * MIB - 1}`;
    const first = run(transfer);
    await registered(1);
    await accepted(FIRST);
    (await chunk(last)).fail();
    await first.failure;
    const second = run(transfer);
    await accepted(last);
    await readBack(1);
    expect(await second.answer).toEqual(referenceTo(1));
  });
});

/** Advances to the end of a file with its only chunk sent twice, so it needs a comparison. */
async function sendDoubtfully({ transfer, registered, chunk, accepted }: Conversation) {
  const first = run(transfer);
  await registered(1);
  (await chunk(FIRST)).fail();
  await first.failure;
  const second = run(transfer);
  await accepted(FIRST);
  return second;
}

describe('createChunkedTransfer: read-back', () => {
  test('sends different content in a new session and compares it too', async () => {
    const talk = begin(1);
    const { answer, steps } = await sendDoubtfully(talk);
    await talk.readBack(1, damaged(talk.size));
    await talk.registered(2);
    await talk.accepted(FIRST);
    await talk.readBack(2);
    expect(await answer).toEqual(referenceTo(2));
    expect(steps).toEqual(['verifying', 'starting-over', 'verifying']);
  });

  test('treats shorter content as different', async () => {
    const talk = begin(1);
    await sendDoubtfully(talk);
    await talk.readBack(1, new Blob([contentOf(talk.size - 1)]));
    await talk.registered(2);
  });

  test('fails with content-damaged after the third difference', async () => {
    const talk = begin(1);
    const { failure, steps } = await sendDoubtfully(talk);
    await talk.readBack(1, damaged(talk.size));
    for (const session of [2, 3]) {
      await talk.registered(session);
      await talk.accepted(FIRST);
      await talk.readBack(session, damaged(talk.size));
    }
    expect(await failure).toMatchObject({ kind: 'content-damaged' });
    expect(steps.filter((step) => step === 'starting-over')).toHaveLength(2);

    // A manual retry starts over: without a session and without doubt.
    const again = run(talk.transfer);
    await talk.registered(4);
    await talk.accepted(FIRST);
    expect(await again.answer).toEqual(referenceTo(4));
  });

  test.each<[string, Answer]>([
    ['missing', { status: 404, json: { typeKey: 'FileIdNotFoundException', message: 'Not found.' } }],
    ['forbidden', { status: 403 }],
    ['refused', REFUSED],
  ])('sends the file in a new session when the stored file is %s', async (_, refusal) => {
    const talk = begin(1);
    const { answer, steps } = await sendDoubtfully(talk);
    (await talk.stack.nextRequest()).respondWith(refusal);
    await talk.registered(2);
    await talk.accepted(FIRST);
    expect(await answer).toEqual(referenceTo(2));
    expect(steps).toEqual(['verifying', 'starting-over']);
  });

  test.each<[string, Answer | undefined, string]>([
    ['is lost', undefined, 'network'],
    ['is a page', { status: 200, blob: new Blob(['<html>'], { type: 'text/html' }) }, 'unexpected-answer'],
    ['is late', { status: 503 }, 'server-busy'],
  ])('is repeated by the next attempt without sending when the response %s', async (_, response, kind) => {
    const talk = begin(1);
    const { failure } = await sendDoubtfully(talk);
    const read = await talk.stack.nextRequest();
    if (response) read.respondWith(response);
    else {
      read.fail();
      // A read is repeated with a fresh token, since CORS hides a 401.
      (await talk.stack.nextRequest()).fail();
    }
    expect(await failure).toMatchObject({ kind });

    const again = run(talk.transfer);
    await talk.readBack(1);
    expect(await again.answer).toEqual(referenceTo(1));
    expect(again.steps).toEqual(['verifying']);
  });

  test('is repeated by the next attempt after an abort', async () => {
    const talk = begin(1);
    const { failure, abort } = await sendDoubtfully(talk);
    await talk.stack.nextRequest();
    abort();
    expect(await failure).toBeInstanceOf(CancelledError);
    const again = run(talk.transfer);
    await talk.readBack(1);
    expect(await again.answer).toEqual(referenceTo(1));
  });
});

describe('createChunkedTransfer: refused chunk', () => {
  const REFUSALS: [string, Answer][] = [
    ['as a bad request', REFUSED],
    ['since the session is gone', { status: 404, json: { typeKey: 'FileIdNotFoundException' } }],
    ['since it does not follow', { status: 409 }],
    ['as a failed precondition', { status: 412 }],
    ['as a bad range', { status: 416 }],
    ['as one of another user', { status: 403 }],
  ];

  test.each(REFUSALS)('sends the file in a new session without doubt: %s', async (_, refusal) => {
    const { transfer, registered, chunk, accepted } = begin(2);
    const { answer, progress, steps } = run(transfer);
    await registered(1);
    await accepted(FIRST);
    (await chunk(SECOND)).respondWith(refusal);
    await registered(2);
    await accepted(FIRST);
    await accepted(SECOND);
    expect(await answer).toEqual(referenceTo(2));
    expect(steps).toEqual(['starting-over']);
    expect(progress.map(({ bytesAccepted }) => bytesAccepted / MIB)).toEqual([1, 1, 2]);
  });

  test('sends the file in a new session after a repeated chunk is refused', async () => {
    const { transfer, registered, chunk, accepted } = begin(2);
    const first = run(transfer);
    await registered(1);
    await accepted(FIRST);
    (await chunk(SECOND)).fail();
    await first.failure;
    const second = run(transfer);
    (await chunk(SECOND)).respondWith(REFUSED);
    await registered(2);
    await accepted(FIRST);
    await accepted(SECOND);
    expect(await second.answer).toEqual(referenceTo(2));
    expect(second.steps).toEqual(['starting-over']);
  });

  test('starts another session if the previous one made progress', async () => {
    const { transfer, registered, chunk, accepted } = begin(2);
    const { answer, steps } = run(transfer);
    await registered(1);
    (await chunk(FIRST)).respondWith(REFUSED);
    await registered(2);
    await accepted(FIRST);
    (await chunk(SECOND)).respondWith(REFUSED);
    await registered(3);
    await accepted(FIRST);
    await accepted(SECOND);
    expect(await answer).toEqual(referenceTo(3));
    expect(steps).toEqual(['starting-over', 'starting-over']);
  });

  test('fails at the same place the second time, and a manual retry starts over', async () => {
    const { transfer, registered, chunk, accepted, size } = begin(2);
    const { failure } = run(transfer);
    await registered(1);
    await accepted(FIRST);
    (await chunk(SECOND)).respondWith(REFUSED);
    await registered(2);
    await accepted(FIRST);
    (await chunk(SECOND)).respondWith(REFUSED);
    expect(await failure).toMatchObject({
      kind: 'refused',
      facts: { serverMessage: 'The chunk does not fit.', range: `bytes ${SECOND}/${size}` },
    });

    const again = run(transfer);
    await registered(3);
    (await chunk(FIRST)).respondWith(REFUSED);
    await registered(4);
    await accepted(FIRST);
    await accepted(SECOND);
    expect(await again.answer).toEqual(referenceTo(4));
  });

  test('tolerates any number of refusals after pauses', async () => {
    const { transfer, registered, chunk, accepted } = begin(2);
    for (const session of [1, 2, 3]) {
      const paused = run(transfer);
      if (session > 1) (await chunk(SECOND)).respondWith(REFUSED);
      await registered(session);
      await accepted(FIRST);
      await chunk(SECOND);
      paused.abort();
      await paused.failure;
    }
    const { answer } = run(transfer);
    (await chunk(SECOND)).respondWith(REFUSED);
    await registered(4);
    await accepted(FIRST);
    await accepted(SECOND);
    expect(await answer).toEqual(referenceTo(4));
  });

  test('does not treat a refused registration as a refused chunk', async () => {
    const { stack, transfer } = begin(1);
    const { failure } = run(transfer);
    (await stack.nextRequest()).respondWith(REFUSED);
    expect(await failure).toMatchObject({ kind: 'refused' });
    expect(stack.requests).toHaveLength(1);
  });
});

describe('createChunkedTransfer: chunk that is too large', () => {
  const TOO_LARGE: [string, Answer][] = [
    ['413', { status: 413 }],
    ['the words of IIS', { status: 404, text: '<html>HTTP Error 404.13</html>', headers: HTML }],
  ];

  test.each(TOO_LARGE)('halves the chunk down to the smallest one, then fails: %s', async (_, refusal) => {
    const { stack, transfer, registered, chunk, size } = beginUnknown(8);
    const { failure } = run(transfer);
    await registered(1);
    for (const mebibytes of [8, 4, 2, 1]) (await chunk(`0-${mebibytes * MIB - 1}`)).respondWith(refusal);
    expect(await failure).toMatchObject({
      kind: 'request-too-large',
      facts: { range: `bytes 0-${MIB - 1}/${size}` },
    });
    expect(stack.requests).toHaveLength(5);
  });

  test('leaves no doubt because the server stored nothing', async () => {
    const { transfer, registered, chunk, accepted } = beginUnknown(6);
    const { answer } = run(transfer);
    await registered(1);
    (await chunk(`0-${6 * MIB - 1}`)).respondWith({ status: 413 });
    await accepted(`0-${3 * MIB - 1}`);
    await accepted(`${3 * MIB}-${6 * MIB - 1}`);
    expect(await answer).toEqual(referenceTo(1));
  });

  test('does not retry a refused size at higher throughput', async () => {
    const { transfer, registered, chunk, accepted } = beginUnknown(20);
    const { answer } = run(transfer);
    await registered(1);
    (await chunk(`0-${8 * MIB - 1}`)).respondWith({ status: 413 });
    for (let first = 0; first < 20; first += 4)
      await accepted(`${first * MIB}-${(first + 4) * MIB - 1}`, 100);
    expect(await answer).toEqual(referenceTo(1));
  });
});

describe('createChunkedTransfer: pause', () => {
  test('sends an interrupted chunk again and compares the file at the end', async () => {
    const { transfer, registered, chunk, accepted, readBack } = begin(2);
    const first = run(transfer);
    await registered(1);
    await accepted(FIRST);
    (await chunk(SECOND)).progress(5);
    first.abort();
    expect(await first.failure).toBeInstanceOf(CancelledError);

    const second = run(transfer);
    await accepted(SECOND);
    await readBack(1);
    expect(await second.answer).toEqual(referenceTo(1));
  });

  test('leaves no doubt between two chunks', async () => {
    const { stack, transfer, registered, chunk, accepted } = begin(2);
    const first = run(transfer);
    await registered(1);
    (await chunk(FIRST)).respondWith({ status: 200 });
    first.abort();
    expect(await first.failure).toMatchObject({ name: /^(Cancelled|Abort)Error$/ });
    expect(stack.requests).toHaveLength(2);

    const second = run(transfer);
    await accepted(SECOND);
    expect(await second.answer).toEqual(referenceTo(1));
  });

  test('registers the file again when paused during the registration', async () => {
    const { stack, transfer, registered, accepted } = begin(1);
    const first = run(transfer);
    await stack.nextRequest();
    first.abort();
    expect(await first.failure).toBeInstanceOf(CancelledError);
    const second = run(transfer);
    await registered(2);
    await accepted(FIRST);
    expect(await second.answer).toEqual(referenceTo(2));
  });

  test('does not count as a failure of the chunk, so the same range is sent again each time', async () => {
    const { transfer, registered, chunk } = begin(2);
    for (let attempt = 1; attempt <= 4; attempt++) {
      const { abort, failure } = run(transfer);
      if (attempt === 1) await registered(1);
      await chunk(FIRST);
      abort();
      await failure;
    }
    run(transfer);
    await chunk(FIRST);
  });
});

test('createChunkedTransfer reports bytes sent on top of bytes accepted, and less after starting over', async () => {
  const { transfer, registered, chunk } = begin(2);
  const first = run(transfer);
  await registered(1);
  const one = await chunk(FIRST);
  one.progress(10);
  one.progress(MIB);
  one.respondWith({ status: 200 });
  const two = await chunk(SECOND);
  two.progress(7);
  two.fail();
  await first.failure;
  expect(first.progress).toEqual([
    { bytesSent: 10, bytesAccepted: 0 },
    { bytesSent: MIB, bytesAccepted: 0 },
    { bytesSent: MIB, bytesAccepted: MIB },
    { bytesSent: MIB + 7, bytesAccepted: MIB },
  ]);

  const second = run(transfer);
  const again = await chunk(SECOND);
  again.progress(5);
  again.respondWith(REFUSED);
  await registered(2);
  (await chunk(FIRST)).progress(3);
  expect(second.progress).toEqual([
    { bytesSent: MIB + 5, bytesAccepted: MIB },
    { bytesSent: 3, bytesAccepted: 0 },
  ]);
});

test('createChunkedTransfer does not treat an internal error as a failed chunk', async () => {
  const { transfer, registered, chunk } = begin(1);
  const { failure } = run(transfer);
  await registered(1);
  const bug = new TypeError('x is undefined');
  (await chunk(FIRST)).fail(bug);
  expect(await failure).toBe(bug);
});

test('createChunkedTransfer waits in the middle of a file while the server throttles', async () => {
  const test = createTestTools();
  test.tools.throughput.record(MIB, 2000);
  const waits: (() => void)[] = [];
  const transfer = createChunkedTransfer(test.tools, fileToSend(2 * MIB));
  const answer = transfer.run({
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onStep: () => undefined,
    onSession: () => Promise.resolve(),
    waitUntilOpen: () => new Promise((resolve) => waits.push(resolve)),
  });
  for (const asked of [0, 1, 2]) {
    await flush();
    expect([waits.length, test.stack.requests.length]).toEqual([asked + 1, asked]);
    waits[asked]!();
    const request = await test.stack.nextRequest();
    request.respondWith({ status: 200, json: referenceTo(1) });
  }
  expect(await answer).toEqual(referenceTo(1));
});

describe('createChunkedTransfer: onSession', () => {
  const told = (bytesAccepted: number, facts: Partial<UploadSession> = {}): UploadSession => {
    return { reference: referenceTo(1), bytesAccepted, chunkBytes: MIB, isDoubtful: false, ...facts };
  };

  test('reports the accepted bytes, the chunk size, and finally the whole file', async () => {
    const { transfer, registered, accepted, size } = begin(2.5);
    const { answer, sessions } = run(transfer);
    await registered(1);
    await accepted(FIRST);
    await accepted(SECOND);
    await accepted(`${2 * MIB}-${size - 1}`);
    await answer;
    expect(sessions).toEqual([
      told(0),
      told(MIB),
      told(2 * MIB, { chunkBytes: MIB / 2 }),
      told(size, { chunkBytes: MIB }),
    ]);
  });

  test('resolves before the chunk is sent', async () => {
    const { stack, tools } = begin(1);
    const kept = createDeferred<undefined>();
    void createChunkedTransfer(tools, fileToSend(MIB)).run({
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onStep: () => undefined,
      onSession: () => kept.promise,
      waitUntilOpen: () => Promise.resolve(),
    });
    (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
    await flush();
    expect(stack.requests).toHaveLength(1);
    kept.resolve(undefined);
    await flush();
    expect(stack.requests).toHaveLength(2);
  });

  test('reports doubt before bytes are sent again', async () => {
    const { transfer, registered, chunk, accepted, readBack } = begin(1);
    const first = run(transfer);
    await registered(1);
    (await chunk(FIRST)).fail();
    await first.failure;
    const second = run(transfer);
    await accepted(FIRST);
    await readBack(1);
    await second.answer;
    expect([first.sessions, second.sessions]).toEqual([
      [told(0)],
      [told(0, { isDoubtful: true }), told(MIB, { isDoubtful: true })],
    ]);
  });

  test('reports no session after the server discarded it', async () => {
    const { transfer, registered, chunk, accepted } = begin(2);
    const { answer, sessions } = run(transfer);
    await registered(1);
    await accepted(FIRST);
    (await chunk(SECOND)).respondWith(REFUSED);
    await registered(2);
    await accepted(FIRST);
    await accepted(SECOND);
    await answer;
    const again = { reference: referenceTo(2) };
    expect(sessions.slice(2)).toEqual([undefined, told(0, again), told(MIB, again), told(2 * MIB, again)]);
  });

  test('leaves an aborted chunk without doubt', async () => {
    const { stack, tools } = begin(1);
    const controller = new AbortController();
    const kept = createDeferred<undefined>();
    const transfer = createChunkedTransfer(tools, fileToSend(MIB));
    const stopped = transfer.run({
      signal: controller.signal,
      onProgress: () => undefined,
      onStep: () => undefined,
      onSession: () => kept.promise,
      waitUntilOpen: () => Promise.resolve(),
    });
    (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
    await flush();
    controller.abort();
    kept.resolve(undefined);
    await expect(stopped).rejects.toThrow();
    const { answer, sessions } = run(transfer);
    (await stack.nextRequest()).respondWith({ status: 200, json: {} });
    await answer;
    expect(sessions.map((session) => session?.isDoubtful)).toEqual([false, false]);
  });
});

describe('createChunkedTransfer: resumed session', () => {
  const LEFT: UploadSession = {
    reference: referenceTo(1),
    bytesAccepted: MIB,
    chunkBytes: MIB,
    isDoubtful: false,
  };

  /** Resumes without a throughput sample, which alone would lead to larger chunks. */
  function resume(mebibytes: number, facts: Partial<UploadSession> = {}): Conversation {
    return converse(createTestTools(), mebibytes, { ...LEFT, ...facts });
  }

  test('resumes at the confirmed offset with the chunk in doubt, and compares at the end', async () => {
    const { transfer, chunk, accepted, readBack, size } = resume(4);
    const { answer, steps, sessions } = run(transfer);
    (await chunk(SECOND)).respondWith({ status: 200, json: {} });
    await accepted(`${2 * MIB}-${size - 1}`);
    await readBack(1);
    expect(await answer).toEqual(referenceTo(1));
    expect(steps).toEqual(['verifying']);
    expect(sessions[0]).toEqual({ ...LEFT, isDoubtful: true });
  });

  test('starts over without doubt when the server refuses the session', async () => {
    const { transfer, chunk, registered, accepted } = resume(2);
    const { answer, steps, sessions } = run(transfer);
    (await chunk(SECOND)).respondWith(REFUSED);
    await registered(2);
    await accepted(FIRST);
    await accepted(SECOND);
    expect(await answer).toEqual(referenceTo(2));
    expect(steps).toEqual(['starting-over']);
    expect(sessions[1]).toBeUndefined();
  });

  test('starts over when the stored content differs', async () => {
    const { transfer, accepted, readBack, registered, size } = resume(2);
    const { answer } = run(transfer);
    await accepted(SECOND);
    await readBack(1, damaged(size));
    await registered(2);
    await accepted(FIRST);
    await accepted(SECOND);
    await readBack(2);
    expect(await answer).toEqual(referenceTo(2));
  });

  test('only reads back when all bytes are confirmed and some are in doubt', async () => {
    const { transfer, readBack } = resume(1, { isDoubtful: true });
    const { answer } = run(transfer);
    await readBack(1);
    expect(await answer).toEqual(referenceTo(1));
  });

  test('sends nothing when all bytes are confirmed', async () => {
    const { transfer, stack } = resume(1);
    expect(await run(transfer).answer).toEqual(referenceTo(1));
    expect(stack.requests).toEqual([]);
  });
});
