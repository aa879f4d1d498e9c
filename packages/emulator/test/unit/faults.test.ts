import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { operations, type ActiveFault, type Operation } from '../../src/contract';
import { faults } from '../../src/rest/faults';
import type { Emulator } from '../../src/running-emulator';
import {
  inBatch,
  patch,
  putChunk,
  read,
  register,
  send,
  sendBatch,
  sendRegister,
  sendUpload,
  start,
  until,
  upload,
} from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** Request, and a check for its effect. */
interface Scene {
  readonly ask: () => Promise<Response>;
  readonly isDone: () => boolean;
}

/** Chunks of an upload of 15 bytes. */
const chunks = [
  ['0-4/15', 'hello'],
  ['5-9/15', 'small'],
  ['10-14/15', 'world'],
] as const;

const scenes: Record<Operation, () => Promise<Scene>> = {
  simple: () => {
    const before = emulator.store.attachments.all.length;
    return Promise.resolve({
      ask: () => sendUpload(emulator, 'x'),
      isDone: () => emulator.store.attachments.all.length > before,
    });
  },
  register: () =>
    Promise.resolve({
      ask: () => sendRegister(emulator),
      isDone: () => emulator.store.attachments.chunkedUploads.length > 0,
    }),
  'first-chunk': () => chunkScene(0),
  'middle-chunk': () => chunkScene(1),
  'last-chunk': () => chunkScene(2),
  download: async () => {
    const { url } = await upload(emulator, 'hello', 'a.txt');
    return { ask: () => send(emulator, url), isDone: () => true };
  },
  link: () =>
    Promise.resolve({
      ask: () => patch(emulator, 9, [{ op: 'add', path: '/fields/System.Title', value: 'Changed' }]),
      isDone: () => emulator.store.workItem(9).rev === 2,
    }),
  batch: () =>
    Promise.resolve({
      ask: () =>
        sendBatch(emulator, [inBatch(9, [{ op: 'add', path: '/fields/System.Title', value: 'Changed' }])]),
      isDone: () => emulator.store.workItem(9).rev === 2,
    }),
  read: () => Promise.resolve({ ask: () => send(emulator, '_apis/wit/workitems/7'), isDone: () => true }),
};

async function chunkScene(index: 0 | 1 | 2): Promise<Scene> {
  const { id } = await register(emulator);
  for (const [range, body] of chunks.slice(0, index)) await putChunk(emulator, id, range, body);
  const [range, body] = chunks[index];
  const isDone = () => received(id) === 5 * (index + 1);
  return { ask: () => putChunk(emulator, id, range, body), isDone };
}

function received(id: string): number | undefined {
  return emulator.store.attachments.chunkedUploads.find((upload) => upload.id === id)?.received;
}

function fault(name: string, at?: Operation, remaining: number | null = 1): void {
  emulator.setNetwork({ faults: [{ name, remaining, ...(at && { at }) }] });
}

function lastRequest() {
  return emulator.requests.records.at(-1)!;
}

/** Sends an affected request and returns its effects. */
async function hit(name: string, at: Operation) {
  const scene = await scenes[at]();
  fault(name, at);
  const answer = await scene.ask().then(
    async (response) => ({ response, text: await response.text().catch(() => null) }),
    () => undefined,
  );
  expect(emulator.network.faults).toEqual([]);
  expect(lastRequest()).toMatchObject({ fault: name });
  return { ...scene, answer };
}

/** Supported requests of each fault, as rows of a table. */
function everyPlace(...names: string[]): [string, Operation][] {
  return names.flatMap((name) => {
    const { operations: places } = faults.find((fault) => fault.name === name)!;
    return places.map((at): [string, Operation] => [name, at]);
  });
}

const asksOnly = (at: Operation) => at === 'read' || at === 'download';

describe('a closed connection', () => {
  test.each(everyPlace('dropped-before', 'dropped-during', 'dropped-after'))(
    'by %s at %s has no answer and no effect, and the next request succeeds',
    async (name, at) => {
      const { answer, isDone, ask } = await hit(name, at);
      if (name === 'dropped-during' && asksOnly(at)) {
        expect(answer).toMatchObject({ response: { status: 200 }, text: null });
      } else {
        expect(answer).toBeUndefined();
        expect(lastRequest().status).toBeNull();
      }
      if (!asksOnly(at)) expect(isDone()).toBe(false);
      expect((await ask()).ok).toBe(true);
      expect(isDone()).toBe(true);
    },
  );

  test.each(everyPlace('answer-lost'))('by %s at %s has no answer, but an effect', async (name, at) => {
    const { answer, isDone } = await hit(name, at);
    expect(answer).toBeUndefined();
    expect(isDone()).toBe(true);
    expect(lastRequest().status).toBeNull();
  });

  const megabyte = new Uint8Array(2 ** 20);
  test.each([
    ['dropped-before', 0, 0],
    ['dropped-during', megabyte.length / 2, megabyte.length - 1],
    ['dropped-after', megabyte.length, megabyte.length],
  ])('by %s is closed after that part of the body', async (name, least, most) => {
    fault(name);
    await expect(sendUpload(emulator, megabyte)).rejects.toThrow('fetch failed');
    expect(lastRequest().requestBytes).toBeGreaterThanOrEqual(least);
    expect(lastRequest().requestBytes).toBeLessThanOrEqual(most);
  });

  test('during a download transfers half of the file', async () => {
    const { url } = await upload(emulator, megabyte);
    fault('dropped-during', 'download');
    const response = await send(emulator, url);
    expect(response.headers.get('content-length')).toBe(String(megabyte.length));
    let bytes = 0;
    const readAll = async () => {
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) bytes += piece.length;
    };
    await expect(readAll()).rejects.toThrow('terminated');
    expect(bytes).toBe(megabyte.length / 2);
  });
});

describe('a stalled request', () => {
  const isStalled = () => emulator.requests.records.some((record) => record.fault === 'stalled');
  const isOver = () => emulator.requests.records.every(({ finished }) => finished);

  test.each(everyPlace('stalled'))('by %s at %s has no effect', async (name, at) => {
    const { ask, isDone } = await scenes[at]();
    fault(name, at);
    const asking = ask();
    await until(isStalled);
    emulator.setNetwork({});
    await expect(asking).rejects.toThrow('fetch failed');
    await until(isOver);
    expect(lastRequest()).toMatchObject({ status: null, requestBytes: 0 });
    if (!asksOnly(at)) expect(isDone()).toBe(false);
  });

  test.each(everyPlace('unanswered'))('by %s at %s has its effect', async (name, at) => {
    const { ask, isDone } = await scenes[at]();
    fault(name, at);
    const asking = ask();
    if (asksOnly(at)) await until(() => emulator.requests.records.at(-1)?.fault === name);
    else await until(isDone);
    expect(lastRequest()).toMatchObject({ fault: name, finished: false });
    emulator.setNetwork({});
    await expect(asking).rejects.toThrow('fetch failed');
    await until(isOver);
    expect(lastRequest().status).toBeNull();
  });

  test('with its effect ends when the client cancels', async () => {
    fault('unanswered', 'simple');
    const giveUp = new AbortController();
    const asking = send(emulator, '_apis/wit/attachments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array(2 ** 20),
      signal: giveUp.signal,
    });
    await until(() => emulator.store.attachments.all.some(({ bytes }) => bytes === 2 ** 20));
    giveUp.abort();
    await expect(asking).rejects.toThrow('aborted');
    await until(isOver);
  });

  test.each([0, 16 * 2 ** 20])('with a body of %i bytes ends when the client cancels', async (size) => {
    fault('stalled', 'simple');
    const giveUp = new AbortController();
    const asking = send(emulator, '_apis/wit/attachments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array(size),
      signal: giveUp.signal,
    });
    await until(isStalled);
    giveUp.abort();
    await expect(asking).rejects.toThrow('aborted');
    await until(isOver);
  });

  test('ends with a reset', async () => {
    fault('stalled');
    const reading = read(emulator, 7);
    await until(isStalled);
    await Promise.all([emulator.reset(), expect(reading).rejects.toThrow('fetch failed')]);
  });

  test('does not block the emulator from closing', async () => {
    const other = await start();
    other.setNetwork({ faults: [{ name: 'stalled', remaining: 1 }] });
    const uploading = sendUpload(other, new Uint8Array(2 ** 20));
    await until(() => other.requests.records.some((record) => record.fault === 'stalled'));
    await Promise.all([other.close(), expect(uploading).rejects.toThrow('fetch failed')]);
  });
});

describe('an answer instead of the work', () => {
  const statuses: Record<string, number> = {
    'status-403': 403,
    'status-408': 408,
    'status-413': 413,
    'status-429': 429,
    'status-500': 500,
    'status-502': 502,
    'status-503': 503,
    'status-504': 504,
    'token-expired': 401,
    'signed-out': 203,
    'link-conflict': 412,
    'not-json': 200,
  };

  test.each(everyPlace(...Object.keys(statuses)))('by %s at %s has no effect', async (name, at) => {
    const { answer, isDone, ask } = await hit(name, at);
    expect(answer!.response.status).toBe(statuses[name]);
    if (!asksOnly(at)) expect(isDone()).toBe(false);
    expect((await ask()).ok).toBe(true);
  });

  test.each(['status-408', 'status-413', 'status-502', 'signed-out', 'not-json'])(
    'is a page for %s',
    async (name) => {
      const { answer } = await hit(name, faults.find((fault) => fault.name === name)!.operations[0]!);
      expect(answer!.response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(answer!.response.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer!.text).toMatch(/<\/html>\n$/);
    },
  );

  test.each([
    ['status-429', 'TF400733'],
    ['status-500', 'VS402335'],
    ['status-503', 'VS402490'],
  ])('has the documented envelope for %s', async (name, code) => {
    const { answer } = await hit(name, 'middle-chunk');
    expect(JSON.parse(answer!.text!)).toMatchObject({ message: expect.stringContaining(code) as string });
    expect(answer!.response.headers.get('retry-after')).toBe(name === 'status-429' ? '3' : null);
  });

  test('is foreign JSON for status-504', async () => {
    const { answer } = await hit('status-504', 'simple');
    expect(answer!.response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(JSON.parse(answer!.text!)).not.toHaveProperty('message');
  });

  test('has no CORS headers for token-expired', async () => {
    const { answer } = await hit('token-expired', 'simple');
    expect(answer!.response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('completed work', () => {
  test.each(everyPlace('truncated-json'))('has half of an answer by %s at %s', async (name, at) => {
    const { answer, isDone } = await hit(name, at);
    const { response, text } = answer!;
    expect(response.ok).toBe(true);
    expect(response.headers.get('content-length')).toBe(String(text!.length));
    expect(text).toMatch(/^\{"(?:id|count)":/);
    expect(() => JSON.parse(text!) as unknown).toThrow(SyntaxError);
    expect(isDone()).toBe(true);
  });

  test.each(everyPlace('done-but-500'))('has an error as answer by %s at %s', async (name, at) => {
    const { answer, isDone } = await hit(name, at);
    expect(answer!.response.status).toBe(500);
    expect(JSON.parse(answer!.text!)).toMatchObject({
      message: expect.stringContaining('VS402335') as string,
    });
    expect(isDone()).toBe(true);
  });

  test.each(everyPlace('asked-to-wait'))(
    'has Retry-After in a success answer by %s at %s',
    async (name, at) => {
      const { answer, isDone } = await hit(name, at);
      expect(answer!.response.ok).toBe(true);
      expect(answer!.response.headers.get('retry-after')).toBe('2');
      expect(isDone()).toBe(true);
    },
  );

  test.each(everyPlace('chunk-corrupted'))('has one wrong byte by %s at %s', async (name, at) => {
    const { id } = await register(emulator);
    fault(name, at);
    for (const [range, body] of chunks) expect((await putChunk(emulator, id, range, body)).status).toBe(200);
    const { path, sha256 } = emulator.store.attachment(id)!;
    const stored = await readFile(path);
    const sent = Buffer.from(chunks.map(([, body]) => body).join(''));
    const wrong = [...stored.keys()].filter((index) => stored[index] !== sent[index]);
    expect(wrong).toEqual([5 * ['first-chunk', 'middle-chunk', 'last-chunk'].indexOf(at)]);
    expect(sha256).toBe(createHash('sha256').update(stored).digest('hex'));
  });
});

describe('setNetwork with a target', () => {
  const statusesOf = async (id: string) => {
    const statuses = [];
    for (const [range, body] of chunks) statuses.push((await putChunk(emulator, id, range, body)).status);
    return statuses;
  };

  test('affects the first request without a target', async () => {
    fault('status-500', undefined, 2);
    expect((await send(emulator, '_apis/wit/workitems/7')).status).toBe(500);
    expect((await sendUpload(emulator, 'x')).status).toBe(500);
    expect((await sendUpload(emulator, 'x')).status).toBe(201);
  });

  test('ignores and does not count other requests', async () => {
    const { id } = await register(emulator);
    fault('status-500', 'last-chunk');
    expect((await sendUpload(emulator, 'x')).status).toBe(201);
    expect(await statusesOf(id)).toEqual([200, 200, 500]);
    expect(received(id)).toBe(10);
  });

  test('treats the only chunk of an upload as its first and its last', async () => {
    for (const at of ['first-chunk', 'last-chunk'] as const) {
      const { id } = await register(emulator);
      fault('status-500', at);
      expect((await putChunk(emulator, id, '0-4/5', 'hello')).status).toBe(500);
    }
    const { id } = await register(emulator);
    fault('status-500', 'middle-chunk');
    expect((await putChunk(emulator, id, '0-4/5', 'hello')).status).toBe(200);
  });

  test('keeps several faults for their requests until they are switched off', async () => {
    const active: ActiveFault[] = [
      { name: 'status-503', remaining: null, at: 'middle-chunk' },
      { name: 'status-500', remaining: 1, at: 'first-chunk' },
    ];
    emulator.setNetwork({ faults: active });
    const { id } = await register(emulator);
    const [first, second] = chunks;
    expect((await putChunk(emulator, id, ...first)).status).toBe(500);
    expect((await putChunk(emulator, id, ...first)).status).toBe(200);
    for (let turn = 0; turn < 3; turn++) expect((await putChunk(emulator, id, ...second)).status).toBe(503);
    expect(emulator.network.faults).toEqual([active[0]]);
  });

  test.each<[string, string | undefined, string]>([
    ['no-such-fault', undefined, 'no-such-fault'],
    ['stalled', 'chunk', '"chunk"'],
    ['chunk-corrupted', 'simple', '"simple"'],
    ['upload-busy', 'link', '"link"'],
  ])('refuses %s at %s and changes nothing', (name, at, says) => {
    emulator.setNetwork({ latencyMs: 1 });
    const wrong = { name, remaining: 1, at: at as Operation };
    const change = () => emulator.setNetwork({ latencyMs: 2, faults: [wrong] });
    expect(change).toThrow(RangeError);
    expect(change).toThrow(says);
    expect(emulator.network).toMatchObject({ latencyMs: 1, faults: [] });
  });
});

describe('short names', () => {
  test.each<[string, Operation[], number | undefined]>([
    ['upload-server-error', ['simple', 'register'], 500],
    ['upload-busy', ['simple', 'register'], 503],
    ['upload-dropped', ['simple', 'register'], undefined],
    ['upload-answer-lost', ['simple', 'register'], undefined],
    ['chunk-server-error', ['first-chunk', 'middle-chunk', 'last-chunk'], 500],
    ['chunk-dropped', ['first-chunk', 'middle-chunk', 'last-chunk'], undefined],
    ['chunk-answer-lost', ['first-chunk', 'middle-chunk', 'last-chunk'], undefined],
    ['link-server-error', ['link'], 500],
    ['link-answer-lost', ['link'], undefined],
    ['throttled', [...operations], 429],
  ])('%s hits %s', async (name, places, status) => {
    for (const at of operations) {
      const { ask } = await scenes[at]();
      fault(name);
      const answered = await ask().then(
        (response) => response.status,
        () => undefined,
      );
      if (!places.includes(at)) expect(answered).toBeLessThan(300);
      else expect(answered).toBe(status);
      emulator.setNetwork({ faults: [] });
    }
  });
});

test.each<[string, string | null]>([
  ['dropped-before', 'close'],
  ['dropped-during', 'close'],
  ['dropped-after', 'close'],
  ['answer-lost', 'close'],
  ['upload-dropped', 'close'],
  ['stalled', 'close'],
  ['unanswered', 'close'],
  ['status-408', 'close'],
  ['status-500', 'keep-alive'],
])('the emulator uses fresh connections while %s is on', async (name, expected) => {
  fault(name, undefined, null);
  const response = await fetch(`${emulator.restBaseUrl}_apis/wit/attachments`, {
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Method': 'POST' },
  });
  expect(response.headers.get('connection')).toBe(expected);
});
