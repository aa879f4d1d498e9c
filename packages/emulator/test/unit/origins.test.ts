import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { connect, isIP } from 'node:net';
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { createCertificate } from '../../../../test/helpers/certificate';
import type {
  Assumptions,
  FaultDescription,
  NetworkConditions,
  RequestRecord,
  EmulatorConfig,
  EmulatorOptions,
  TokenAnswer,
} from '../../src/contract';
import { hostNamesFor, listenAt, probeIPv6, probeSecondIPv4 } from '../../src/origins';
import type { Emulator } from '../../src/running-emulator';
import { attach, patch, refusal, send, start, upload } from './client';

const manifest = {
  id: 'probe',
  publisher: 'fabrikam',
  version: '1.2.3',
  files: [{ path: 'dist', addressable: true }, { path: 'secret' }],
  contributions: [
    { id: 'form-group', type: 'ms.vss-work-web.work-item-form-group', properties: { uri: 'dist/page.html' } },
  ],
};

/** Creates an extension, so the tests do not depend on a build. */
function makeExtension(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stapler-extension-'));
  for (const name of ['dist', 'secret', 'out/emulator']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'vss-extension.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'dist/page.html'), '<p>page</p>');
  writeFileSync(join(folder, 'secret/key.txt'), 'secret');
  writeFileSync(join(folder, 'out/emulator/host.html'), '<p>host</p>');
  writeFileSync(join(folder, 'out/emulator/host.js'), '0;');
  return folder;
}

let folder: string;
let emulator: Emulator;

beforeAll(async () => {
  folder = makeExtension();
  emulator = await start({
    extensionFolder: folder,
    hostFolder: join(folder, 'out/emulator'),
    mode: 'server',
  });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const control = (path: string, init?: RequestInit) =>
  fetch(new URL(`/control/${path}`, emulator.hostUrl), init);

function put(conditions: unknown, path = 'network'): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return control(path, { method: 'PUT', headers, body: JSON.stringify(conditions) });
}

describe('the assets origin', () => {
  test('serves addressable files without CORS headers', async () => {
    const response = await fetch(`${emulator.assetsBaseUrl}dist/page.html`);
    expect(await response.text()).toBe('<p>page</p>');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['secret/key.txt', 'vss-extension.json', 'dist/Page.html', 'dist/../secret/key.txt', 'dist/'])(
    'does not serve %s',
    async (path) => {
      expect((await fetch(emulator.assetsBaseUrl + path)).ok).toBe(false);
    },
  );
});

describe('the host origin', () => {
  test.each(['', 'fabrikam/Fabrikam/_workitems/edit/7'])('serves the host page at /%s', async (path) => {
    expect(await (await fetch(emulator.hostUrl + path)).text()).toBe('<p>host</p>');
    const script = await fetch(new URL('host.js', emulator.hostUrl + path));
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  test('answers 404 for unknown paths', async () => {
    expect((await fetch(`${emulator.hostUrl}nothing`)).status).toBe(404);
    expect((await fetch(`${emulator.hostUrl}host.css`)).status).toBe(404);
  });
});

describe('control', () => {
  test('returns the configuration', async () => {
    expect((await (await control('config')).json()) as EmulatorConfig).toMatchObject({
      mode: 'server',
      isSandboxed: true,
      restBaseUrl: emulator.restBaseUrl,
      assetsBaseUrl: emulator.assetsBaseUrl,
      organization: { name: 'DefaultCollection' },
      workItemIds: [7, 8, 9, 12, 15, 21, 30, 31, 32],
      readOnlyWorkItemIds: [21],
      extension: {
        publisherId: 'fabrikam',
        extensionId: 'probe',
        version: '1.2.3',
        contributions: [{ targets: [] }],
      },
    });
  });

  test('issues tokens for the REST origin', async () => {
    const { token } = (await (await control('token', { method: 'POST' })).json()) as TokenAnswer;
    const headers = { Authorization: `Bearer ${token}` };
    expect(
      (await fetch(`${emulator.restBaseUrl}_apis/wit/workitems/7?api-version=6.0`, { headers })).status,
    ).toBe(200);
  });

  test('changes the network and refuses an unknown fault', async () => {
    const conditions: NetworkConditions = {
      latencyMs: 1,
      bytesPerSecond: 1_000_000,
      faults: [{ name: 'status-503', remaining: 2, at: 'middle-chunk' }],
      trouble: { rate: 0, seed: 7, faults: ['stalled'] },
    };
    expect(await (await put(conditions)).json()).toEqual(conditions);
    expect(await (await control('network')).json()).toEqual(conditions);
    expect((await put({ faults: [{ name: 'no-such-fault', remaining: 1 }] })).status).toBe(400);
    expect((await put({ faults: [{ name: 'stalled', remaining: 1, at: 'chunk' }] })).status).toBe(400);
    expect(emulator.network).toEqual(conditions);
  });

  test('lists the faults', async () => {
    const faults = (await (await control('faults')).json()) as FaultDescription[];
    expect(faults).toContainEqual({
      name: 'not-json',
      description: expect.any(String) as string,
      operations: ['read'],
    });
  });

  test('changes assumptions and refuses unknown ones', async () => {
    const assumed = (await (await control('assumptions')).json()) as Assumptions;
    expect(assumed).toEqual({
      repeatedChunk: 'refuse',
      unnamedUpload: 'accept',
      nameInRelation: 'kept',
      nameChange: 'made',
      contentRangeInPreflight: 'allowed',
      relationUrlTest: 'allow',
      retryAfterReadable: false,
      batchFromExtension: 'taken',
      batchFailure: 'independent',
      expiredSignIn: 'redirected',
      uploadWithoutProject: 'accepted',
      downloadRange: 'whole',
      largestFile: '60 MB',
      textFormats: 'from 7.2',
      relinkStopsPurge: 'no',
      secondLinkStopsPurge: 'yes',
      inlineAloneIsPurged: 'no',
      filesMoveChangedDate: 'yes',
      topOfManyResults: 'cut',
      fileCountInQueries: 'at once',
      extensionDataByToken: 'read',
    });
    const changed = { ...assumed, repeatedChunk: 'accept', retryAfterReadable: true };
    const change = { repeatedChunk: 'accept', retryAfterReadable: true };
    expect(await (await put(change, 'assumptions')).json()).toEqual(changed);
    for (const wrong of [{ repeatedChunk: 'refuse', unnamedUpload: 'perhaps' }, { colour: 'refuse' }]) {
      expect((await put(wrong, 'assumptions')).status).toBe(400);
    }
    expect(emulator.store.assumptions).toEqual(changed);
    await emulator.reset();
    expect(emulator.store.assumptions).toEqual(assumed);
  });

  test('streams the requests, starting with past ones', async () => {
    await send(emulator, '_apis/wit/workitems/7');
    const response = await control('requests');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const readUntil = async (end: string) => {
      while (!text.includes(end)) text += (await reader.read()).value ?? '';
    };
    await readUntil('workitems/7');
    await send(emulator, '_apis/wit/workitems/8');
    await readUntil('workitems/8');
    await reader.cancel();
    const first = JSON.parse(/^event: request\ndata: (.+)\n/.exec(text)![1]!) as RequestRecord;
    expect(first).toMatchObject({ method: 'GET', url: expect.stringContaining('workitems/7') as string });
  });

  test('resets the emulator', async () => {
    const { id, url } = await upload(emulator, 'x');
    await patch(emulator, 7, [attach(url)]);
    emulator.setNetwork({ latencyMs: 5 });
    expect((await control('reset', { method: 'POST' })).status).toBe(204);
    expect(emulator.store.workItem(7).rev).toBe(1);
    expect(emulator.store.attachment(id)).toBeUndefined();
    expect(emulator.network.latencyMs).toBe(0);
    expect(emulator.requests.records).toEqual([]);
  });
});

describe('Server', () => {
  test('has a collection in its address and an older REST version', async () => {
    expect(emulator.restBaseUrl).toMatch(/\/tfs\/DefaultCollection\/$/);
    const response = await send(emulator, '_apis/wit/workitems/7', { version: '7.1' });
    expect((await refusal(response)).typeKey).toBe('VssVersionOutOfRangeException');
  });

  test('answers a second link to one attachment with 409', async () => {
    const { url } = await upload(emulator, 'x');
    await patch(emulator, 7, [attach(url)]);
    const response = await patch(emulator, 7, [attach(url)]);
    expect(response.status).toBe(409);
    expect((await refusal(response)).typeKey).toBe('RelationAlreadyExistsException');
  });
});

describe('frames of Server', () => {
  /** Starts an emulator and reads its configuration. */
  async function open(options: Partial<EmulatorOptions>) {
    const other = await start({ extensionFolder: folder, ...options });
    const origins = [other.hostUrl, other.restBaseUrl, other.assetsBaseUrl].map((url) => new URL(url));
    const answer = await fetch(`http://127.0.0.1:${origins[0]?.port}/control/config`);
    return { other, origins, config: (await answer.json()) as EmulatorConfig };
  }

  test('are not sandboxed on Services, whatever the option says', async () => {
    const { other, config } = await open({ mode: 'services', serverFrames: 'sandboxed' });
    expect(config.isSandboxed).toBe(false);
    await other.close();
  });

  test('share the origin of the REST service if they come from another origin', async () => {
    const { other, origins, config } = await open({ mode: 'server', serverFrames: 'other-origin' });
    expect(config.isSandboxed).toBe(false);
    const [page, rest, assets] = origins.map(({ origin }) => origin);
    expect(assets).toBe(rest);
    expect(origins.map(({ hostname }) => hostname)).toEqual(['127.0.0.1', 'localhost', 'localhost']);
    expect(page).not.toBe(rest);
    expect(await (await fetch(`${other.assetsBaseUrl}dist/page.html`)).text()).toBe('<p>page</p>');
    expect((await fetch(`${other.assetsBaseUrl}secret/key.txt`)).status).toBe(404);
    expect(other.requests.records).toEqual([]);
    expect((await send(other, '_apis/wit/workitems/7')).status).toBe(200);
    await other.close();
  });

  test('have origins of their own, at a name that is no secure context, over plain HTTP', async () => {
    const { other, origins, config } = await open({ mode: 'server', serverFrames: 'plain-http' });
    expect(config.isSandboxed).toBe(false);
    expect(origins.map(({ protocol, hostname }) => protocol + hostname)).toEqual(
      Array(3).fill('http:devops.test'),
    );
    expect(new Set(origins.map(({ port }) => port)).size).toBe(3);
    await other.close();
  });
});

describe('sites of Services', () => {
  /** Starts an emulator and returns its origins. */
  async function open(options: Partial<EmulatorOptions>) {
    const other = await start({ extensionFolder: folder, ...options });
    const urls = [other.hostUrl, other.restBaseUrl, other.assetsBaseUrl].map((url) => new URL(url));
    return { other, names: urls.map(({ hostname }) => hostname), assetsPort: urls[2]!.port };
  }

  /** Reads a page of the extension at an address, as a browser does after it has resolved the name. */
  async function readAt(address: string, port: string, path: string): Promise<string> {
    return (await fetch(`http://${address}:${port}${path}`)).text();
  }

  test('are three, which answer under their names and at each address of localhost', async () => {
    const { other, names, assetsPort } = await open({});
    const hasIPv6 = await probeIPv6();
    expect(names).toEqual(['127.0.0.1', (await probeSecondIPv4()) ? '127.0.0.2' : '[::1]', 'localhost']);
    const { pathname } = new URL(`${other.assetsBaseUrl}dist/page.html`);
    for (const address of ['127.0.0.1', 'localhost', ...(hasIPv6 ? ['[::1]'] : [])])
      expect(await readAt(address, assetsPort, pathname)).toBe('<p>page</p>');
    expect((await send(other, '_apis/wit/workitems/7')).status).toBe(200);
    await other.close();
    await expect(readAt('127.0.0.1', assetsPort, pathname)).rejects.toThrow();
    if (hasIPv6) await expect(readAt('[::1]', assetsPort, pathname)).rejects.toThrow();
  });

  test('are three without IPv6', async () => {
    const { other, names } = await open({ hasIPv6: false });
    expect(new Set(names).size).toBe(3);
    expect((await send(other, '_apis/wit/workitems/7')).status).toBe(200);
    await other.close();
  });

  test('are three where 127.0.0.2 is missing, as on macOS', () => {
    const names = hostNamesFor({ frames: undefined, sites: 'cross-site', hasSecondIPv4: false });
    expect(names).toEqual({ page: '127.0.0.1', rest: '[::1]', assets: 'localhost' });
  });

  test('are one with the option same-site', async () => {
    const { other, names } = await open({ sites: 'same-site' });
    expect(names).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
    await other.close();
  });

  test('do not change the sandboxed frames of Server', async () => {
    const { other, names } = await open({ mode: 'server', sites: 'cross-site' });
    expect(names).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
    await other.close();
  });

  test.each([true, false])('serve https at each address of their names (IPv6: %s)', async (hasIPv6) => {
    if (hasIPv6 && !(await probeIPv6())) return;
    const certificate = createCertificate(1);
    const { other, names } = await open({ certificate, hasIPv6 });
    const read = new X509Certificate(certificate.cert);
    for (const name of names.map((one) => one.replace(/[[\]]/g, '')))
      expect(isIP(name) ? read.checkIP(name) : read.checkHost(name)).toBe(name);
    const { port } = new URL(other.assetsBaseUrl);
    for (const host of ['127.0.0.1', ...(hasIPv6 ? ['::1'] : [])]) {
      const request = get({ host, port, path: '/nothing', ca: certificate.cert, agent: false });
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(response.statusCode).toBe(404);
      response.resume();
    }
    await other.close();
  });

  test.each([true, false])('close connections that never begin TLS (IPv6: %s)', async (hasIPv6) => {
    if (hasIPv6 && !(await probeIPv6())) return;
    const { other } = await open({ certificate: createCertificate(1), hasIPv6 });
    const port = Number(new URL(other.assetsBaseUrl).port);
    const socket = connect({ host: hasIPv6 ? '::1' : '127.0.0.1', port });
    // A destroyed connection is an end to some systems, and a reset to others.
    const ended = new Promise((resolve) => socket.once('close', resolve).on('error', () => undefined));
    await once(socket, 'connect');
    await other.close();
    await ended;
  });

  test('refuse a requested port that is taken', async () => {
    const { other, assetsPort } = await open({});
    const taken = start({ extensionFolder: folder, assetsPort: Number(assetsPort) });
    await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await other.close();
  });
});

describe('listenAt', () => {
  test('chooses another port if the first one is taken at one address of localhost', async () => {
    if (!(await probeIPv6())) return;
    const app = fastify();
    const ports: unknown[] = [];
    // Its signature has a callback, too.
    const it = app as { listen: (options: { port: number }) => Promise<string> };
    const listen = it.listen.bind(app);
    it.listen = ({ port, ...others }) => {
      ports.push(port);
      if (ports.length === 1) return Promise.reject(new Error('EADDRINUSE'));
      return listen({ port, ...others });
    };
    const { origin, close } = await listenAt(app, 'localhost', 0, true);
    expect(ports).toHaveLength(2);
    expect(origin).toBe(`http://localhost:${String(ports[1])}`);
    await Promise.all([app.close(), close()]);
  });
});

test('close removes the attachments, and works without a built page', async () => {
  rmSync(join(folder, 'out'), { recursive: true });
  const other = await start({ extensionFolder: folder, hostFolder: join(folder, 'out/emulator') });
  expect((await fetch(other.hostUrl)).status).toBe(404);
  const { path } = other.store.attachments.all[0]!;
  expect(existsSync(path)).toBe(true);
  await other.close();
  expect(existsSync(path)).toBe(false);
});
