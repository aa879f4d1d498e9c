import { X509Certificate } from 'node:crypto';
import { createCertificate } from '../../bench/server/certificate';
import { startRestServer } from '../../bench/server/rest-server';
import type { RestServer } from '../../bench/server/rest-server';
import { verify } from '../../bench/server/verify';
import type { Connection } from '../../bench/workloads';

const LOOPBACK: Connection = { latencyMs: 0, bytesPerSecond: undefined, http2: false };

let server: RestServer | undefined;

async function start(connection = LOOPBACK): Promise<RestServer> {
  server = await startRestServer(connection, createCertificate());
  return server;
}

afterEach(() => server?.close());

async function upload(baseUrl: string, bytes: number): Promise<string> {
  const url = `${baseUrl}_apis/wit/attachments?fileName=a&uploadType=simple`;
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(bytes) });
  return ((await answer.json()) as { url: string }).url;
}

function link(baseUrl: string, workItemId: number, name: string, url: string): Promise<Response> {
  const value = { rel: 'AttachedFile', url, attributes: { name } };
  return fetch(`${baseUrl}_apis/wit/workitems/${workItemId}?$expand=relations`, {
    method: 'PATCH',
    body: JSON.stringify([{ op: 'add', path: '/relations/-', value }]),
  });
}

test('the certificate is its own issuer and good today', () => {
  const { cert } = createCertificate();
  const read = new X509Certificate(cert);
  expect(read.subject).toBe('CN=127.0.0.1');
  expect(read.verify(read.publicKey)).toBe(true);
  expect(Date.parse(read.validTo)).toBeGreaterThan(Date.now());
});

test('what arrived whole and is linked once passes', async () => {
  const { baseUrl, tally, workItems } = await start();
  const answer = await link(baseUrl, 7, 'a', await upload(baseUrl, 5));
  expect(await answer.json()).toMatchObject({ id: 7, rev: 2, relations: [{ attributes: { name: 'a' } }] });
  expect(() => verify(server!, [{ workItemId: 7, names: ['a'], bytesEach: 5 }])).not.toThrow();
  expect(tally).toMatchObject({ requests: 2, preflights: 0 });
  expect(workItems.collisions).toBe(0);
});

test('a missing, short or doubled file is named', async () => {
  const { baseUrl } = await start();
  const url = await upload(baseUrl, 4);
  await link(baseUrl, 7, 'a', url);
  await link(baseUrl, 7, 'b', url);
  expect(() => verify(server!, [{ workItemId: 7, names: ['a'], bytesEach: 4 }])).toThrow(
    /2 of 1 files.*b is linked twice/,
  );
  expect(() => verify(server!, [{ workItemId: 7, names: ['a', 'b'], bytesEach: 5 }])).toThrow(
    /a has 4 bytes/,
  );
  expect(() => verify(server!, [{ workItemId: 8, names: ['a'], bytesEach: 4 }])).toThrow(/0 of 1 files/);
});

test('chunks must follow one another', async () => {
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

test('patches that meet on one work item are counted', async () => {
  const { baseUrl, workItems } = await start({ ...LOOPBACK, latencyMs: 200 });
  const urls = [await upload(baseUrl, 1), await upload(baseUrl, 1), await upload(baseUrl, 1)];
  await Promise.all(urls.map((url, at) => link(baseUrl, at === 2 ? 8 : 7, 'a', url)));
  expect(workItems.collisions).toBe(1);
});

test('a request that nobody should send fails the run', async () => {
  const { baseUrl, refusals } = await start();
  await fetch(`${baseUrl}_apis/wit/queries`);
  expect(() => verify(server!, [])).toThrow(/refused/);
  expect(refusals).toEqual([expect.stringContaining('GET _apis/wit/queries')]);
});

test('the line holds the sender back to its speed', async () => {
  const { baseUrl } = await start({ ...LOOPBACK, bytesPerSecond: 2_000_000 });
  const began = performance.now();
  await upload(baseUrl, 200_000);
  expect(performance.now() - began).toBeGreaterThan(90);
});
