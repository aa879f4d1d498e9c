import { mkdir } from 'node:fs/promises';
import type { Operation } from 'azure-devops-emulator';
import type { TestFile } from './files';
import { expectAttached, makeFile, requestsOf, writeFiles } from './files';
import { expect, test } from './fixtures';
import { passTheWaits, retry } from './waits';

/** Where in an upload a fault can strike. */
type Position = 'simple' | 'register' | 'first-chunk' | 'middle-chunk' | 'last-chunk' | 'link';

/** A small file is struck once; a large one, which is sent in chunks, wherever it can be. */
const UPLOADS: readonly (readonly Position[])[] = [
  ['simple'],
  ['register', 'first-chunk', 'middle-chunk', 'last-chunk'],
  ['link'],
];

/**
 * Everything that can go wrong between the browser and the server, and what a person reads when it lasts. A request
 * that is too large is made smaller, where it has any size: not the announcement, nor a last chunk below 1 MiB, nor
 * the link.
 */
const FAULTS: readonly { name: string; says: RegExp; mayNeedAPerson?: readonly Position[] }[] = [
  { name: 'dropped-before', says: /could not be reached/ },
  { name: 'dropped-during', says: /could not be reached/ },
  { name: 'dropped-after', says: /could not be reached/ },
  { name: 'answer-lost', says: /could not be reached/ },
  { name: 'stalled', says: /took too long/ },
  { name: 'status-408', says: /took too long/ },
  {
    name: 'status-413',
    says: /refuses requests of this size/,
    mayNeedAPerson: ['register', 'last-chunk', 'link'],
  },
  { name: 'status-429', says: /slow down/ },
  { name: 'status-500', says: /status 500/ },
  { name: 'status-502', says: /status 502/ },
  { name: 'status-503', says: /status 503/ },
  { name: 'status-504', says: /status 504/ },
  { name: 'token-expired', says: /could not be reached/ },
  { name: 'signed-out', says: /signed out/ },
  { name: 'truncated-json', says: /did not come from Azure DevOps/ },
];

test.use({ ownsClock: true });

/** Large enough to go in chunks, and in at least three. */
const LARGE_BYTES = 49 * 1024 * 1024;
let large: Buffer;
test.beforeAll(() => void (large = makeFile('', LARGE_BYTES).bytes));

/** A file on the disk for an upload that is struck there. */
async function fileFor(
  folder: string,
  positions: readonly Position[],
): Promise<{ file: TestFile; path: string }> {
  const name = `${positions.join(' ')}.bin`;
  const file = positions.length > 1 ? { name, bytes: large } : makeFile(name, 300_000);
  const [path = ''] = await writeFiles(folder, [file]);
  return { file, path };
}

/** A status of the server's is one like the other in both modes; two of them are enough on a server. */
const IN_ONE_MODE = new Set(['status-408', 'status-500', 'status-502', 'status-504']);

for (const { name, says, mayNeedAPerson = [] } of FAULTS) {
  const mode = IN_ONE_MODE.has(name) ? ' @services-only' : '';
  test(`${name}, once: the file arrives, wherever that strikes${mode}`, async ({
    board,
    emulator,
  }, testInfo) => {
    test.setTimeout(120_000);
    await mkdir(testInfo.outputPath(), { recursive: true });
    const attached: TestFile[] = [];
    for (const positions of UPLOADS) {
      await test.step(positions.join(', '), async () => {
        const { file, path } = await fileFor(testInfo.outputPath(), positions);
        const sent = (): number => requestsOf(emulator, 'POST', /attachments/).length;
        const sentBefore = sent();
        emulator.setNetwork({
          faults: positions.map((position) => ({ name, remaining: 1, at: position satisfies Operation })),
        });
        await board.pick(path);
        let end = await passTheWaits(board, file.name, attached.length + 1);
        let retries = positions.filter((position) => mayNeedAPerson.includes(position)).length;
        while (end === 'failed' && retries-- > 0) {
          await expect(board.row(file.name)).toContainText(says);
          await retry(board, file.name);
          end = await passTheWaits(board, file.name, attached.length + 1);
        }
        expect(end).toBe('attached');
        expect(emulator.network.faults).toEqual([]);
        attached.push(file);
        expectAttached(emulator, 7, attached);
        if (positions.includes('link')) expect(sent() - sentBefore).toBe(1);
      });
    }
  });
}

for (const { name, says } of FAULTS) {
  // What a row says is the same in both modes; that the file arrives is proven in both.
  test(`${name}, for as long as it lasts: the row says so, and Retry attaches the file once @services-only`, async ({
    board,
    emulator,
  }, testInfo) => {
    test.setTimeout(120_000);
    await mkdir(testInfo.outputPath(), { recursive: true });
    const { file, path } = await fileFor(testInfo.outputPath(), ['simple']);
    emulator.setNetwork({ faults: [{ name, remaining: null }] });
    await board.pick(path);
    expect(await passTheWaits(board, file.name, 1)).toBe('failed');
    await expect(board.row(file.name)).toContainText(says);
    expectAttached(emulator, 7, []);

    emulator.setNetwork({ faults: [] });
    await retry(board, file.name);
    expect(await passTheWaits(board, file.name, 1)).toBe('attached');
    expectAttached(emulator, 7, [file]);
  });
}
