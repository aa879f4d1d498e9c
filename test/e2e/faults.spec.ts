import { mkdir } from 'node:fs/promises';
import type { EmulatorMode, Operation } from 'azure-devops-emulator';
import { isFullRun } from '../../tools/full-run.cjs';
import type { TestFile } from './files';
import { expectAttached, makeFile, requestsOf, writeFiles } from './files';
import { expect, test } from './fixtures';
import { passTheWaits, retry } from './waits';

/** Position of a fault in an upload. */
type Position = 'simple' | 'register' | 'first-chunk' | 'middle-chunk' | 'last-chunk' | 'link';

/** A small file meets one fault; a large one, sent in chunks, meets one at each request. */
const UPLOADS: readonly (readonly Position[])[] = [
  ['simple'],
  ['register', 'first-chunk', 'middle-chunk', 'last-chunk'],
  ['link'],
];

interface Fault {
  readonly name: string;
  /** Text of the row while the fault lasts. */
  readonly says: RegExp;
  /** Positions with one failure before Retry. */
  readonly mayNeedAPerson?: readonly Position[];
}

/**
 * All faults between browser and server. Stapler makes a request smaller after a 413, except the announcement, a last
 * chunk below 1 MiB, and the link. 413 is last: the page remembers the refused size.
 */
const FAULTS: readonly Fault[] = [
  { name: 'dropped-before', says: /can't reach Azure DevOps/i },
  { name: 'dropped-during', says: /can't reach Azure DevOps/i },
  { name: 'dropped-after', says: /can't reach Azure DevOps/i },
  { name: 'answer-lost', says: /can't reach Azure DevOps/i },
  { name: 'stalled', says: /took too long/ },
  { name: 'status-408', says: /took too long/ },
  { name: 'status-429', says: /is busy/ },
  { name: 'status-500', says: /isn't responding/ },
  { name: 'status-502', says: /isn't responding/ },
  { name: 'status-503', says: /isn't responding/ },
  { name: 'status-504', says: /isn't responding/ },
  { name: 'token-expired', says: /can't reach Azure DevOps/i },
  { name: 'signed-out', says: /signed out/ },
  { name: 'truncated-json', says: /Unexpected response/ },
  {
    name: 'status-413',
    says: /network blocks files of this size/,
    mayNeedAPerson: ['register', 'last-chunk', 'link'],
  },
];

test.use({ ownsClock: true });

/** Size for at least three chunks. */
const LARGE_BYTES = 49 * 1024 * 1024;
let large: Buffer;
test.beforeAll(() => void (large = makeFile('', LARGE_BYTES).bytes));

/** Names of the faults that strike once in Server mode: statuses behave as in Services mode. */
const ONCE_ON_SERVER = new Set(
  isFullRun
    ? FAULTS.map(({ name }) => name).filter((name) => !/status-(408|500|502|504)/.test(name))
    : ['dropped-during', 'token-expired', 'signed-out', 'status-413'],
);

/** Faults that a file in chunks meets. Locally, one for each kind of answer; the crash schedules cover the others. */
const IN_CHUNKS = new Set(
  isFullRun
    ? FAULTS.map(({ name }) => name)
    : ['dropped-during', 'answer-lost', 'status-429', 'status-503', 'token-expired', 'status-413'],
);

/** Faults that last, one for each kind of answer. With `CI=true`, all; the crash schedules cover the others. */
const LASTING = ['dropped-after', 'status-503', 'status-413'];

/** A refusal that only an administrator can end. */
const FORBIDDEN: Fault = { name: 'status-403', says: /don't have permission to edit this work item/ };

/** Pauses the queue instead of failing a file; see control.spec.ts. */
const PAUSES = 'signed-out';

function faultsOnce(mode: EmulatorMode): readonly Fault[] {
  return mode === 'services' ? FAULTS : FAULTS.filter(({ name }) => ONCE_ON_SERVER.has(name));
}

/**
 * Writes a file for an upload that meets faults at these positions.
 *
 * @param shorterBy Bytes less than other large files. Stapler asks about files of the same size.
 */
async function fileFor(
  folder: string,
  fault: string,
  positions: readonly Position[],
  shorterBy = 0,
): Promise<{ file: TestFile; path: string }> {
  const name = `${fault} ${positions.join(' ')}.bin`;
  const file = positions.length > 1 ? { name, bytes: large.subarray(shorterBy) } : makeFile(name, 300_000);
  const [path = ''] = await writeFiles(folder, [file]);
  return { file, path };
}

test('Stapler attaches each file once when a fault strikes once, at any request @both', async ({
  board,
  emulator,
  mode,
}, testInfo) => {
  const faults = faultsOnce(mode);
  test.setTimeout(60_000 + faults.length * 30_000);
  await mkdir(testInfo.outputPath(), { recursive: true });
  const attached: TestFile[] = [];
  for (const { name, says, mayNeedAPerson = [] } of faults) {
    for (const positions of UPLOADS.filter(({ length }) => length === 1 || IN_CHUNKS.has(name))) {
      await test.step(`${name}: ${positions.join(', ')}`, async () => {
        const { file, path } = await fileFor(testInfo.outputPath(), name, positions, attached.length);
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
  }
});

for (const { name, says } of [
  ...FAULTS.filter((fault) => (isFullRun ? fault.name !== PAUSES : LASTING.includes(fault.name))),
  FORBIDDEN,
]) {
  // The row is the same in both modes.
  test(`The row describes ${name} while it lasts, and Retry attaches the file once @services-only`, async ({
    board,
    emulator,
  }, testInfo) => {
    test.setTimeout(120_000);
    await mkdir(testInfo.outputPath(), { recursive: true });
    const { file, path } = await fileFor(testInfo.outputPath(), name, ['simple']);
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
