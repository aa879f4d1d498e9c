import { createComeBack, goesOn, interruptedFor } from '../../../../src/upload/recovery/come-back';
import type { ClaimedBatch } from '../../../../src/upload/recovery/journal/claim-interrupted';
import type { JournalState } from '../../../../src/upload/recovery/journal/inventory';
import type { KeptBatch, KeptUpload } from '../../../../src/upload/recovery/journal/kept-batch';
import { interruptedUpload } from '../../../../src/upload/recovery/journal/kept-batch';
import { createStore } from '../../../../src/base/store';
import type { InterruptedUpload } from '../../../../src/upload/upload-journal';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { keptBatch, keptUpload } from '../../../helpers/kept';
import { DRAFT, pickedFile, referenceTo } from '../../../helpers/uploads';

const MOMENT_MS = 4_000;
const ITEM_8 = { kind: 'work-item', id: 8 } as const;

/** Uploads in each way that they can be left. */
const GOES_ON = keptUpload({ id: 'goes on', isFileKept: true });
const STORED = keptUpload({ id: 'stored', stage: 'linking', reference: referenceTo(1) });
const ASKS = keptUpload({ id: 'asks', size: 33 });
const LINKED = keptUpload({ id: 'linked', stage: 'linked', reference: referenceTo(2) });

const left = (id: string, ...uploads: KeptUpload[]): KeptBatch => keptBatch({ id, uploads });

/** A form whose journal holds what frames have left. */
function stage(...batches: readonly KeptBatch[]) {
  const runtime = createFakeRuntime();
  const state = createStore<JournalState, Partial<JournalState>>(
    (before, facts) => ({ ...before, ...facts }),
    { kind: 'browser', interrupted: batches, interruptedPlans: [], setAside: 0 },
  );
  const leave = (...interrupted: readonly KeptBatch[]): void => state.dispatch({ interrupted });
  const claims: (readonly string[])[] = [];
  /** Batches that another frame has taken meanwhile. */
  const taken = new Set<string>();
  const forgotten: string[] = [];
  const looks = jest.fn();
  const forgetAll = jest.fn(() => Promise.resolve());
  const takenUp: InterruptedUpload[] = [];
  const there = new Set<string>();
  const alike = new Set<string>();
  let gate = Promise.resolve();
  let read = Promise.resolve(true);

  const comeBack = createComeBack({
    journal: {
      state,
      refresh: looks,
      async claim(ids) {
        claims.push(ids);
        await gate;
        const { interrupted } = state.getSnapshot();
        const claimed = interrupted.filter(({ id }) => ids.includes(id) && !taken.has(id));
        leave(...interrupted.filter(({ id }) => !ids.includes(id)));
        return claimed.map((batch): ClaimedBatch => ({
          batch,
          note: undefined,
          interrupted: batch.uploads
            .filter(({ stage: at }) => at !== 'linked')
            .map((kept) => interruptedUpload(kept, batch, kept.isFileKept ? new Blob(['x']) : undefined)),
        }));
      },
      discard: (ids) => forgotten.push(...ids),
      discardAll: forgetAll,
    },
    takeUp: (interrupted) => takenUp.push(...interrupted),
    known: {
      holds: (id, attachmentId) => there.has(`${id} ${attachmentId}`),
      holdsLike: (id, name) => alike.has(`${id} ${name}`),
    },
    whenRead: () => read,
    runtime,
  });
  return {
    comeBack,
    runtime,
    leave,
    claims,
    taken,
    forgotten,
    looks,
    forgetAll,
    there,
    alike,
    takenUp: () => takenUp.map(({ upload }) => upload.id),
    hold: (promise: Promise<void>) => void (gate = promise),
    reading: (promise: Promise<boolean>) => void (read = promise),
  };
}

test('what is for the item in the form goes on after a moment, and not before', async () => {
  const { comeBack, runtime, takenUp, claims } = stage(
    left('1', GOES_ON),
    keptBatch({ id: '2', target: ITEM_8, uploads: [STORED] }),
  );
  await runtime.pass(60_000);
  comeBack.show(7);
  await runtime.pass(MOMENT_MS - 1);
  expect(takenUp()).toEqual([]);
  await runtime.pass(1);
  expect(takenUp()).toEqual(['goes on']);
  expect(claims).toEqual([['1']]);
});

test('the moment begins when it is found, and once only', async () => {
  const { comeBack, runtime, leave, takenUp } = stage();
  comeBack.show(7);
  await runtime.pass(1_000);
  leave(left('1', GOES_ON));
  await runtime.pass(3_999);
  // Told once more, and again by the form.
  leave(left('1', GOES_ON));
  comeBack.show(7);
  expect(takenUp()).toEqual([]);
  await runtime.pass(1);
  expect(takenUp()).toEqual(['goes on']);
});

test('a form that shows another item by then goes on with nothing', async () => {
  const { comeBack, runtime, takenUp } = stage(left('1', GOES_ON));
  comeBack.show(7);
  await runtime.pass(2_000);
  comeBack.show(8);
  await runtime.pass(60_000);
  expect(takenUp()).toEqual([]);
  comeBack.show(7);
  await runtime.pass(MOMENT_MS);
  expect(takenUp()).toEqual(['goes on']);
});

test('a form to which nothing can be attached goes on with nothing', async () => {
  const { comeBack, runtime, claims } = stage(left('1', GOES_ON), keptBatch({ id: '2', target: DRAFT }));
  comeBack.show(undefined);
  await comeBack.goOn();
  await runtime.pass(60_000);
  expect(claims).toEqual([]);
});

test('whenever the form shows something, it is looked what was left', () => {
  const { comeBack, looks } = stage();
  comeBack.show(7);
  comeBack.show(7);
  expect(looks).toHaveBeenCalledTimes(2);
});

test('what only asks for something, or tells of something, is shown without delay', async () => {
  const { comeBack, takenUp, forgotten } = stage(left('1', ASKS, LINKED));
  comeBack.show(7);
  await flush();
  expect(takenUp()).toEqual(['asks']);
  expect(forgotten).toEqual(['linked']);
  expect(comeBack.getSnapshot().attached).toBe(1);
});

test('what is linked is closed, also when only the work item knows', async () => {
  const inSession = keptUpload({
    id: 'in session',
    session: { reference: referenceTo(3), bytesAccepted: 100, chunkBytes: 10, isDoubtful: false },
  });
  const { comeBack, takenUp, forgotten, there } = stage(left('1', STORED, GOES_ON, LINKED, inSession));
  there.add(`7 ${referenceTo(1).id}`).add(`7 ${referenceTo(3).id}`);
  comeBack.show(7);
  await comeBack.goOn();
  expect(takenUp()).toEqual(['goes on']);
  expect(forgotten.sort()).toEqual(['in session', 'linked', 'stored']);
  expect(comeBack.getSnapshot().attached).toBe(3);
  comeBack.dismiss();
  expect(comeBack.getSnapshot().attached).toBe(0);
});

test('what was attached is told of the item in the form alone', async () => {
  const { comeBack } = stage(left('1', LINKED));
  comeBack.show(7);
  await flush();
  comeBack.show(8);
  expect(comeBack.getSnapshot().attached).toBe(0);
});

test('a person who does not want it now is asked no more, and can want it later', async () => {
  const { comeBack, runtime, leave, takenUp } = stage(left('1', GOES_ON));
  comeBack.show(7);
  comeBack.stop();
  expect(comeBack.getSnapshot()).toMatchObject({ stopped: new Set([7]), lookalikes: [] });
  leave(left('1', GOES_ON), left('2', STORED));
  comeBack.show(8);
  comeBack.show(7);
  await runtime.pass(60_000);
  expect(takenUp()).toEqual([]);
  expect(await comeBack.goOn()).toEqual(['goes on', 'stored']);
  expect(takenUp()).toEqual(['goes on', 'stored']);
});

test('a person who wants it at once does not get it twice', async () => {
  const { comeBack, runtime, claims } = stage(left('1', GOES_ON));
  comeBack.show(7);
  await comeBack.goOn();
  await comeBack.goOn();
  await runtime.pass(60_000);
  expect(claims).toEqual([['1']]);
});

test('whoever asks while it is being taken waits for that', async () => {
  const { comeBack, hold } = stage(left('1', GOES_ON));
  const gate = createDeferred<undefined>();
  hold(gate.promise);
  comeBack.show(7);
  const [first, second] = [comeBack.goOn(), comeBack.goOn()];
  gate.resolve(undefined);
  expect([await first, await second]).toEqual([['goes on'], ['goes on']]);
});

test('what another frame has taken meanwhile is not gone on with', async () => {
  const { comeBack, taken, takenUp, forgotten } = stage(left('1', GOES_ON, LINKED), left('2', STORED));
  taken.add('1');
  comeBack.show(7);
  expect(await comeBack.goOn()).toEqual(['stored']);
  expect(takenUp()).toEqual(['stored']);
  expect(forgotten).toEqual([]);
});

describe('a file like one that is there', () => {
  test('is not sent by itself, and a person is told which it is', async () => {
    const { comeBack, runtime, alike, takenUp } = stage(left('1', GOES_ON));
    alike.add('7 a.txt');
    comeBack.show(7);
    await runtime.pass(60_000);
    expect(takenUp()).toEqual([]);
    expect(comeBack.getSnapshot()).toMatchObject({ stopped: new Set([7]), lookalikes: ['a.txt'] });
    await comeBack.goOn();
    expect(takenUp()).toEqual(['goes on']);
  });

  test('does not matter where the server has the bytes: a look tells whether they are linked', async () => {
    const { comeBack, runtime, alike, takenUp } = stage(left('1', STORED));
    alike.add('7 a.txt');
    comeBack.show(7);
    await runtime.pass(MOMENT_MS);
    expect(takenUp()).toEqual(['stored']);
  });
});

describe('as long as the work item was not read', () => {
  test('nothing is sent, and what is like a file in it is found then', async () => {
    const { comeBack, runtime, alike, reading, takenUp } = stage(left('1', GOES_ON));
    const read = createDeferred<boolean>();
    reading(read.promise);
    comeBack.show(7);
    await runtime.pass(60_000);
    expect(takenUp()).toEqual([]);
    expect(comeBack.getSnapshot()).toMatchObject({ stopped: new Set() });
    alike.add('7 a.txt');
    read.resolve(true);
    await flush();
    expect(comeBack.getSnapshot()).toMatchObject({ stopped: new Set([7]), lookalikes: ['a.txt'] });
  });

  test('nothing is sent, and where that fails a person is asked', async () => {
    const { comeBack, runtime, reading, takenUp } = stage(left('1', GOES_ON));
    reading(Promise.resolve(false));
    comeBack.show(7);
    await runtime.pass(MOMENT_MS);
    expect(takenUp()).toEqual([]);
    expect(comeBack.getSnapshot()).toMatchObject({ stopped: new Set([7]), lookalikes: [], isUnseen: true });
    comeBack.show(8);
    comeBack.show(7);
    comeBack.stop();
    expect(comeBack.getSnapshot()).toMatchObject({ stopped: new Set([7]), isUnseen: false });
    await comeBack.goOn();
    expect(takenUp()).toEqual(['goes on']);
  });

  test('a person who does not want it, or shows another item, is not asked any more', async () => {
    const { comeBack, runtime, reading, takenUp } = stage(left('1', GOES_ON));
    const read = createDeferred<boolean>();
    reading(read.promise);
    comeBack.show(7);
    await runtime.pass(MOMENT_MS);
    comeBack.show(8);
    read.resolve(true);
    await flush();
    expect(takenUp()).toEqual([]);
    expect(comeBack.getSnapshot().stopped).toEqual(new Set());
  });

  test('what the server has the bytes of goes on: a look tells whether they are linked', async () => {
    const { comeBack, runtime, reading, takenUp } = stage(left('1', STORED));
    reading(Promise.resolve(false));
    comeBack.show(7);
    await runtime.pass(MOMENT_MS);
    expect(takenUp()).toEqual(['stored']);
  });
});

test('files are awaited that are as large as one that was left for the item in the form', () => {
  const { comeBack } = stage(left('1', ASKS), keptBatch({ id: '2', target: ITEM_8, uploads: [GOES_ON] }));
  comeBack.show(8);
  expect(comeBack.isAwaited([pickedFile('x', 33)])).toBe(false);
  expect(comeBack.isAwaited([pickedFile('x', 33), pickedFile('y', 100)])).toBe(true);
  expect(comeBack.isAwaited([])).toBe(false);
});

test('what a person forgets for one item is forgotten, and nothing else', async () => {
  const { comeBack, takenUp, forgotten } = stage(
    left('1', GOES_ON, ASKS),
    keptBatch({ id: '2', target: ITEM_8, uploads: [STORED] }),
  );
  await comeBack.forget(7);
  expect(forgotten).toEqual(['goes on', 'asks']);
  expect(takenUp()).toEqual([]);
});

test('what goes on needs nobody; what asks, is paused, has failed or is linked does', () => {
  const failure = { phase: 'linking', problem: { kind: 'network' }, retryable: true } as const;
  expect([GOES_ON, STORED].map(goesOn)).toEqual([true, true]);
  const others = [ASKS, LINKED, { ...GOES_ON, stage: 'paused' }, { ...STORED, stage: 'failed', failure }];
  expect((others as KeptUpload[]).map(goesOn)).toEqual([false, false, false, false]);
});

test('a work item has what was left for its number', () => {
  const [seven, eight, draft] = [
    left('1'),
    keptBatch({ id: '2', target: ITEM_8 }),
    keptBatch({ id: '3', target: DRAFT }),
  ];
  const all = [seven, eight, draft];
  expect([interruptedFor(all, 7), interruptedFor(all, 9), interruptedFor(all, undefined)]).toEqual([
    [seven],
    [],
    [],
  ]);
});
