/** @jest-environment node */
import fc from 'fast-check';
import { findEntries } from '../../../../../src/gallery/viewers/har/find-entries';
import type { HarRequest, RequestLog } from '../../../../../src/gallery/viewers/har/har-log';
import { readHar } from '../../../../../src/gallery/viewers/har/read-har';
import { readRequest } from '../../../../../src/gallery/viewers/har/read-request';
import type { RequestDetails } from '../../../../../src/gallery/viewers/har/request-details';
import { runAtOnce } from '../../../../../src/base/steps';
import { harEntry, harOf, sampleHar } from '../../../../helpers/sample-har';

const context = { signal: new AbortController().signal, isInWorker: true };

async function read(content: string | Uint8Array): Promise<RequestLog> {
  const log = await readHar(
    new Blob([typeof content === 'string' ? content : new Uint8Array(content)]),
    context,
  );
  if (!log) throw new Error('This is no HAR.');
  return log;
}

async function readOne(entry: unknown): Promise<HarRequest> {
  const [request] = (await read(harOf([entry]))).requests;
  if (!request) throw new Error('The request is not listed.');
  return request;
}

async function detailsOf(entry: unknown): Promise<RequestDetails> {
  return readRequest(new Blob([JSON.stringify(entry)]), context);
}

describe('readHar', () => {
  test('summarizes the requests without their bodies', async () => {
    const log = await read(sampleHar());
    expect(log).toMatchObject({ total: 6, damaged: 0, isCut: false, creator: 'WebInspector 537.36' });
    expect(log.requests.map(({ status, group, isFailed }) => [status, group, isFailed])).toEqual([
      [302, 'other', false],
      [200, 'document', false],
      [200, 'script', false],
      [200, 'image', false],
      [500, 'fetch', true],
      [undefined, 'image', true],
    ]);
    expect(JSON.stringify(log)).not.toContain('Bearer');
    expect(log.requests.map(({ hasSecrets }) => hasSecrets)).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(log.requests[5]).toMatchObject({
      error: 'net::ERR_BLOCKED_BY_CLIENT',
      phasesMs: [0, 0, 0, 0, 0, 0, 3],
    });
  });

  test('takes the time of TLS out of that of the connection', async () => {
    const { phasesMs } = await readOne(harEntry('https://a.example/', 0));
    expect(phasesMs).toEqual([5, 10, 10, 20, 1, 40, 14]);
  });

  test('finds each request again by its bytes, after characters of several bytes', async () => {
    const log = await read(harOf([harEntry('https://a.example/ü€😀', 0), harEntry('https://b.example/', 1)]));
    const second = log.requests[1];
    const entry = await log.source.slice(second?.start, second?.end).text();
    expect((JSON.parse(entry) as { request: { url: string } }).request.url).toBe('https://b.example/');
  });

  test.each([
    ['without times', { startedDateTime: undefined, time: undefined, timings: undefined }],
    ['with times of -1', { time: -1, timings: { blocked: -1, dns: -1, connect: -1, send: -1, wait: -1 } }],
    ['with texts in place of numbers', { startedDateTime: 7, time: '12', timings: 'fast' }],
    ['without a response', { response: undefined }],
    ['with null everywhere', { response: null, timings: null, cache: null, startedDateTime: null }],
  ])('keeps a request %s', async (_, more) => {
    const request = await readOne(harEntry('https://a.example/x', 0, more));
    expect(request.url).toBe('https://a.example/x');
    expect(request.durationMs === undefined || request.durationMs >= 0).toBe(true);
  });

  test.each([
    ['2026-03-14T15:09:26.123+01:00', '2026-03-14T14:09:26.123Z'],
    ['2026-03-14T15:09:26.1234567+01:00', '2026-03-14T14:09:26.123Z'],
    ['2026-03-14T14:09:26Z', '2026-03-14T14:09:26.000Z'],
  ])('parses the start %s', async (startedDateTime, utc) => {
    const { startedAt } = await readOne(harEntry('https://a.example/', 0, { startedDateTime }));
    expect(new Date(startedAt ?? 0).toISOString()).toBe(utc);
  });

  test('derives the size from the body, and the group from the type, where the browser wrote neither', async () => {
    const response = {
      ...{ status: 200, headersSize: 100, bodySize: 50 },
      content: { size: 400, mimeType: 'text/css; charset=utf-8' },
    };
    expect(await readOne(harEntry('https://a.example/a.css', 0, { response }))).toMatchObject({
      ...{ bytes: 150, group: 'style', type: 'text/css' },
    });
  });

  test('finds the group in the headers of the request, as in files of Firefox', async () => {
    const request = {
      ...{ method: 'GET', url: 'https://a.example/a' },
      headers: [{ name: 'Sec-Fetch-Dest', value: 'empty' }],
    };
    expect((await readOne(harEntry('', 0, { request }))).group).toBe('fetch');
  });

  test('lists requests with long strings, without parsing these to their ends', async () => {
    const long = 'x'.repeat(5_000);
    const escaped = `${'ü'.repeat(9)}\\"${long}`;
    const entry = (url: string, text: string): unknown =>
      harEntry(url, 0, { response: { status: 200, content: { text } }, comment: escaped });
    const log = await read(
      harOf([entry(`data:text/plain,${long}`, long), entry('https://a.example/', escaped)]),
    );
    expect(log.requests.map(({ url }) => url.length)).toEqual([1_000, 18]);
    const [, second] = log.requests;
    const { received } = await readRequest(log.source.slice(second?.start, second?.end), context);
    expect(received.text?.text).toBe(escaped);
  });

  test('sorts the requests by start', async () => {
    const log = await read(
      harOf([harEntry('https://late.example/', 9), harEntry('https://soon.example/', 1)]),
    );
    expect(log.requests.map(({ url }) => url)).toEqual(['https://soon.example/', 'https://late.example/']);
  });

  test('lists the first 10,000 requests and counts all', async () => {
    const log = await read(harOf(Array.from({ length: 10_003 }, () => harEntry('https://a.example/', 0))));
    expect(log.requests).toHaveLength(10_000);
    expect(log.total).toBe(10_003);
  });

  test('lists the requests before the end of a file that was cut', async () => {
    const text = sampleHar();
    expect(await read(text.slice(0, text.indexOf('"https://cdn.example/logo.png"')))).toMatchObject({
      ...{ total: 3, isCut: true },
    });
  });

  test('counts requests that are no valid JSON, and leaves them out', async () => {
    const log = await read(harOf([harEntry('https://a.example/', 0), 7]).replace('"GET"', 'GET'));
    expect(log).toMatchObject({ total: 2, damaged: 2, requests: [] });
  });

  test('reads UTF-16, and UTF-8 with a byte order mark', async () => {
    expect((await read(Buffer.from(`\ufeff${sampleHar()}`, 'utf16le'))).total).toBe(6);
    expect((await read(`\ufeff${sampleHar()}`)).total).toBe(6);
  });

  test.each([
    '',
    'no JSON',
    '[]',
    '{}',
    '{"log":7}',
    '{"log":{"entries":{}}}',
    '{"entries":[]}',
    '{"log":{"x":{"entries":[]}}}',
  ])('refuses %j', async (text) => {
    expect(await readHar(new Blob([text]), context)).toBeNull();
  });
});

test('findEntries finds the same entries as a parser, in any JSON', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), fc.nat(4), (entries, other, indent) => {
      const text = JSON.stringify({ other, log: { '"}': other, entries, last: other } }, undefined, indent);
      const bytes = new TextEncoder().encode(text);
      const found = runAtOnce(findEntries(bytes, 1_000));
      const parsed = found?.entries.map(
        ({ range: [start, end] }) =>
          JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))) as unknown,
      );
      expect(parsed).toEqual(JSON.parse(JSON.stringify(entries)));
      expect(found?.isCut).toBe(false);
    }),
  );
});

test('findEntries survives any end of a file', () => {
  const bytes = new TextEncoder().encode(sampleHar());
  for (let length = 0; length < bytes.length; length += 7)
    expect(runAtOnce(findEntries(bytes.subarray(0, length), 10))?.isCut ?? true).toBe(true);
});

describe('readRequest', () => {
  test('marks the headers with secrets', async () => {
    const request = {
      url: 'https://a.example/',
      headers: ['Cookie', 'AUTHORIZATION', 'X-Api-Key', 'accept'].map((name) => ({ name, value: 'x' })),
    };
    const { requestHeaders } = await detailsOf({ request });
    expect(requestHeaders.items.map(({ isSecret }) => isSecret)).toEqual([true, true, true, false]);
  });

  test('decodes a body in base64, with line breaks', async () => {
    const text = Buffer.from('\u0000binary')
      .toString('base64')
      .replace(/(.{4})/g, '$1\r\n');
    const content = { mimeType: 'image/png', encoding: 'base64', text };
    const { received } = await detailsOf({ response: { content } });
    expect(await received.content?.text()).toBe('\u0000binary');
    expect(received.text).toBeUndefined();
  });

  test('says that a body in base64 is damaged', async () => {
    const content = { mimeType: 'image/png', encoding: 'base64', text: '***' };
    expect((await detailsOf({ response: { content } })).received).toMatchObject({
      ...{ isDamaged: true, content: undefined },
    });
  });

  test('cuts long texts and lists', async () => {
    const headers = Array.from({ length: 600 }, () => ({ name: 'a', value: 'x'.repeat(30_000) }));
    const details = await detailsOf({ request: { url: `https://${'a'.repeat(200_000)}`, headers } });
    expect(details.url.missing).toBe(100_008);
    expect(details.requestHeaders).toMatchObject({ total: 600 });
    expect(details.requestHeaders.items).toHaveLength(500);
    expect(details.requestHeaders.items[0]?.value.missing).toBe(10_000);
  });

  test('refuses what is no JSON, and on the page what is too large', async () => {
    await expect(readRequest(new Blob(['{']), context)).rejects.toMatchObject({ kind: 'entry-damaged' });
    const large = new Blob(['"', 'x'.repeat(9 * 1024 * 1024), '"']);
    await expect(readRequest(large, { ...context, isInWorker: false })).rejects.toMatchObject({
      kind: 'entry-too-large',
    });
  });

  test('survives any value anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.constantFrom(
          'request',
          'response',
          'timings',
          'postData',
          'headers',
          'content',
          '_webSocketMessages',
        ),
        async (value, key) => {
          const entry = {
            ...{ request: { url: 'https://a.example/', [key]: value }, response: { [key]: value } },
            [key]: value,
          };
          await expect(detailsOf(entry)).resolves.toBeDefined();
          await expect(readHar(new Blob([harOf([entry])]), context)).resolves.toBeDefined();
        },
      ),
    );
  });
});
