import { hangPictures } from '../../../../tools/bench/server/pictures';
import { createCertificate } from '../../../helpers/certificate';
import { startRestServer } from '../../../../tools/bench/server/rest-server';
import type { RestServer } from '../../../../tools/bench/server/rest-server';
import { verify } from '../../../../tools/bench/server/verify';
import { verifyRead } from '../../../../tools/bench/server/verify-read';
import type { Connection } from '../../../../tools/bench/workloads';

const LOOPBACK: Connection = { latencyMs: 0, bytesPerSecond: undefined, http2: false };

let server: RestServer | undefined;

async function start(connection = LOOPBACK): Promise<RestServer> {
  server = await startRestServer(connection, createCertificate(1));
  return server;
}

afterEach(() => server?.close());

async function upload(baseUrl: string, bytes: number): Promise<string> {
  const url = `${baseUrl}_apis/wit/attachments?fileName=a&uploadType=simple`;
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(bytes) });
  return ((await answer.json()) as { url: string }).url;
}

function link(baseUrl: string, workItemId: number, name: string, url: string): Promise<Response> {
  return fetch(`${baseUrl}_apis/wit/workitems/${workItemId}?$expand=relations`, {
    method: 'PATCH',
    body: JSON.stringify([attach(name, url)]),
  });
}

test('verify accepts complete files with one link', async () => {
  const { baseUrl, tally, workItems } = await start();
  const answer = await link(baseUrl, 7, 'a', await upload(baseUrl, 5));
  expect(await answer.json()).toMatchObject({ id: 7, rev: 2, relations: [{ attributes: { name: 'a' } }] });
  expect(() => verify(server!, [{ workItemId: 7, names: ['a'], bytesEach: 5 }])).not.toThrow();
  expect(tally).toMatchObject({ requests: 2, preflights: 0 });
  expect(workItems.collisions).toBe(0);
});

/** Operation to link an upload. */
function attach(name: string, url: string): object {
  return { op: 'add', path: '/relations/-', value: { rel: 'AttachedFile', url, attributes: { name } } };
}

function sendBatch(
  baseUrl: string,
  ids: readonly number[],
  operations: readonly object[],
): Promise<Response> {
  const requests = ids.map((id) => ({
    method: 'PATCH',
    uri: `/_apis/wit/workitems/${id}?$expand=relations&api-version=5.0`,
    body: operations,
  }));
  return fetch(`${baseUrl}_apis/wit/$batch`, { method: 'PATCH', body: JSON.stringify(requests) });
}

test('the server handles batches and reads of many items, and counts each request by kind', async () => {
  const { baseUrl, tally } = await start();
  const ids = [7, 8, 9];
  const url = await upload(baseUrl, 5);
  const linked = (await (await sendBatch(baseUrl, ids, [attach('a', url)])).json()) as {
    value: { code: number; body: string }[];
  };
  expect(linked.value.map(({ code }) => code)).toEqual([200, 200, 200]);
  expect(linked.value.map(({ body }) => JSON.parse(body) as object)).toMatchObject(
    ids.map((id) => ({ id, rev: 2, relations: [{ attributes: { name: 'a' } }] })),
  );
  const asked = JSON.stringify({ ids, $expand: 'relations' });
  const read = await fetch(`${baseUrl}_apis/wit/workitemsbatch`, { method: 'POST', body: asked });
  expect(await read.json()).toMatchObject({ count: 3, value: ids.map((id) => ({ id, relations: [{}] })) });
  expect(tally).toMatchObject({ requests: 3, uploads: 1, linkCalls: 1, reads: 1 });
});

test('a validated patch changes nothing and counts as a read', async () => {
  const { baseUrl, tally, workItems } = await start();
  const answer = await fetch(`${baseUrl}_apis/wit/workitems/7?validateOnly=true`, {
    method: 'PATCH',
    body: JSON.stringify([{ op: 'test', path: '/rev', value: 1 }]),
  });
  expect(await answer.json()).toMatchObject({ id: 7, rev: 1 });
  expect(workItems.linkedTo(7)).toEqual([]);
  expect(tally).toMatchObject({ linkCalls: 0, reads: 1 });
});

test('verify accepts one upload linked once to each of many items', async () => {
  const { baseUrl } = await start();
  const url = await upload(baseUrl, 5);
  const expected = [7, 8].map((workItemId) => ({ workItemId, names: ['a'], bytesEach: 5 }));
  await sendBatch(baseUrl, [7, 8], [attach('a', url)]);
  expect(() => verify(server!, expected, 2)).not.toThrow();
  expect(() => verify(server!, expected)).toThrow(/linked 2 times in place of 1/);
  await link(baseUrl, 8, 'b', url);
  const more = [expected[0]!, { ...expected[1]!, names: ['a', 'b'] }];
  expect(() => verify(server!, more, 3)).toThrow(/Work item 8 has the same file twice/);
});

test('verify refuses one upload per item for a shared file', async () => {
  const { baseUrl } = await start();
  for (const id of [7, 8]) await link(baseUrl, id, 'a', await upload(baseUrl, 5));
  const expected = [7, 8].map((workItemId) => ({ workItemId, names: ['a'], bytesEach: 5 }));
  expect(() => verify(server!, expected, 2)).toThrow(/linked 1 times in place of 2/);
});

test('verify names a missing, short or duplicate file', async () => {
  const { baseUrl } = await start();
  const url = await upload(baseUrl, 4);
  await link(baseUrl, 7, 'a', url);
  await link(baseUrl, 7, 'b', url);
  expect(() => verify(server!, [{ workItemId: 7, names: ['a'], bytesEach: 4 }])).toThrow(
    /2 of 1 files.*Work item 7 has the same file twice/,
  );
  expect(() => verify(server!, [{ workItemId: 7, names: ['a', 'b'], bytesEach: 5 }])).toThrow(
    /a has 4 bytes/,
  );
  expect(() => verify(server!, [{ workItemId: 8, names: ['a'], bytesEach: 4 }])).toThrow(/0 of 1 files/);
});

test('the server requires consecutive chunks', async () => {
  const { baseUrl, attachments } = await start();
  const opened = await fetch(`${baseUrl}_apis/wit/attachments?fileName=a&uploadType=chunked`, {
    method: 'POST',
  });
  const { id } = (await opened.json()) as { id: string };
  const put = (range: string, bytes: number): Promise<Response> =>
    fetch(`${baseUrl}_apis/wit/attachments/${id}`, {
      method: 'PUT',
      headers: { 'Content-Range': `bytes ${range}` },
      body: new Uint8Array(bytes),
    });
  expect((await put('0-3/6', 4)).status).toBe(200);
  expect((await put('5-5/6', 1)).status).toBe(409);
  expect((await put('4-5/6', 2)).status).toBe(200);
  expect(attachments.bytesOf(id)).toBe(6);
});

test('the server counts concurrent patches of a work item', async () => {
  const { baseUrl, workItems } = await start({ ...LOOPBACK, latencyMs: 200 });
  const urls = [await upload(baseUrl, 1), await upload(baseUrl, 1), await upload(baseUrl, 1)];
  await Promise.all(urls.map((url, at) => link(baseUrl, at === 2 ? 8 : 7, 'a', url)));
  expect(workItems.collisions).toBe(1);
  const operations = [attach('b', urls[0]!)];
  await Promise.all([sendBatch(baseUrl, [1, 2, 3], operations), sendBatch(baseUrl, [2, 3, 4], operations)]);
  expect(workItems.collisions).toBe(3);
  await link(baseUrl, 7, 'c', urls[0]!);
  await sendBatch(baseUrl, [1, 2], operations);
  expect(workItems.collisions).toBe(3);
});

test('an unexpected request fails the run', async () => {
  const { baseUrl, refusals } = await start();
  await fetch(`${baseUrl}_apis/wit/queries`);
  expect(() => verify(server!, [])).toThrow(/refused/);
  expect(refusals).toEqual([expect.stringContaining('GET _apis/wit/queries')]);
});

test('the line throttles the sender', async () => {
  const { baseUrl } = await start({ ...LOOPBACK, bytesPerSecond: 2_000_000 });
  const began = performance.now();
  await upload(baseUrl, 200_000);
  expect(performance.now() - began).toBeGreaterThan(90);
});

/** The pictures on work item 7, each read so many times. */
async function readPictures(baseUrl: string, times: number): Promise<Buffer[]> {
  const item = (await (await fetch(`${baseUrl}_apis/wit/workitems/7?$expand=relations`)).json()) as {
    relations: { url: string }[];
  };
  const urls = Array.from({ length: times }, () => item.relations.map(({ url }) => url)).flat();
  return Promise.all(
    urls.map(async (url) => Buffer.from(await (await fetch(`${url}?download=true`)).arrayBuffer())),
  );
}

test.each([20 * 1024, 1024 * 1024])(
  'pictures of %d bytes have that size and different contents',
  async (bytes) => {
    const { baseUrl } = await start();
    hangPictures(server!, 7, { files: 3, bytesEach: bytes });
    const pictures = await readPictures(baseUrl, 1);
    expect(pictures.map(({ length }) => length)).toEqual([bytes, bytes, bytes]);
    expect(pictures.every((picture) => picture.toString('latin1', 1, 4) === 'PNG')).toBe(true);
    expect(pictures[0]!.equals(pictures[1]!) || pictures[1]!.equals(pictures[2]!)).toBe(false);
  },
);

test('verifyRead accepts only the expected number of reads', async () => {
  const { baseUrl, tally } = await start();
  hangPictures(server!, 7, { files: 2, bytesEach: 20_000 });
  expect(() => verifyRead(server!, { bytesEach: 20_000, timesEach: 1 })).toThrow(
    /read 0 times in place of 1/,
  );
  const [one] = await readPictures(baseUrl, 1);
  expect(() => verifyRead(server!, { bytesEach: 20_000, timesEach: 1 })).not.toThrow();
  expect(tally).toMatchObject({ reads: 1, downloads: 2, bytesSent: 2 * one!.length });
  await readPictures(baseUrl, 1);
  expect(() => verifyRead(server!, { bytesEach: 20_000, timesEach: 1 })).toThrow(
    /read 2 times in place of 1/,
  );
  expect(() => verifyRead(server!, { bytesEach: 20_000, timesEach: 2 })).not.toThrow();
  expect(() => verifyRead(server!, { bytesEach: 30_000, timesEach: 2 })).toThrow(/80000 bytes/);
});

test('the history of a work item names the user of its attachments', async () => {
  const { baseUrl } = await start();
  hangPictures(server!, 7, { files: 2, bytesEach: 20_000 });
  expect(
    await (await fetch(`${baseUrl}_apis/wit/workitems/7/updates?$top=200&$skip=0`)).json(),
  ).toMatchObject({
    value: [{ revisedBy: { displayName: 'Bench' }, relations: { added: [{}, {}] } }],
  });
});

test('the server refuses reads of unknown bytes', async () => {
  const { baseUrl, refusals } = await start();
  const url = await upload(baseUrl, 5);
  expect((await fetch(url)).status).toBe(404);
  expect(refusals).toHaveLength(1);
});
