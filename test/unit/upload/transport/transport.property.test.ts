import fc from 'fast-check';
import type { AttachmentReference } from '../../../../src/azure/work-item';
import type { ProblemKind } from '../../../../src/base/errors';
import { toProblem } from '../../../../src/base/errors';
import type { FileTransfer } from '../../../../src/upload/upload';
import { nextRetry } from '../../../../src/base/retry';
import { createConnection } from '../../../../src/azure/rest/connection';
import { createMemoryLearned } from '../../../../src/upload/learned';
import { createNaming } from '../../../../src/upload/transport/transfer-tools';
import { createTransport } from '../../../../src/upload/transport/transport';
import type { ModelServer } from '../../../helpers/model-server';
import { createModelServer, FAULTS } from '../../../helpers/model-server';
import { contentOf, fileToSend } from '../../../helpers/transfer';

const MIB = 1024 * 1024;

/** Possible final errors; an internal error is not among them. */
const ENDS: ProblemKind[] = [
  'network',
  'timeout',
  'server-busy',
  'refused',
  'signed-out',
  'request-too-large',
  'unexpected-answer',
  'content-damaged',
];

/** Retries like the queue: waits after transient errors, resumes at once after a pause, gives up by policy. */
async function transferLikeQueue(transfer: FileTransfer, server: ModelServer): Promise<AttachmentReference> {
  let attempt = 1;
  let most = 0;
  for (;;) {
    const controller = new AbortController();
    server.onStop = () => controller.abort();
    try {
      const reference = await transfer.run({
        signal: controller.signal,
        onStep: () => undefined,
        onSession: () => Promise.resolve(),
        waitUntilOpen: () => Promise.resolve(),
        onProgress({ bytesSent, bytesAccepted }) {
          expect(bytesAccepted).toBeLessThanOrEqual(bytesSent);
          if (bytesAccepted > most) attempt = 1;
          most = Math.max(most, bytesAccepted);
        },
      });
      if (!controller.signal.aborted) return reference;
    } catch (error) {
      if (controller.signal.aborted) continue;
      const decision = nextRetry(toProblem(error), attempt++, () => 0.5);
      if (decision.action === 'stop') throw error;
      server.clock.now += decision.delayMs;
    }
  }
}

const scenario = fc.record({
  size: fc.oneof(
    fc.constantFrom(0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB),
    fc.integer({ min: 1, max: 3.5 * MIB }),
  ),
  chunkAboveBytes: fc.constantFrom(1, MIB / 2, 48 * MIB),
  isOneOfMany: fc.boolean(),
  server: fc.record({
    repeats: fc.constantFrom('overwritten', 'ignored', 'refused', 'appended'),
    maxRequestBytes: fc.constantFrom(Infinity, MIB, 2.5 * MIB),
    // Slow enough for small chunks, or fast enough for a single one.
    bytesPerMs: fc.constantFrom(100, 500, 5_000),
  }),
  faults: fc.array(
    fc.oneof({ weight: 3, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...FAULTS)),
    { maxLength: 25, size: 'max' },
  ),
});

test('createTransport delivers the file byte for byte for any outcome of its requests', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ size, chunkAboveBytes, isOneOfMany, server: facts, faults }) => {
      const server = createModelServer(facts, []);
      let tokens = 0;
      const connection = createConnection({
        stack: server,
        getToken: () => Promise.resolve(`token ${++tokens}`),
        getBaseUrl: () => Promise.resolve('https://h/c'),
      });
      const learned = createMemoryLearned({ namesInRelations: true });
      const transport = createTransport({
        connection,
        naming: createNaming(learned),
        learned,
        assertUnchanged: () => Promise.resolve(),
        now: () => server.clock.now,
        chunkAboveBytes,
      });
      // One file provides the throughput sample.
      await transferLikeQueue(transport.begin(fileToSend(MIB / 4)), server);
      server.faults.push(...faults);

      const file = fileToSend(size, { isOneOfMany });
      const transfer = transport.begin(file);
      let reference: AttachmentReference | undefined;
      // A manual retry, with the server working again.
      for (let asked = 1; !reference; asked++) {
        expect(asked).toBeLessThanOrEqual(4);
        try {
          reference = await transferLikeQueue(transfer, server);
        } catch (error) {
          expect(ENDS).toContain(toProblem(error).kind);
          server.faults.length = 0;
        }
      }
      const content = server.contentOf(reference.id) ?? new Uint8Array();
      expect(content.length).toBe(size);
      expect(Buffer.compare(content, contentOf(size))).toBe(0);
      expect(reference.url).toContain(reference.id);
    }),
    { numRuns: 150 },
  );
}, 60_000);
