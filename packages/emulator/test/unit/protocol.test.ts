import type { Emulator } from '../../src/running-emulator';
import { refusal, send, sendUpload, start, upload } from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start({ tokenLifetimeMs: 60_000 })));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('tokens', () => {
  test('are required: without one, the answer is the sign-in page with CORS headers', async () => {
    const response = await fetch(`${emulator.restBaseUrl}_apis/wit/workitems/7`);
    expect(response.status).toBe(203);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect((await response.text()).length).toBe(16_384);
  });

  test('that are expired or unknown get 401 without CORS headers', async () => {
    const expired = emulator.issueToken();
    emulator.expireTokens();
    for (const token of [expired, 'nonsense']) {
      const headers = { Authorization: `Bearer ${token}`, 'X-TFS-FedAuthRedirect': 'Suppress' };
      const response = await fetch(`${emulator.restBaseUrl}_apis/wit/workitems/7`, { headers });
      expect(response.status).toBe(401);
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect((await refusal(response)).message).toMatch(/^TF400813/);
    }
  });
});

describe('CORS', () => {
  test('allows requested headers in a preflight without a token', async () => {
    const response = await fetch(`${emulator.restBaseUrl}_apis/wit/attachments?fileName=x`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'null',
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'authorization,content-range,content-type',
      },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('OPTIONS,GET,POST,PATCH,PUT,DELETE');
    expect(response.headers.get('access-control-allow-headers')).toBe(
      'authorization,content-range,content-type',
    );
    expect(response.headers.get('access-control-max-age')).toBe('3600');
  });

  test('exposes only the documented headers', async () => {
    const response = await send(emulator, '_apis/wit/workitems/7');
    expect(response.headers.get('access-control-expose-headers')).toBe(
      'ActivityId,X-TFS-Session,X-MS-ContinuationToken,X-VSS-GlobalMessage,ETag,Request-Context',
    );
    expect(response.headers.get('activityid')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('versions', () => {
  const statusOf = async (path: string, version: string) => (await send(emulator, path, { version })).status;

  test('have previews that differ by resource', async () => {
    const { id } = await upload(emulator, 'x');
    expect(await statusOf('_apis/wit/workitems/7', '7.1')).toBe(200);
    expect(await statusOf('_apis/wit/workitems/7', '5.0-preview.3')).toBe(200);
    expect(await statusOf('_apis/wit/workitems/7', '7.2-preview.3')).toBe(200);
    expect(await statusOf('_apis/wit/workitems/7', '7.2-preview.4')).toBe(400);
    expect(await statusOf(`_apis/wit/attachments/${id}`, '7.2-preview.4')).toBe(200);
  });

  test('above the latest are refused with its name', async () => {
    emulator.store.latestApiVersion = '6.0';
    const response = await send(emulator, '_apis/wit/workitems/7', { version: '7.1' });
    expect(response.status).toBe(400);
    expect(await refusal(response)).toMatchObject({
      typeKey: 'VssVersionOutOfRangeException',
      message:
        'The requested REST API version of 7.1 is out of range for this server. ' +
        'The latest REST API version this server supports is 6.0.',
    });
  });

  test('are required on a write, in the query or in Accept', async () => {
    const url = `${emulator.restBaseUrl}_apis/wit/attachments`;
    const headers = {
      Authorization: `Bearer ${emulator.issueToken()}`,
      'Content-Type': 'application/octet-stream',
    };
    const missing = await fetch(url, { method: 'POST', headers, body: 'x' });
    expect(missing.status).toBe(400);
    expect((await refusal(missing)).typeKey).toBe('VssVersionNotSpecifiedException');
    const accept = { ...headers, Accept: 'application/json;api-version=5.0-preview.3;excludeUrls=true' };
    expect((await fetch(url, { method: 'POST', headers: accept, body: 'x' })).status).toBe(201);
  });

  test('are returned by OPTIONS', async () => {
    const response = await send(emulator, '_apis/wit', { method: 'OPTIONS' });
    const { value } = (await response.json()) as { value: { id: string }[] };
    expect(value.find(({ id }) => id === 'e07b5fa4-1499-494d-a496-64b860fd64ff')).toMatchObject({
      area: 'wit',
      resourceName: 'attachments',
      minVersion: '1.0',
      maxVersion: '7.2',
      releasedVersion: '7.1',
    });
  });
});

describe('an unknown route', () => {
  test('is logged as an error', async () => {
    const loud = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const response = await send(emulator, '_apis/git/repositories');
    expect(response.status).toBe(404);
    expect(loud).toHaveBeenCalledWith(
      expect.stringContaining('[emulator] no such route: GET /fabrikam/_apis/git'),
    );
    loud.mockRestore();
  });
});

describe('the network', () => {
  test('delays each answer by the latency', async () => {
    emulator.setNetwork({ latencyMs: 120 });
    const started = performance.now();
    await send(emulator, '_apis/wit/workitems/7');
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
  });

  test('shares the bandwidth between all uploads', async () => {
    emulator.setNetwork({ bytesPerSecond: 2_000_000 });
    const started = performance.now();
    await Promise.all([1, 2].map(() => sendUpload(emulator, new Uint8Array(300_000))));
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
  });

  test('releases waiting bytes when the cap is removed', async () => {
    emulator.setNetwork({ bytesPerSecond: 10 });
    const arrived = new Promise((resolve) => emulator.requests.subscribe(resolve));
    const uploading = sendUpload(emulator, new Uint8Array(200_000));
    await arrived;
    emulator.setNetwork({ bytesPerSecond: null });
    expect((await uploading).status).toBe(201);
  });
});

describe('the request log', () => {
  test('reports a request twice and hides the token', async () => {
    const seen: [number | null, boolean][] = [];
    const over = new Promise<void>((resolve) => {
      emulator.requests.subscribe(({ status, finished }) => {
        seen.push([status, finished]);
        if (finished) resolve();
      });
    });
    await sendUpload(emulator, 'hello');
    await over;
    expect(seen).toEqual([
      [null, false],
      [201, true],
    ]);
    expect(emulator.requests.records[0]).toMatchObject({
      method: 'POST',
      url: '/fabrikam/_apis/wit/attachments?fileName=notes.txt&api-version=6.0',
      requestBytes: 5,
      requestHeaders: expect.objectContaining({ authorization: 'Bearer …' }) as object,
    });
  });

  test('contains the error', async () => {
    await send(emulator, '_apis/wit/workitems/4711');
    expect(emulator.requests.records[0]?.error).toMatch(/^WorkItemUnauthorizedAccessException: TF401232/);
  });
});
