import { ciOnlyUnless } from './ci-only';
import type { Board } from './board';
import { expectAttached, makeFile, pickable } from './files';
import { expect, poll, test as inSharedBrowser } from './fixtures';
import type { InitScript } from './journal-fixtures';
import { heal, test, withoutRoom } from './journal-fixtures';
import { heldRequests } from './journal-phases';
import { expectEmptyJournal, isKept, untilJournal } from './journal-rows';
import { namesAskedFor } from './journal-steps';

/** The browser's settings block databases in third-party frames. */
const withoutDatabase: InitScript = () => {
  IDBFactory.prototype.open = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
};

/** Private windows of some browsers fail to open a database. */
const withDatabaseThatFails: InitScript = () => {
  IDBFactory.prototype.open = () => {
    const request = new EventTarget() as IDBOpenDBRequest;
    const error = new DOMException('A mutation operation was attempted.', 'InvalidStateError');
    Object.defineProperty(request, 'error', { value: error });
    queueMicrotask(() => request.dispatchEvent(new Event('error')));
    return request;
  };
};

/** The disk is full: no write succeeds. */
const withFullDatabase: InitScript = () => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('There is no room.', 'QuotaExceededError');
  };
};

/** There is space for entries, but not for file content. */
const withRoomForEntries: InitScript = () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    if (value instanceof Blob) throw new DOMException('There is no room.', 'QuotaExceededError');
    return key === undefined ? put.call(this, value) : put.call(this, value, key);
  };
};

/** Message shown when uploads cannot survive the page. */
const stayLine = ({ stapler }: Board) => stapler.getByText(/^Keep this page open until uploads finish/);

/** Attaches a file without storage: only the message about it is shown, during the upload. */
async function expectToWorkInMemory(board: Board): Promise<void> {
  const { emulator } = board;
  const file = makeFile('build.log', 200_000);
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  await board.pick(pickable(file));
  await expect(stayLine(board)).toBeVisible();
  await expect(board.stapler.getByText(/interrupted|couldn't restore/)).toHaveCount(0);
  heal(emulator);
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(stayLine(board)).toHaveCount(0);
  expectAttached(emulator, 7, [file]);
}

inSharedBrowser(
  'Stapler attaches from a sandboxed frame and warns that uploads cannot be resumed @server-only',
  async ({ board }) => {
    await expectToWorkInMemory(board);
  },
);

const BROKEN: readonly { what: string; script: InitScript }[] = [
  { what: 'the browser blocks databases', script: withoutDatabase },
  { what: 'the database fails to open', script: withDatabaseThatFails },
  { what: 'the disk is full', script: withFullDatabase },
];

for (const { what, script } of BROKEN) {
  const tag = [...ciOnlyUnless(script === withFullDatabase)];
  test(
    `Stapler attaches and warns that uploads cannot be resumed if ${what} @services-only`,
    { tag },
    async ({ openBoard }) => {
      await expectToWorkInMemory(await openBoard([script]));
    },
  );
}

test('Stapler stores the entry and attaches the file if there is no space for its content @services-only', async ({
  openBoard,
  emulator,
}) => {
  const board = await openBoard([withRoomForEntries]);
  const file = makeFile('build.log', 200_000);
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  await board.pick(pickable(file));
  await untilJournal(
    board,
    (journal) => journal.uploads.length === 1 && isKept('fingerprint only', journal) && journal.files === 0,
  );
  await expect(stayLine(board)).toHaveCount(0);
  heal(emulator);
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
  await expectEmptyJournal(board);
});

/** Closes the tab, confirms each question and returns the types of the questions. */
async function leave({ page }: Board): Promise<string[]> {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  return asked;
}

for (const bytes of ['stored', 'fingerprint only'] as const) {
  const asks = bytes === 'fingerprint only';
  test(`Closing the page during an upload ${asks ? 'asks' : 'does not ask'} for confirmation (content: ${bytes}) @services-only`, async ({
    openBoard,
    emulator,
  }) => {
    const board = await openBoard(asks ? [withoutRoom] : []);
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
    await board.pick(pickable(makeFile('build.log', 200_000)));
    await untilJournal(board, (journal) => journal.uploads.length === 1 && isKept(bytes, journal));
    expect(await leave(board)).toEqual(asks ? ['beforeunload'] : []);
  });
}

/** Starts to reload the page, answering the browser's question. The returned list collects the types of questions. */
async function reload({ page }: Board, answer: 'accept' | 'dismiss'): Promise<readonly string[]> {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog[answer]();
  });
  await page.evaluate(() => void setTimeout(() => location.reload()));
  return asked;
}

const RELOADS = [
  { bytes: 'stored', answer: 'dismiss', story: 'does not ask, and the upload resumes' },
  { bytes: 'fingerprint only', answer: 'dismiss', story: 'asks, and the upload finishes after “no”' },
  {
    bytes: 'fingerprint only',
    answer: 'accept',
    story: 'asks, and the upload resumes after “yes” and a second pick',
  },
] as const;

for (const { bytes, answer, story } of RELOADS) {
  test(`Reloading the page during an upload ${story} (content: ${bytes}) @services-only`, async ({
    openBoard,
    emulator,
  }) => {
    const asks = bytes === 'fingerprint only';
    const board = await openBoard(asks ? [withoutRoom] : []);
    const file = makeFile('build.log', 200_000);
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
    await board.pick(pickable(file));
    await untilJournal(board, (journal) => journal.uploads.length === 1 && isKept(bytes, journal));
    const held = heldRequests(emulator);

    const asked = await reload(board, answer);
    const stays = asks && answer === 'dismiss';
    if (stays) await poll(() => asked).toEqual(['beforeunload']);
    else await poll(() => held.every(({ finished }) => finished)).toBe(true);
    heal(emulator);
    if (asks && !stays) {
      expect(await namesAskedFor(board, 1)).toEqual(['build.log']);
      await board.pick(pickable(file));
    }
    await expect(board.finished('1 file attached')).toBeVisible();
    expect(asked).toEqual(asks ? ['beforeunload'] : []);
    expectAttached(emulator, 7, [file]);
    await expectEmptyJournal(board);
  });
}

test('Closing the page after all uploads does not ask for confirmation @services-only', async ({
  openBoard,
}) => {
  const board = await openBoard([withoutRoom]);
  await board.pick(pickable(makeFile('build.log', 200_000)));
  await expect(board.finished('1 file attached')).toBeVisible();
  expect(await leave(board)).toEqual([]);
});
