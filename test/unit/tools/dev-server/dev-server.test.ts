import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { createDevServer } from '../../../../tools/dev-server/dev-server';
import { createCertificate } from '../../../helpers/certificate';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const certificate = createCertificate(1);
let folder: string;
let server: FastifyInstance;
let port: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stapler-dev-server-'));
  await writeFile(join(folder, 'page.html'), '<p>A page');
  await writeFile(join(folder, 'secret.txt'), 'not for others');
  const manifest = {
    ...{ id: 'stapler', publisher: 'fabrikam', version: '1.0.0', contributions: [] },
    files: [{ path: 'page.html', packagePath: 'dist/page.html', addressable: true }, { path: 'secret.txt' }],
  };
  server = await createDevServer(folder, manifest, certificate);
  ({ port } = new URL(await server.listen({ port: 0, host: 'localhost' })));
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Sends a request like a browser that trusts only the certificate. */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const asked = request({ ...options, host: 'localhost', port, path, ca: certificate.cert, agent: false });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      const { statusCode: status = 0, headers } = answer;
      text(answer).then((body) => resolve({ status, headers, body }), reject);
    });
    asked.end();
  });
}

test('the server serves a page at its address in the package, without caching', async () => {
  const { status, headers, body } = await ask('/dist/page.html');
  expect([status, body]).toEqual([200, '<p>A page']);
  expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
});

test('the server confirms an accepted certificate', async () => {
  expect(await ask('/')).toMatchObject({ status: 200, body: expect.stringContaining('accepts') as string });
});

test.each(['/secret.txt', '/page.html', '/dist/../secret.txt', '/dist/%2e%2e/secret.txt', '/dist/other.js'])(
  'the server does not serve %s',
  async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body).not.toContain('not for others');
  },
);

test('the server allows private network requests in a preflight', async () => {
  const { status, headers } = await ask('/dist/page.html', {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://dev.azure.com',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Private-Network': 'true',
    },
  });
  expect(status).toBe(204);
  expect(headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-private-network': 'true',
  });
});
