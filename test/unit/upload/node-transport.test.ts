import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Emulator } from 'azure-devops-emulator';
import { startEmulator } from 'azure-devops-emulator';
import type { NodeHttpStack } from '../../../src/azure/rest/node-http-stack';
import { createNodeHttpStack } from '../../../src/azure/rest/node-http-stack';
import { watchRateBudget } from '../../../src/azure/rest/rate-budget';
import { saveAttachment } from '../../../src/azure/rest/save-attachment';
import { allowedHosts, guardToken } from '../../../src/azure/rest/token-guard';
import { createNodeRuntime } from '../../../src/base/node-runtime';
import { createFrameServices } from '../../../src/upload/frame-services';
import { openDiskFile } from '../../../src/upload/intake/disk-file';
import { createUploadTransport } from '../../../src/upload/upload-transport';
import { createCertificate } from '../../helpers/certificate';
import { createTemporaryFolder } from '../../helpers/temporary-folder';
import { contentOf, run } from '../../helpers/transfer';

const MIB = 1024 * 1024;
const folder = createTemporaryFolder();
const runtime = createNodeRuntime();

describe.each(['http', 'https'] as const)('The upload transport in Node, over %s', (protocol) => {
  let emulator: Emulator;
  let stack: NodeHttpStack;

  beforeAll(async () => {
    const certificate = protocol === 'https' ? createCertificate(1) : undefined;
    const extensionFolder = resolve(__dirname, '../../..');
    emulator = await startEmulator({ extensionFolder, ...(certificate && { certificate }) });
    stack = createNodeHttpStack({ version: '1', env: {}, ...(certificate && { ca: certificate.cert }) });
  });

  afterAll(async () => {
    await stack.close();
    await emulator.close();
  });

  it.each([
    ['in one request', 3 * MIB + 1, {}, ['POST']],
    ['in chunks', 20 * MIB + 1, { chunkAboveBytes: MIB }, ['POST', 'PUT', 'PUT']],
    ['of no bytes', 0, {}, ['POST']],
  ])('uploads a file from disk %s, and reads it back', async (_, size, sizes, methods) => {
    const path = join(folder, `${protocol}-${size}.bin`);
    const content = contentOf(size);
    writeFileSync(path, content);
    const source = await openDiskFile(path);
    const { restBaseUrl } = emulator;
    const guarded = guardToken(stack, allowedHosts(restBaseUrl, { allowHttp: false }));
    const services = createFrameServices({
      stack: watchRateBudget(guarded, runtime),
      host: {
        getToken: () => Promise.resolve(emulator.issueToken()),
        getBaseUrl: () => Promise.resolve(restBaseUrl),
      },
      runtime,
    });
    const { transport } = createUploadTransport(services, sizes).queueOptions;
    const before = emulator.requests.records.length;
    const transfer = transport.begin({ name: source.name, size, source, isOneOfMany: false });
    const { answer, progress } = run(transfer);
    const reference = await answer;
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(emulator.store.attachment(reference.id)).toMatchObject({ bytes: size, sha256 });
    expect(
      emulator.requests.records
        .slice(before)
        .map(({ method }) => method)
        .slice(0, 3),
    ).toEqual(methods);
    expect(progress.at(-1)?.bytesSent ?? 0).toBe(size);

    const copy = join(folder, 'copy.bin');
    const { signal } = new AbortController();
    const saved = await saveAttachment(services.connection, reference, copy, { signal, expectedBytes: size });
    expect(saved).toEqual({ size, sha256 });
    expect(Buffer.compare(readFileSync(copy), content)).toBe(0);
  });
});
