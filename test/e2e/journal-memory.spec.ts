import type { Board } from './board';
import { expectAttached, makeFile, pickable } from './files';
import { expect, poll, test as inSharedBrowser } from './fixtures';
import type { InitScript } from './journal-fixtures';
import { heal, test, withoutRoom } from './journal-fixtures';
import { heldRequests } from './journal-phases';
import { expectEmptyJournal, isKept, untilJournal } from './journal-rows';
import { namesAskedFor } from './journal-steps';

/** Barred by the settings of the browser, in a frame of another site. */
const withoutDatabase: InitScript = () => {
  IDBFactory.prototype.open = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
};

/** As in a private window of some browsers. */
const withDatabaseThatFails: InitScript = () => {
  IDBFactory.prototype.open = () => {
    const request = new EventTarget() as IDBOpenDBRequest;
    const error = new DOMException('A mutation operation was attempted.', 'InvalidStateError');
    Object.defineProperty(request, 'error', { value: error });
    queueMicrotask(() => request.dispatchEvent(new Event('error')));
    return request;
  };
};

/** The disk is full: nothing at all can be written. */
const withFullDatabase: InitScript = () => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('There is no room.', 'QuotaExceededError');
  };
};

/** There is room for entries, and none for files. */
const withRoomForEntries: InitScript = () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    if (value instanceof Blob) throw new DOMException('There is no room.', 'QuotaExceededError');
    return key === undefined ? put.call(this, value) : put.call(this, value, key);
  };
};

/** What is said where nothing would survive the page. */
const stayLine = ({ stapler }: Board) => stapler.getByText(/^Stay on this page until they have arrived/);

/** Attaches a file where nothing is kept: that is said for as long as the file is on its way, and nothing else is. */
async function expectToWorkInMemory(board: Board): Promise<void> {
  const { emulator } = board;
  const file = makeFile('build.log', 200_000);
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  await board.pick(pickable(file));
  await expect(stayLine(board)).toBeVisible();
  await expect(board.stapler.getByText(/interrupted|set aside/)).toHaveCount(0);
  heal(emulator);
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(stayLine(board)).toHaveCount(0);
  expectAttached(emulator, 7, [file]);
}

inSharedBrowser(
  'in a sandboxed frame nothing is kept, which is said, and all works @server-only',
  async ({ board }) => {
    await expectToWorkInMemory(board);
  },
);

const BROKEN: readonly { what: string; script: InitScript }[] = [
  { what: 'no database may be opened', script: withoutDatabase },
  { what: 'the database fails as it is opened', script: withDatabaseThatFails },
  { what: 'nothing can be written for want of room', script: withFullDatabase },
];

for (const { what, script } of BROKEN) {
  test(`where ${what}, that is said, and all works @services-only`, async ({ openBoard }) => {
    await expectToWorkInMemory(await openBoard([script]));
  });
}

test('where there is no room for the file, its entry is kept, and the file arrives @services-only', async ({
  openBoard,
  emulator,
}) => {
  const board = await openBoard([withRoomForEntries]);
  const file = makeFile('build.log', 200_000);
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  await board.pick(pickable(file));
  await untilJournal(
    board,
    (journal) => journal.uploads.length === 1 && isKept('to be picked again', journal) && journal.files === 0,
  );
  await expect(stayLine(board)).toHaveCount(0);
  heal(emulator);
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
  await expectEmptyJournal(board);
});

/** Closes the tab as a person does who means it, and resolves with what the browser has asked. */
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

for (const bytes of ['stored', 'to be picked again'] as const) {
  const asks = bytes === 'to be picked again';
  test(`leaving while a file is on its way whose bytes are ${bytes} ${asks ? 'asks' : 'does not ask'} @services-only`, async ({
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

/** Begins to reload the page as a person does, who gives `answer` where the browser asks. Returns what it will have asked. */
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
  { bytes: 'stored', answer: 'dismiss', story: 'does not ask, and it goes on by itself' },
  { bytes: 'to be picked again', answer: 'dismiss', story: 'asks, and “no” lets it arrive' },
  {
    bytes: 'to be picked again',
    answer: 'accept',
    story: 'asks, and “yes” lets it go on once it is picked again',
  },
] as const;

for (const { bytes, answer, story } of RELOADS) {
  test(`reloading while a file is on its way whose bytes are ${bytes} ${story} @services-only`, async ({
    openBoard,
    emulator,
  }) => {
    const asks = bytes === 'to be picked again';
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

test('leaving when all has arrived does not ask @services-only', async ({ openBoard }) => {
  const board = await openBoard([withoutRoom]);
  await board.pick(pickable(makeFile('build.log', 200_000)));
  await expect(board.finished('1 file attached')).toBeVisible();
  expect(await leave(board)).toEqual([]);
});
