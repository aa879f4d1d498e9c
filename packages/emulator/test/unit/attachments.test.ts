import { createHash } from 'node:crypto';
import type { Emulator } from '../../src/running-emulator';
import {
  attach,
  patch,
  putChunk,
  read,
  refusal,
  register,
  send,
  sendUpload,
  start,
  upload,
  type Reference,
} from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('POST attachments', () => {
  test('stores the bytes of a linked upload unchanged', async () => {
    const content = new Uint8Array(100_000).map((_, index) => index % 251);
    const reference = await upload(emulator, content, 'Bild ü #1.png');
    expect(reference.url).toBe(
      `${emulator.restBaseUrl}_apis/wit/attachments/${reference.id}?fileName=Bild%20%C3%BC%20%231.png`,
    );
    await patch(emulator, 7, [attach(reference.url)]);
    const [relation] = (await read(emulator, 7)).relations!.slice(-1);
    expect(relation!.attributes['name']).toBe('Bild ü #1.png');

    const response = await send(emulator, `${relation!.url}?fileName=a.png`);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(content);
  });

  test('answers 201 and stores size and hash', async () => {
    const response = await sendUpload(emulator, 'hello');
    expect(response.status).toBe(201);
    const { id } = (await response.json()) as Reference;
    const sha256 = createHash('sha256').update('hello').digest('hex');
    expect(emulator.store.attachment(id)).toMatchObject({ fileName: 'notes.txt', bytes: 5, sha256 });
  });

  test('accepts an empty file without a name', async () => {
    const response = await send(emulator, '_apis/wit/attachments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array(0),
    });
    const { id, url } = (await response.json()) as Reference;
    expect(url).toBe(`${emulator.restBaseUrl}_apis/wit/attachments/${id}`);
    expect(emulator.store.attachment(id)).toMatchObject({ fileName: null, bytes: 0 });
  });

  test('accepts a project segment and any letter case', async () => {
    const response = await send(emulator, 'fabrikam/_APIs/WIT/Attachments?FILENAME=x.txt', {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: 'x',
    });
    expect(response.status).toBe(201);
  });

  test.each(['image/png', 'application/json', 'multipart/form-data'])(
    'refuses the content type %s',
    async (type) => {
      const init = { method: 'POST', headers: { 'Content-Type': type }, body: 'x' };
      const response = await send(emulator, '_apis/wit/attachments?fileName=x.png', init);
      expect(response.status).toBe(400);
      expect((await refusal(response)).typeKey).toBe('VssRequestContentTypeNotSupportedException');
    },
  );

  test('refuses a file above the limit, names the limit and stores nothing', async () => {
    const before = emulator.store.attachments.all.length;
    const response = await sendUpload(emulator, new Uint8Array(60 * 2 ** 20 + 1));
    expect(response.status).toBe(400);
    expect((await refusal(response)).message).toMatch(/^TF237082: .*\(60\.000 MB\(s\)\)/);
    expect(emulator.store.attachments.all).toHaveLength(before);
  });

  test('does not keep 64 MiB in memory', async () => {
    emulator.store.assumptions.largestFile = 'any';
    const block = new Uint8Array(64 * 1024).fill(7);
    let blocks = 1024;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (blocks-- > 0) controller.enqueue(block);
        else controller.close();
      },
    });
    const before = process.memoryUsage.rss();
    let peak = before;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5);
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body,
      duplex: 'half',
    };
    const response = await send(emulator, '_apis/wit/attachments?fileName=big.bin', init);
    clearInterval(timer);
    const { id } = (await response.json()) as Reference;
    expect(emulator.store.attachment(id)!.bytes).toBe(64 * 2 ** 20);
    expect(peak - before).toBeLessThan(48 * 2 ** 20);
  });
});

describe('GET attachments', () => {
  test('answers with a file without a name, or as a download', async () => {
    const { url, id } = await upload(emulator, 'hello', 'a.txt');
    for (const address of [`_apis/wit/attachments/${id}`, `${url}&download=true`]) {
      const response = await send(emulator, address);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(await response.text()).toBe('hello');
    }
  });

  test.each([
    ['whole', 200, 'hello', null],
    ['part', 206, 'el', 'bytes 1-2/5'],
    ['refused', 200, 'hello', null],
  ] as const)('answers Range by the assumption: %s', async (assumed, status, text, range) => {
    emulator.store.assumptions.downloadRange = assumed;
    const { id } = await upload(emulator, 'hello', 'a.txt');
    const path = `_apis/wit/attachments/${id}`;
    const response = await send(emulator, path, { headers: { Range: 'bytes=1-2' } });
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
      ...[status, text, range],
    ]);
    const preflight = await fetch(`${emulator.restBaseUrl}${path}`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://example.com',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization,content-range,range',
      },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      assumed === 'refused' ? 'authorization,content-range' : 'authorization,content-range,range',
    );
  });

  test('answers 404 for an unknown id and 400 for the integer id of the relation', async () => {
    const unknown = await send(emulator, '_apis/wit/attachments/00000000-0000-4000-8000-000000000000');
    expect(unknown.status).toBe(404);
    expect((await refusal(unknown)).typeKey).toBe('FileIdNotFoundException');
    expect((await send(emulator, '_apis/wit/attachments/65001')).status).toBe(400);
  });
});

describe('PUT attachments', () => {
  const put = (id: string, range: string, body: string) => putChunk(emulator, id, range, body);

  test('completes an upload with its last byte', async () => {
    const { id, url } = await register(emulator);
    expect((await put(id, '0-4/11', 'hello')).status).toBe(200);
    expect(emulator.store.attachment(id)).toBeUndefined();
    expect((await patch(emulator, 7, [attach(url)])).status).toBe(400);
    expect((await put(id, '5-10/11', ' world')).status).toBe(200);

    const sha256 = createHash('sha256').update('hello world').digest('hex');
    expect(emulator.store.attachment(id)).toMatchObject({ fileName: 'big.bin', bytes: 11, sha256 });
    expect(await (await send(emulator, url)).text()).toBe('hello world');
  });

  test.each([
    ['a gap', '6-10/11', 'world'],
    ['a repeated chunk', '0-4/11', 'hello'],
    ['another total', '5-9/12', 'world'],
    ['fewer bytes than the range says', '5-10/11', 'wor'],
    ['more bytes than the range says', '5-6/11', 'world'],
    ['an open total', '5-10/*', ' world'],
  ])('refuses %s and does not change the upload', async (_name, range, body) => {
    const { id } = await register(emulator);
    await put(id, '0-4/11', 'hello');
    const response = await put(id, range, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      count: 1,
      value: { Message: expect.any(String) as string },
    });
    await put(id, '5-10/11', ' world');
    expect(emulator.store.attachment(id)?.bytes).toBe(11);
  });

  test('requires a content type for an empty body', async () => {
    const response = await send(emulator, '_apis/wit/attachments?uploadType=chunked', { method: 'POST' });
    expect(response.status).toBe(400);
  });
});
