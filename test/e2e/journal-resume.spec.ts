import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from 'azure-devops-emulator';
import { isFullRun } from '../../tools/full-run.cjs';
import { ciOnlyUnless } from './ci-only';
import { attachmentsOf } from './files';
import { expect, heal, poll, test, withoutRoom } from './journal-fixtures';
import { expectEmptyJournal, isKept, untilJournal } from './journal-rows';
import { namesAskedFor, resumeNow } from './journal-steps';

const MIB = 1024 * 1024;
const TOTAL = (isFullRun ? 200 : 80) * 1_000_000;

/** Writes a sparse file with a distinct start for each MiB, so that no two are equal. */
async function writeMarkedFile(path: string): Promise<string> {
  const file = await open(path, 'w');
  await file.truncate(TOTAL);
  const hash = createHash('sha256');
  for (let first = 0; first < TOTAL; first += MIB) await file.write(`This begins at ${first}.`, first);
  await file.close();
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** Chunks in the order of their arrival. */
function chunksOf({ requests }: Emulator) {
  return requests.records.flatMap(({ method, requestHeaders, requestBytes, fault, finished }) => {
    const [, first, last] = /bytes (\d+)-(\d+)\//.exec(requestHeaders['content-range'] ?? '') ?? [];
    return method === 'PUT'
      ? [{ first: Number(first), last: Number(last), requestBytes, fault, finished }]
      : [];
  });
}

/** Holds the answer to the chunk that reaches half of the file. Stapler chooses the chunk size. */
function holdAtHalf(emulator: Emulator): void {
  emulator.interfere('middle-chunk', () => {
    const { first, last } = chunksOf(emulator).at(-1)!;
    const nextAtMost = 2 * (last + 1 - first);
    if (last + nextAtMost < TOTAL / 2) holdAtHalf(emulator);
    else emulator.setNetwork({ faults: [{ name: 'unanswered', remaining: 1, at: 'middle-chunk' }] });
  });
}

for (const bytes of ['stored', 'fingerprint only'] as const) {
  const tag = [...ciOnlyUnless(bytes === 'fingerprint only')];
  test(
    `Stapler resumes ${TOTAL / 1_000_000} MB after the browser is killed and repeats at most one chunk (content: ${bytes}) @services-only`,
    { tag },
    async ({ chrome, openBoard, emulator, folder }) => {
      test.setTimeout(180_000);
      emulator.store.assumptions.largestFile = 'any';
      emulator.store.assumptions.repeatedChunk = 'accept';
      const scripts = bytes === 'stored' ? [] : [withoutRoom];
      const path = join(folder, 'disk.img');
      const sha256 = await writeMarkedFile(path);
      let board = await openBoard(scripts);
      holdAtHalf(emulator);
      await board.pickLarge(path, 'disk.img');
      const upload = () => emulator.store.attachments.chunkedUploads[0];
      const heldChunk = () => chunksOf(emulator).find(({ fault }) => fault === 'unanswered');
      await poll(() => upload()?.received === (heldChunk()?.last ?? 0) + 1, { timeout: 60_000 }).toBe(true);
      await untilJournal(board, (journal) => journal.uploads.length === 1 && isKept(bytes, journal));
      const received = upload()!.received;
      const { first, last } = heldChunk()!;

      await chrome.kill();
      heal(emulator);
      emulator.requests.clear();
      await chrome.start();
      board = await openBoard(scripts);
      if (bytes === 'stored') await resumeNow(board);
      else {
        expect(await namesAskedFor(board, 1)).toEqual(['disk.img']);
        await expect(board.row('disk.img')).toContainText(`${Math.floor((100 * first) / TOTAL)}% uploaded`);
        await rename(path, join(folder, 'renamed.img'));
        await board.pick(join(folder, 'renamed.img'));
      }
      await poll(() => attachmentsOf(emulator, 7).length, { timeout: 120_000 }).toBe(1);
      expect(attachmentsOf(emulator, 7)).toMatchObject([{ name: 'disk.img', size: TOTAL, sha256 }]);
      await expectEmptyJournal(board);
      const sentAgain = chunksOf(emulator).reduce((sum, { requestBytes }) => sum + requestBytes, 0);
      test.info().annotations.push({
        type: 'bytes',
        description: `${received} received, ${sentAgain} sent after, ${sentAgain - (TOTAL - received)} of them twice`,
      });
      expect(received).toBeGreaterThan(TOTAL / 4);
      expect(sentAgain - (TOTAL - received)).toBeLessThanOrEqual(last + 1 - first);
    },
  );
}
