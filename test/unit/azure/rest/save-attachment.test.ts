import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from '../../../../src/azure/rest/connection';
import type { NodeHttpStack } from '../../../../src/azure/rest/node-http-stack';
import { createNodeHttpStack } from '../../../../src/azure/rest/node-http-stack';
import type { SaveOptions } from '../../../../src/azure/rest/save-attachment';
import { saveAttachment } from '../../../../src/azure/rest/save-attachment';
import { isCancelled, toProblem } from '../../../../src/base/errors';
import { rejectionOf } from '../../../helpers/deferred';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';
import type { Answer } from '../../../helpers/web-server';
import { closeWebServers, startWebServer } from '../../../helpers/web-server';

const MIB = 1024 * 1024;
const root = createTemporaryFolder();
const REFERENCE = { id: 'a5cedde4-2dd5-4fcf-befe-fd0977dd3433', url: 'https://dev.azure.com/a' };
let stack: NodeHttpStack;
let folders = 0;

beforeEach(() => void (stack = createNodeHttpStack({ version: '1', env: {} })));

afterEach(async () => {
  await stack.close();
  closeWebServers();
});

/** Starts a server, and an empty folder for `saved.bin`. */
async function begin(answer: Answer) {
  const { url, requests } = await startWebServer('http', answer);
  const folder = join(root, String(++folders));
  mkdirSync(folder);
  const connection = createConnection({
    stack,
    getToken: () => Promise.resolve('secret'),
    getBaseUrl: () => Promise.resolve(`${url}/fabrikam`),
  });
  const path = join(folder, 'saved.bin');
  const save = (options: Partial<SaveOptions> = {}) =>
    saveAttachment(connection, REFERENCE, path, { signal: new AbortController().signal, ...options });
  return { save, path, folder, requests };
}

const CONTENT = Buffer.alloc(3 * MIB + 1, 'stapler');

/** Sends `content` with this type. */
function sending(content: Buffer | string, type = 'application/octet-stream'): Answer {
  return (_, response) => {
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(content) });
    response.end(content);
  };
}

describe('saveAttachment', () => {
  it('saves the bytes, and returns size and hash', async () => {
    const { save, path, folder, requests } = await begin(sending(CONTENT));
    const read: number[] = [];
    const saved = await save({ expectedBytes: CONTENT.length, onProgress: (bytes) => read.push(bytes) });
    expect(saved).toEqual({
      size: CONTENT.length,
      sha256: createHash('sha256').update(CONTENT).digest('hex'),
    });
    expect(Buffer.compare(readFileSync(path), CONTENT)).toBe(0);
    expect(readdirSync(folder)).toEqual(['saved.bin']);
    expect(read.at(-1)).toBe(CONTENT.length);
    expect(requests).toEqual([
      `GET 1.1 /fabrikam/_apis/wit/attachments/${REFERENCE.id}?download=true&api-version=7.1`,
    ]);
  });

  it('saves an empty file', async () => {
    const { save, path } = await begin(sending(''));
    expect((await save({ expectedBytes: 0 })).size).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('saves bytes of an unknown size', async () => {
    const { save } = await begin(sending(CONTENT));
    expect((await save()).size).toBe(CONTENT.length);
  });

  it('saves an attached HTML file of the expected size', async () => {
    const page = '<html>Sign in</html>';
    const { save, path } = await begin(sending(page, 'text/html'));
    await save({ expectedBytes: page.length });
    expect(readFileSync(path, 'utf8')).toBe(page);
  });

  it.each([
    ['a sign-in page', sending('<html>Sign in to your account</html>', 'text/html'), {}, 'signed-out'],
    [
      'a sign-in page of another size',
      sending('<html>_signin</html>', 'text/html'),
      { expectedBytes: 5 },
      'signed-out',
    ],
    ['the page of a proxy', sending('<html>Blocked</html>', 'text/html'), {}, 'unexpected-answer'],
    ['fewer bytes than expected', sending('abc'), { expectedBytes: 4 }, 'unexpected-answer'],
    ['more bytes than expected', sending('abc'), { expectedBytes: 2 }, 'unexpected-answer'],
    [
      'a refusal',
      (_: unknown, response: Parameters<Answer>[1]) => void response.writeHead(404).end(),
      {},
      'refused',
    ],
    [
      'the sign-in page with status 203',
      (_: unknown, response: Parameters<Answer>[1]) => void response.writeHead(203).end('<html>'),
      {},
      'signed-out',
    ],
    [
      'a connection that breaks',
      (_: unknown, response: Parameters<Answer>[1]) => {
        response.writeHead(200, { 'Content-Length': 100 });
        response.write('abc', () => response.socket?.destroy());
      },
      {},
      'network',
    ],
  ] as const)('rejects %s, and keeps an older file', async (_, answer, options, kind) => {
    const { save, path, folder } = await begin(answer);
    writeFileSync(path, 'older');
    expect(toProblem(await rejectionOf(save(options))).kind).toBe(kind);
    expect(readdirSync(folder)).toEqual(['saved.bin']);
    expect(readFileSync(path, 'utf8')).toBe('older');
  });

  it('removes what it has of a canceled download', async () => {
    const { save, folder } = await begin((_, response) => void response.write('some bytes'));
    const abort = new AbortController();
    const error = await rejectionOf(save({ signal: abort.signal, onProgress: () => abort.abort() }));
    expect(isCancelled(error)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces the rest of an interrupted download, and follows no link in its place', async () => {
    const { save, path, folder } = await begin(sending('new'));
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'mine');
    symlinkSync(victim, `${path}.part`);
    await save();
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    expect(readFileSync(path, 'utf8')).toBe('new');
    writeFileSync(`${path}.part`, 'a longer rest of another one');
    await save();
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('rejects with the error of the disk, without a request', async () => {
    const { save, folder, requests } = await begin(sending('new'));
    mkdirSync(join(folder, 'saved.bin.part'));
    writeFileSync(join(folder, 'saved.bin.part', 'x'), '');
    expect((await rejectionOf(save())) as Error).toMatchObject({
      code: expect.stringMatching(/^E/) as string,
    });
    expect(requests).toEqual([]);
    expect(existsSync(join(folder, 'saved.bin.part', 'x'))).toBe(true);
  });
});
