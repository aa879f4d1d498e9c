import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { NetworkError } from '../../../../src/base/errors';
import { createSplitTransfer } from '../../../../src/upload/transport/split-transfer';
import type { FileToSend, FileTransfer, Transport, UploadSession } from '../../../../src/upload/upload';
import { readVolumeComment } from '../../../../src/upload/volumes/volume-mark';
import { contentOf, fileToSend, run } from '../../../helpers/transfer';
import { referenceTo } from '../../../helpers/uploads';

/** A server that stores volumes, and fails before the volumes of these numbers, once each. */
function createStore(failingVolumes: readonly number[] = []) {
  const stored = new Map<string, Blob>();
  const begun: FileToSend[] = [];
  const failing = [...failingVolumes];
  const begin: Transport['begin'] = (file): FileTransfer => {
    begun.push(file);
    return {
      async run({ onProgress }) {
        const { session, source, size } = file;
        if (session && session.bytesAccepted >= size) return session.reference;
        const number = stored.size + 1;
        if (failing.includes(number)) {
          failing.splice(failing.indexOf(number), 1);
          throw new NetworkError('No answer.');
        }
        onProgress({ bytesSent: size, bytesAccepted: size });
        const reference = referenceTo(number);
        stored.set(reference.id, source);
        return Promise.resolve(reference);
      },
    };
  };
  return { stored, begun, begin };
}

async function bytesOf(blobs: Iterable<Blob>): Promise<Buffer> {
  return Buffer.from(await new Blob([...blobs]).arrayBuffer());
}

async function untilSent(transfer: FileTransfer): Promise<ReturnType<typeof run>> {
  for (;;) {
    const attempt = run(transfer);
    if (!((await attempt.failure) instanceof NetworkError)) return attempt;
  }
}

test('A file arrives in volumes of the chosen size, each marked with the hashes of its bytes', async () => {
  const store = createStore();
  const content = contentOf(2500);
  const file = fileToSend(2500, { name: 'disk.img', comment: 'Nightly' });
  const { answer, progress } = run(createSplitTransfer(store.begin, file, 1000));
  const { id, volumes = [] } = await answer;
  expect(id).toBe(referenceTo(1).id);
  expect(volumes.map(({ name, size }) => [name, size])).toEqual([
    ['disk.img.001', 1000],
    ['disk.img.002', 1000],
    ['disk.img.003', 500],
  ]);
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(volumes.map(({ comment }) => readVolumeComment(comment))).toEqual(
    [0, 1, 2].map((index) => ({
      comment: 'Nightly',
      mark: {
        ...{ number: index + 1, count: 3, totalBytes: 2500, sha256 },
        crc32: crc32(content.subarray(index * 1000, index * 1000 + 1000))
          .toString(16)
          .padStart(8, '0'),
      },
    })),
  );
  expect(await bytesOf(store.stored.values())).toEqual(Buffer.from(content));
  expect(progress.at(-1)).toEqual({ bytesSent: 2500, bytesAccepted: 2500 });
});

test('No volume is sent twice, whatever fails, and another frame continues with the next one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 9 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
      fc.nat(8),
      async (count, failing, kills) => {
        const size = count * 100 - 37;
        const store = createStore(failing);
        const file = fileToSend(size, { name: 'a.bin' });
        let session: UploadSession | undefined;
        let transfer = createSplitTransfer(store.begin, file, 100);
        let attempt = run(transfer);
        // A killed frame leaves the last session; the next one has a transfer of its own.
        for (let left = kills; left > 0 && (await attempt.failure) instanceof NetworkError; left--) {
          session = attempt.sessions.at(-1) ?? session;
          transfer = createSplitTransfer(store.begin, { ...file, session }, 100);
          attempt = run(transfer);
        }
        if ((await attempt.failure) instanceof NetworkError) attempt = await untilSent(transfer);
        const { volumes = [] } = await attempt.answer;
        expect(store.stored.size).toBe(count);
        const stored = volumes.flatMap(({ reference }) => store.stored.get(reference.id) ?? []);
        expect(await bytesOf(stored)).toEqual(Buffer.from(contentOf(size)));
      },
    ),
  );
});

test('A session that the server dropped leaves the volumes before it', async () => {
  const begin: Transport['begin'] = (file): FileTransfer => ({
    async run({ onSession }) {
      if (file.name === 'a.bin.002') await onSession(undefined);
      return referenceTo(Number(file.name.slice(-3)));
    },
  });
  const attempt = run(createSplitTransfer(begin, fileToSend(200, { name: 'a.bin' }), 100));
  await attempt.answer;
  const first = {
    reference: referenceTo(1),
    bytesAccepted: 100,
    chunkBytes: 100,
    isDoubtful: false,
    volumes: [],
  };
  expect(attempt.sessions[1]).toEqual(first);
});

test('An unreadable file fails, and its volumes are kept for the next attempt', async () => {
  const store = createStore();
  const source = new Blob([contentOf(300)]);
  jest.spyOn(source, 'stream').mockImplementationOnce(() => {
    throw new DOMException('It has changed.', 'NotReadableError');
  });
  const transfer = createSplitTransfer(store.begin, fileToSend(300, { source }), 100);
  expect(await run(transfer).failure).toMatchObject({ kind: 'file-unreadable' });
  const { volumes } = await run(transfer).answer;
  expect(volumes).toHaveLength(3);
  expect(store.stored.size).toBe(3);
});

test('After an abort, no further volume is sent', async () => {
  const store = createStore();
  const attempt = run(createSplitTransfer(store.begin, fileToSend(300), 100));
  attempt.abort();
  expect(await attempt.failure).toMatchObject({ name: 'AbortError' });
  expect(store.begun.length).toBeLessThan(2);
});
