import fc from 'fast-check';
import { NetworkError, ServerError } from '../../../src/base/errors';
import { createDeferred, flush } from '../../helpers/deferred';
import type { TestQueue } from '../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../helpers/upload-queue';
import { DRAFT, pickedFile, ITEM_7 } from '../../helpers/uploads';

/** Permanent failure. */
const REFUSED = new ServerError('refused', 'Refused.', { status: 400 });
/** Transient failure. */
const BROKEN = new NetworkError('No answer.');
const ITEM_8 = { kind: 'work-item', id: 8 } as const;

/** File names in each patch so far. */
function patchesOf({ links }: TestQueue): readonly (readonly string[])[] {
  return links.map(({ names }) => names);
}

function idOf(test: TestQueue, name: string): string {
  return test.upload(name).id;
}

/** Resolves the latest patch. */
async function answer({ links }: TestQueue): Promise<void> {
  links.at(-1)!.answer(links.length + 1);
  await flush();
}

/** Queue with a form that answers `canLink`. */
function createGatedQueue(canLink: boolean) {
  const gate = { canLink, asked: [] as number[] };
  const test = createTestQueue({
    canLink(workItemId) {
      gate.asked.push(workItemId);
      return Promise.resolve(gate.canLink);
    },
  });
  return { ...test, gate };
}

describe('LinkScheduler', () => {
  test('links at once if no other file of the work item is being sent', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b', ITEM_8);
    await test.finish('a');
    expect(patchesOf(test)).toEqual([['a']]);
  });

  test('waits three seconds for other files and links all stored ones in one patch', async () => {
    const test = createTestQueue();
    await test.add('a b c');
    await test.finish('a');
    await test.runtime.pass(2000);
    await test.finish('b');
    await test.runtime.pass(999);
    expect(patchesOf(test)).toEqual([]);
    await test.runtime.pass(1);
    expect(patchesOf(test)).toEqual([['a', 'b']]);
  });

  test('stops waiting when the last file is stored', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    await test.runtime.pass(1000);
    await test.finish('b');
    expect(patchesOf(test)).toEqual([['a', 'b']]);
    await answer(test);
    await test.runtime.pass(60_000);
    expect(patchesOf(test)).toHaveLength(1);
  });

  test('doubles the wait after each patch, up to a minute', async () => {
    const test = createTestQueue({ limits: exactly(9) });
    await test.add('1 2 3 4 5 6 7 8 large');
    const waits: number[] = [];
    for (const name of '12345678') {
      await test.finish(name);
      let seconds = 0;
      for (; test.links.length < Number(name); seconds++) await test.runtime.pass(1000);
      waits.push(seconds);
      await answer(test);
    }
    expect(waits).toEqual([3, 6, 12, 24, 48, 60, 60, 60]);
  });

  test('resets the wait after all files were stored', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    await test.runtime.pass(3000);
    await answer(test);
    await test.finish('b');
    await answer(test);
    await test.add('c d');
    await test.finish('c');
    await test.runtime.pass(3000);
    expect(patchesOf(test)).toEqual([['a'], ['b'], ['c']]);
  });

  test('sends one patch at a time per work item and links files stored meanwhile in the next one', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.finish('a');
    await test.add('b c');
    await test.finish('b');
    await test.finish('c');
    await test.runtime.pass(60_000);
    expect(patchesOf(test)).toEqual([['a']]);
    expect(test.statuses()).toBe('a linking, b uploaded, c uploaded');
    await answer(test);
    expect(patchesOf(test)).toEqual([['a'], ['b', 'c']]);
  });

  test('sends patches for different work items in parallel', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b', ITEM_8);
    await test.finish('a b');
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([7, 8]);
  });

  test('sends few patches and links each file within a minute, whenever files are stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(600_000), { minLength: 100, maxLength: 100 }),
        fc.integer({ min: 1, max: 4 }),
        async (times, drops) => {
          const test = createTestQueue({ limits: exactly(100) });
          const files = times.map((_, at) => pickedFile(String(at), 1));
          for (let drop = 0; drop < drops; drop++)
            test.queue.add(
              files.filter((_, at) => at % drops === drop),
              ITEM_7,
            );
          await flush();
          const arrivals = times
            .map((time, at) => ({ time, name: String(at) }))
            .sort((a, b) => a.time - b.time);
          const start = test.runtime.now();
          const since = new Map<string, number>();
          let answered = 0;
          const linkAll = async (): Promise<void> => {
            for (; answered < test.links.length; answered++) {
              for (const name of test.links[answered]!.names)
                expect(test.runtime.now() - since.get(name)!).toBeLessThanOrEqual(61_000);
              test.links[answered]!.answer(2 + answered);
              await flush();
            }
          };
          for (const { time, name } of arrivals) {
            while (test.runtime.now() < start + time) {
              await test.runtime.pass(Math.min(1000, start + time - test.runtime.now()));
              await linkAll();
            }
            since.set(name, time + start);
            await test.finish(name);
            await linkAll();
          }
          expect(test.queue.getSnapshot().every(({ state }) => state.status === 'linked')).toBe(true);
          // Five while the window grows in the first 93 s, one per minute in the rest of ten minutes, and the last.
          expect(test.links.length).toBeLessThanOrEqual(5 + 9 + 1);
        },
      ),
      { numRuns: 20 },
    );
  }, 30_000);
});

describe('LinkScheduler after a patch with failures', () => {
  test('reports the result of each file and retries transient failures together', async () => {
    const test = createTestQueue();
    await test.add('a b c d');
    await test.finish('a b c d');
    test.links[0]!.answer(5, { a: REFUSED, b: BROKEN, d: BROKEN });
    await flush();
    expect(test.statuses()).toBe('a failed, b waiting, c linked, d waiting');
    expect(test.upload('a').state).toMatchObject({ phase: 'linking', problem: { kind: 'refused' } });
    await test.runtime.pass(1000);
    expect(patchesOf(test)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'd'],
    ]);
    await answer(test);
    expect(test.statuses()).toBe('a failed, b linked, c linked, d linked');
  });

  test('lowers the concurrency limit if the server is busy', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a b');
    const busy = new ServerError('server-busy', 'Busy.', { status: 503 });
    test.links[0]!.answer(5, { a: busy });
    await flush();
    await test.add('c d e f g h');
    expect(test.transport.underWay()).toHaveLength(3);
  });
});

describe('LinkScheduler with unsaved edits', () => {
  test('holds files until the save, and asks only with files to link', async () => {
    const test = createGatedQueue(false);
    await test.add('a b');
    expect(test.gate.asked).toEqual([]);
    await test.finish('a b');
    expect(test.statuses()).toBe('a waiting-for-save, b waiting-for-save');
    test.gate.canLink = true;
    test.release(7, 'if-allowed');
    await flush();
    expect(patchesOf(test)).toEqual([['a', 'b']]);
    expect(test.gate.asked).toEqual([7, 7]);
  });

  test('holds files again if the edits are still unsaved', async () => {
    const test = createGatedQueue(false);
    await test.add('a');
    await test.finish('a');
    test.release(7, 'if-allowed');
    await flush();
    expect(test.statuses()).toBe('a waiting-for-save');
    expect(test.gate.asked).toEqual([7, 7]);
  });

  test('links to other work items', async () => {
    const test = createTestQueue({ canLink: (workItemId) => Promise.resolve(workItemId !== 7) });
    await test.add('a');
    await test.add('b', ITEM_8);
    await test.finish('a b');
    expect(test.statuses()).toBe('a waiting-for-save, b linking');
  });

  test('links despite the edits at the request of the user, but not later files', async () => {
    const test = createGatedQueue(false);
    await test.add('a');
    await test.finish('a');
    test.release(7, 'at-once');
    await flush();
    expect(patchesOf(test)).toEqual([['a']]);
    expect(test.gate.asked).toEqual([7]);
    await answer(test);
    await test.add('b');
    await test.finish('b');
    expect(test.statuses()).toBe('a linked, b waiting-for-save');
  });

  test('links at the request of the user while other files wait', async () => {
    const test = createGatedQueue(false);
    await test.add('a b');
    await test.finish('a');
    await test.runtime.pass(3000);
    expect(test.statuses()).toBe('a waiting-for-save, b uploading');
    await test.add('c', ITEM_8);
    await test.finish('b');
    await test.add('d');
    await flush();
    test.release(7, 'at-once');
    await flush();
    expect(patchesOf(test)).toEqual([['a', 'b']]);
    await test.finish('d');
    await answer(test);
    expect(test.statuses()).toBe('a linked, b linked, c uploading, d waiting-for-save');
  });

  test('links despite the edits again when the user retries a failed link', async () => {
    const test = createGatedQueue(false);
    await test.add('a');
    await test.finish('a');
    test.release(7, 'at-once');
    await flush();
    test.links[0]!.answer(2, { a: REFUSED });
    await flush();
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(patchesOf(test)).toEqual([['a'], ['a']]);
    expect(test.gate.asked).toEqual([7]);
  });

  test('waits for other files again after the save', async () => {
    const test = createGatedQueue(false);
    await test.add('a b');
    await test.finish('a');
    await test.runtime.pass(3000);
    test.gate.canLink = true;
    test.release(7, 'if-allowed');
    await flush();
    expect(test.statuses()).toBe('a uploaded, b uploading');
    await test.finish('b');
    expect(patchesOf(test)).toEqual([['a', 'b']]);
  });

  test('holds files of a draft until its save, without asking', async () => {
    const test = createGatedQueue(true);
    await test.add('a', DRAFT);
    await test.finish('a');
    test.release(7, 'at-once');
    await flush();
    expect(test.statuses()).toBe('a waiting-for-save');
    expect(test.gate.asked).toEqual([]);
    test.queue.draftSaved('draft 1', 7);
    await flush();
    expect(test.gate.asked).toEqual([7]);
    expect(patchesOf(test)).toEqual([['a']]);
  });
});

describe('LinkScheduler between canLink and its result', () => {
  /** Queue with one stored file and a pending result of `canLink`. */
  async function ask() {
    const asked = createDeferred<boolean>();
    const test = createTestQueue({ canLink: () => asked.promise });
    await test.add('a');
    await test.finish('a');
    expect(test.statuses()).toBe('a uploaded');
    return { ...test, asked };
  }

  test.each([true, false])('keeps the state if the browser goes offline (%s)', async (canLink) => {
    const test = await ask();
    await test.runtime.goOffline();
    test.asked.resolve(canLink);
    await flush();
    expect(test.statuses()).toBe('a uploaded');
    await test.runtime.goOnline();
    expect(test.statuses()).toBe(canLink ? 'a linking' : 'a waiting-for-save');
  });

  test('does not link a file canceled meanwhile', async () => {
    const test = await ask();
    test.queue.cancel([idOf(test, 'a')]);
    test.asked.resolve(true);
    await flush();
    expect(test.statuses()).toBe('a cancelled');
    expect(patchesOf(test)).toEqual([]);
  });

  test('includes a file stored meanwhile', async () => {
    const test = await ask();
    await test.add('b');
    await test.finish('b');
    test.asked.resolve(true);
    await flush();
    expect(patchesOf(test)).toEqual([['a', 'b']]);
  });
});

describe('LinkScheduler during a batch window', () => {
  test('links when the throttle ends, if the window ended before', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.throttle(10_000);
    await test.runtime.pass(9999);
    expect(patchesOf(test)).toEqual([]);
    await test.runtime.pass(1);
    expect(patchesOf(test)).toEqual([['a']]);
  });

  test('links at once when the last unfinished file is paused', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.pause([idOf(test, 'b')]);
    await flush();
    expect(patchesOf(test)).toEqual([['a']]);
  });

  test('ignores the timer of an earlier window', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    await test.runtime.pass(1000);
    await test.finish('b');
    await answer(test);
    await test.add('c d');
    await test.runtime.pass(1000);
    await test.finish('c');
    await test.runtime.pass(2999);
    expect(patchesOf(test)).toEqual([['a', 'b']]);
    await test.runtime.pass(1);
    expect(patchesOf(test)).toEqual([['a', 'b'], ['c']]);
  });

  test('waits for a file that waits for its retry', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.fail('b', BROKEN);
    await test.finish('a');
    expect(patchesOf(test)).toEqual([]);
    await test.runtime.pass(3000);
    expect(patchesOf(test)).toEqual([['a']]);
  });
});
