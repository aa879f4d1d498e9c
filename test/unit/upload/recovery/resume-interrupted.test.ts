import {
  createResumeInterrupted,
  isResumable,
  interruptedFor,
} from '../../../../src/upload/recovery/resume-interrupted';
import { matchPickedFiles } from '../../../../src/upload/recovery/match-picked-files';
import type { ClaimedBatch } from '../../../../src/upload/recovery/journal/claim-interrupted';
import type { JournalState } from '../../../../src/upload/recovery/journal/inventory';
import type { KeptBatch, KeptUpload } from '../../../../src/upload/recovery/journal/kept-batch';
import { interruptedUpload } from '../../../../src/upload/recovery/journal/kept-batch';
import { createStore, setNotifyScheduler } from '../../../../src/base/store';
import type { InterruptedUpload } from '../../../../src/upload/upload-journal';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { keptBatch, keptUpload } from '../../../helpers/kept';
import { DRAFT, pickedFile, referenceTo, uploadIn } from '../../../helpers/uploads';
import type { LinkTarget } from '../../../../src/azure/work-item';
import type { ProblemKind } from '../../../../src/base/errors';
import type { Upload } from '../../../../src/upload/upload';

const RESUME_DELAY_MS = 4_000;
const ITEM_8 = { kind: 'work-item', id: 8 } as const;

/** Uploads in each state of an interruption. */
const RESUMABLE = keptUpload({ id: 'resumable', isFileKept: true });
const STORED = keptUpload({ id: 'stored', stage: 'linking', reference: referenceTo(1) });
const NEEDS_FILE = keptUpload({ id: 'needs file', size: 33 });
const LINKED = keptUpload({ id: 'linked', stage: 'linked', reference: referenceTo(2) });

const left = (id: string, ...uploads: KeptUpload[]): KeptBatch => keptBatch({ id, uploads });

/** Sets up a form with interrupted uploads in its journal. */
function stage(...batches: readonly KeptBatch[]) {
  const runtime = createFakeRuntime();
  const state = createStore<JournalState, Partial<JournalState>>(
    (before, facts) => ({ ...before, ...facts }),
    { kind: 'browser', interrupted: batches, interruptedPlans: [], setAside: 0 },
  );
  const leave = (...interrupted: readonly KeptBatch[]): void => state.dispatch({ interrupted });
  const claims: (readonly string[])[] = [];
  /** Batches claimed by another frame. */
  const taken = new Set<string>();
  const forgotten: string[] = [];
  const looks = jest.fn();
  const discardAll = jest.fn(() => Promise.resolve());
  const restored: InterruptedUpload[] = [];
  const there = new Set<string>();
  const alike = new Set<string>();
  let gate = Promise.resolve();
  let read = Promise.resolve(true);

  const resumer = createResumeInterrupted({
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
      discardAll,
    },
    restore: (interrupted) => restored.push(...interrupted),
    known: {
      hasAttachment: (id, attachmentId) => there.has(`${id} ${attachmentId}`),
      hasFileLike: (id, name) => alike.has(`${id} ${name}`),
    },
    whenRead: () => read,
    runtime,
  });
  return {
    resumer,
    runtime,
    leave,
    claims,
    taken,
    forgotten,
    looks,
    discardAll,
    there,
    alike,
    restored: () => restored.map(({ upload }) => upload.id),
    hold: (promise: Promise<void>) => void (gate = promise),
    reading: (promise: Promise<boolean>) => void (read = promise),
  };
}

test('createResumeInterrupted resumes the uploads of the item in the form after the delay, not before', async () => {
  const { resumer, runtime, restored, claims } = stage(
    left('1', RESUMABLE),
    keptBatch({ id: '2', target: ITEM_8, uploads: [STORED] }),
  );
  await runtime.pass(60_000);
  resumer.show(7);
  await runtime.pass(RESUME_DELAY_MS - 1);
  expect(restored()).toEqual([]);
  await runtime.pass(1);
  expect(restored()).toEqual(['resumable']);
  expect(claims).toEqual([['1']]);
});

test('createResumeInterrupted resumes uploads read after the form was shown, although no frame is ever drawn', async () => {
  setNotifyScheduler(() => undefined);
  try {
    const { resumer, runtime, leave, restored } = stage();
    resumer.show(7);
    leave(left('1', RESUMABLE));
    await runtime.pass(RESUME_DELAY_MS);
    expect(restored()).toEqual(['resumable']);
  } finally {
    setNotifyScheduler((notify) => notify());
  }
});

test('createResumeInterrupted starts the delay when it finds uploads, and only once', async () => {
  const { resumer, runtime, leave, restored } = stage();
  resumer.show(7);
  await runtime.pass(1_000);
  leave(left('1', RESUMABLE));
  await runtime.pass(3_999);
  // Reported again by the journal and by the form.
  leave(left('1', RESUMABLE));
  resumer.show(7);
  expect(restored()).toEqual([]);
  await runtime.pass(1);
  expect(restored()).toEqual(['resumable']);
});

test('createResumeInterrupted resumes nothing if the form shows another item by then', async () => {
  const { resumer, runtime, restored } = stage(left('1', RESUMABLE));
  resumer.show(7);
  await runtime.pass(2_000);
  resumer.show(8);
  await runtime.pass(60_000);
  expect(restored()).toEqual([]);
  resumer.show(7);
  await runtime.pass(RESUME_DELAY_MS);
  expect(restored()).toEqual(['resumable']);
});

test('createResumeInterrupted resumes nothing in a form that accepts no files', async () => {
  const { resumer, runtime, claims } = stage(left('1', RESUMABLE), keptBatch({ id: '2', target: DRAFT }));
  resumer.show(undefined);
  await resumer.resume();
  await runtime.pass(60_000);
  expect(claims).toEqual([]);
});

test('show looks for interrupted uploads each time', () => {
  const { resumer, looks } = stage();
  resumer.show(7);
  resumer.show(7);
  expect(looks).toHaveBeenCalledTimes(2);
});

test('createResumeInterrupted restores uploads without delay if there is nothing to send', async () => {
  const { resumer, restored, forgotten } = stage(left('1', NEEDS_FILE, LINKED));
  resumer.show(7);
  await flush();
  expect(restored()).toEqual(['needs file']);
  expect(forgotten).toEqual(['linked']);
  expect(resumer.getSnapshot().attached).toBe(1);
});

test('resume discards uploads that are linked, by the journal or by the work item', async () => {
  const inSession = keptUpload({
    id: 'in session',
    session: { reference: referenceTo(3), bytesAccepted: 100, chunkBytes: 10, isDoubtful: false },
  });
  const { resumer, restored, forgotten, there } = stage(left('1', STORED, RESUMABLE, LINKED, inSession));
  there.add(`7 ${referenceTo(1).id}`).add(`7 ${referenceTo(3).id}`);
  resumer.show(7);
  await resumer.resume();
  expect(restored()).toEqual(['resumable']);
  expect(forgotten.sort()).toEqual(['in session', 'linked', 'stored']);
  expect(resumer.getSnapshot().attached).toBe(3);
  resumer.dismiss();
  expect(resumer.getSnapshot().attached).toBe(0);
});

test('createResumeInterrupted counts attached files for the item in the form only', async () => {
  const { resumer } = stage(left('1', LINKED));
  resumer.show(7);
  await flush();
  resumer.show(8);
  expect(resumer.getSnapshot().attached).toBe(0);
});

test('stop prevents the automatic resume until the person resumes', async () => {
  const { resumer, runtime, leave, restored } = stage(left('1', RESUMABLE));
  resumer.show(7);
  resumer.stop();
  expect(resumer.getSnapshot()).toMatchObject({ stopped: new Set([7]), possibleDuplicates: [] });
  leave(left('1', RESUMABLE), left('2', STORED));
  resumer.show(8);
  resumer.show(7);
  await runtime.pass(60_000);
  expect(restored()).toEqual([]);
  expect(await resumer.resume()).toEqual(['resumable', 'stored']);
  expect(restored()).toEqual(['resumable', 'stored']);
});

test('resume restores each upload once', async () => {
  const { resumer, runtime, claims } = stage(left('1', RESUMABLE));
  resumer.show(7);
  await resumer.resume();
  await resumer.resume();
  await runtime.pass(60_000);
  expect(claims).toEqual([['1']]);
});

test('resume waits for a claim already in progress', async () => {
  const { resumer, hold } = stage(left('1', RESUMABLE));
  const gate = createDeferred<undefined>();
  hold(gate.promise);
  resumer.show(7);
  const [first, second] = [resumer.resume(), resumer.resume()];
  gate.resolve(undefined);
  expect([await first, await second]).toEqual([['resumable'], ['resumable']]);
});

test('resume skips uploads claimed by another frame', async () => {
  const { resumer, taken, restored, forgotten } = stage(left('1', RESUMABLE, LINKED), left('2', STORED));
  taken.add('1');
  resumer.show(7);
  expect(await resumer.resume()).toEqual(['stored']);
  expect(restored()).toEqual(['stored']);
  expect(forgotten).toEqual([]);
});

describe('createResumeInterrupted with a possible duplicate', () => {
  test('stops and names the file', async () => {
    const { resumer, runtime, alike, restored } = stage(left('1', RESUMABLE));
    alike.add('7 a.txt');
    resumer.show(7);
    await runtime.pass(60_000);
    expect(restored()).toEqual([]);
    expect(resumer.getSnapshot()).toMatchObject({ stopped: new Set([7]), possibleDuplicates: ['a.txt'] });
    await resumer.resume();
    expect(restored()).toEqual(['resumable']);
  });

  test('resumes if the server has the bytes, since the link step finds an existing link', async () => {
    const { resumer, runtime, alike, restored } = stage(left('1', STORED));
    alike.add('7 a.txt');
    resumer.show(7);
    await runtime.pass(RESUME_DELAY_MS);
    expect(restored()).toEqual(['stored']);
  });
});

describe('createResumeInterrupted before the work item has been read', () => {
  test('waits, and then finds possible duplicates', async () => {
    const { resumer, runtime, alike, reading, restored } = stage(left('1', RESUMABLE));
    const read = createDeferred<boolean>();
    reading(read.promise);
    resumer.show(7);
    await runtime.pass(60_000);
    expect(restored()).toEqual([]);
    expect(resumer.getSnapshot()).toMatchObject({ stopped: new Set() });
    alike.add('7 a.txt');
    read.resolve(true);
    await flush();
    expect(resumer.getSnapshot()).toMatchObject({ stopped: new Set([7]), possibleDuplicates: ['a.txt'] });
  });

  test('stops and asks the person if the read fails', async () => {
    const { resumer, runtime, reading, restored } = stage(left('1', RESUMABLE));
    reading(Promise.resolve(false));
    resumer.show(7);
    await runtime.pass(RESUME_DELAY_MS);
    expect(restored()).toEqual([]);
    expect(resumer.getSnapshot()).toMatchObject({
      stopped: new Set([7]),
      possibleDuplicates: [],
      isUnverified: true,
    });
    resumer.show(8);
    resumer.show(7);
    resumer.stop();
    expect(resumer.getSnapshot()).toMatchObject({ stopped: new Set([7]), isUnverified: false });
    await resumer.resume();
    expect(restored()).toEqual(['resumable']);
  });

  test('asks nothing if the form shows another item by then', async () => {
    const { resumer, runtime, reading, restored } = stage(left('1', RESUMABLE));
    const read = createDeferred<boolean>();
    reading(read.promise);
    resumer.show(7);
    await runtime.pass(RESUME_DELAY_MS);
    resumer.show(8);
    read.resolve(true);
    await flush();
    expect(restored()).toEqual([]);
    expect(resumer.getSnapshot().stopped).toEqual(new Set());
  });

  test('resumes uploads with stored bytes even if the read fails', async () => {
    const { resumer, runtime, reading, restored } = stage(left('1', STORED));
    reading(Promise.resolve(false));
    resumer.show(7);
    await runtime.pass(RESUME_DELAY_MS);
    expect(restored()).toEqual(['stored']);
  });
});

test('isAwaited compares file sizes with the interrupted uploads of a work item', () => {
  const { resumer } = stage(
    left('1', NEEDS_FILE),
    keptBatch({ id: '2', target: ITEM_8, uploads: [RESUMABLE] }),
  );
  resumer.show(7);
  expect(resumer.isAwaited([pickedFile('x', 33)], ITEM_8)).toBe(false);
  expect(resumer.isAwaited([pickedFile('x', 33), pickedFile('y', 100)], ITEM_8)).toBe(true);
  expect(resumer.isAwaited([], ITEM_8)).toBe(false);
  expect(resumer.isAwaited([pickedFile('x', 33)], DRAFT)).toBe(false);
});

describe('discard', () => {
  const UNDO_MS = 20_000;
  const eight = keptBatch({ id: '2', target: ITEM_8, uploads: [STORED] });

  test('removes the uploads of one work item only, after the time for an undo', async () => {
    const { resumer, runtime, restored, forgotten, claims } = stage(left('1', RESUMABLE, NEEDS_FILE), eight);
    resumer.show(7);
    resumer.stop();
    resumer.discard(7);
    expect(resumer.discarding.getSnapshot()).toMatchObject({ files: 2, isAll: false, isFinal: false });
    await runtime.pass(UNDO_MS - 1);
    // Nothing is lost if the frame dies now.
    expect([claims, forgotten]).toEqual([[], []]);
    await runtime.pass(1);
    expect(forgotten).toEqual(['resumable', 'needs file']);
    expect(resumer.discarding.getSnapshot()).toBeUndefined();
    expect(restored()).toEqual([]);
  });

  test('keeps the uploads after an undo, and leaves them to the user', async () => {
    const { resumer, runtime, restored, forgotten } = stage(left('1', RESUMABLE));
    resumer.show(7);
    resumer.discard(7);
    resumer.undoDiscard();
    await runtime.pass(10 * UNDO_MS);
    expect([forgotten, restored()]).toEqual([[], []]);
    await resumer.resume();
    expect(restored()).toEqual(['resumable']);
  });

  test('removes the uploads at once when the note is closed or the page is hidden', async () => {
    const { resumer, forgotten } = stage(left('1', RESUMABLE));
    resumer.show(7);
    resumer.discard(7);
    resumer.finishDiscard();
    await flush();
    expect(forgotten).toEqual(['resumable']);
    // Too late.
    resumer.undoDiscard();
    resumer.finishDiscard();
    await flush();
    expect(forgotten).toEqual(['resumable']);
  });

  test('does not resume or match uploads meanwhile', async () => {
    const { resumer, runtime, restored, claims } = stage(left('1', RESUMABLE));
    resumer.show(7);
    resumer.discard(7);
    resumer.show(7);
    await runtime.pass(RESUME_DELAY_MS);
    await resumer.resume();
    expect([restored(), claims]).toEqual([[], []]);
    expect(resumer.isAwaited([pickedFile('x')], { kind: 'work-item', id: 7 })).toBe(false);
  });

  test('removes earlier uploads at once when others are discarded', async () => {
    const { resumer, runtime, forgotten } = stage(left('1', RESUMABLE), eight);
    resumer.discard(7);
    resumer.discard(8);
    await flush();
    expect(forgotten).toEqual(['resumable']);
    await runtime.pass(UNDO_MS);
    expect(forgotten).toEqual(['resumable', 'stored']);
  });

  test('removes linked uploads without a time for an undo', async () => {
    const { resumer, forgotten } = stage(left('1', LINKED));
    resumer.discard(7);
    await flush();
    expect(forgotten).toEqual(['linked']);
  });

  test('of all uploads empties the journal after the time for an undo', async () => {
    const { resumer, runtime, discardAll } = stage(left('1', RESUMABLE), eight);
    resumer.discardAll();
    resumer.undoDiscard();
    await runtime.pass(UNDO_MS);
    expect(discardAll).not.toHaveBeenCalled();
    resumer.discardAll();
    expect(resumer.discarding.getSnapshot()).toMatchObject({ files: 2, isAll: true });
    await runtime.pass(UNDO_MS);
    expect(discardAll).toHaveBeenCalledTimes(1);
  });
});

test('isResumable excludes uploads that are paused, failed, linked or in need of their file', () => {
  const failure = { phase: 'linking', problem: { kind: 'network' }, retryable: true } as const;
  expect([RESUMABLE, STORED].map(isResumable)).toEqual([true, true]);
  const others = [
    NEEDS_FILE,
    LINKED,
    { ...RESUMABLE, stage: 'paused' },
    { ...STORED, stage: 'failed', failure },
  ];
  expect((others as KeptUpload[]).map(isResumable)).toEqual([false, false, false, false]);
});

test('interruptedFor returns the batches of one work item', () => {
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

describe('matchPickedFiles', () => {
  it('resumes the uploads of the target of the drop, not those of the item in the form by then', async () => {
    const ofEight = keptBatch({ id: '2', target: ITEM_8, uploads: [NEEDS_FILE] });
    const { resumer, claims, runtime } = stage(left('1', NEEDS_FILE, RESUMABLE), ofEight);
    resumer.show(7);
    resumer.stop();
    await matchPickedFiles({ accepted: [pickedFile('x', 33)], rejected: [] }, ITEM_8, {
      interruptedUploads: resumer,
      journal: { match: () => Promise.resolve(new Map()) },
      queue: {
        getSnapshot: () => [],
        remove: jest.fn(),
        supply: jest.fn(),
        resume: jest.fn(),
        retry: jest.fn(),
      },
    });
    await runtime.pass(RESUME_DELAY_MS);
    expect(claims).toEqual([['2']]);
  });

  it('replaces the failed upload of a changed file by its new version', async () => {
    const failed = (id: string, name: string, kind: ProblemKind, target: LinkTarget = ITEM_8): Upload =>
      uploadIn(
        { status: 'failed', attempt: 1, phase: 'uploading', problem: { kind }, retryable: false },
        { id, target, file: { name, size: 1, folder: 'logs' } },
      );
    const removed: (readonly string[])[] = [];
    const uploads = [
      failed('1', 'a.txt', 'file-changed'),
      failed('2', 'b.txt', 'file-changed'),
      failed('3', 'a.txt', 'file-unreadable'),
      failed('4', 'a.txt', 'file-changed', DRAFT),
    ];
    const picked = { accepted: [{ ...pickedFile('a.txt'), folder: 'logs' }], rejected: [] };
    const left = await matchPickedFiles(picked, ITEM_8, {
      interruptedUploads: { isAwaited: () => false, resume: () => Promise.resolve([]) },
      journal: { match: () => Promise.resolve(new Map()) },
      queue: {
        getSnapshot: () => uploads,
        remove: (ids) => void removed.push(ids),
        supply: jest.fn(),
        resume: jest.fn(),
        retry: jest.fn(),
      },
    });
    expect(left).toEqual(picked);
    expect(removed).toEqual([['1']]);
  });
});
