import fc from 'fast-check';
import { NetworkError, ServerError } from '../../../src/base/errors';
import { createDeferred, flush } from '../../helpers/deferred';
import type { TestQueue } from '../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../helpers/upload-queue';
import { DRAFT, pickedFile, ITEM_7 } from '../../helpers/uploads';

/** A person has to do something about it. */
const REFUSED = new ServerError('refused', 'Refused.', { status: 400 });
/** It passes by itself. */
const BROKEN = new NetworkError('No answer.');
const ITEM_8 = { kind: 'work-item', id: 8 } as const;

/** The names in each patch so far. */
function patchesOf({ links }: TestQueue): readonly (readonly string[])[] {
  return links.map(({ names }) => names);
}

function idOf(test: TestQueue, name: string): string {
  return test.upload(name).id;
}

/** Lets the latest patch have been made. */
async function answer({ links }: TestQueue): Promise<void> {
  links.at(-1)!.answer(links.length + 1);
  await flush();
}

/** A queue whose form says whether a patch disturbs nobody. */
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

describe('references for one work item', () => {
  test('wait for nothing when no other file is on its way there', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b', ITEM_8);
    await test.finish('a');
    expect(patchesOf(test)).toEqual([['a']]);
  });

  test('wait three seconds for those that are, and take along what came by then', async () => {
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

  test('do not wait any longer once the last of those is there', async () => {
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

  test('wait twice as long after each patch, and a minute at most', async () => {
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

  test('wait as at first when everything has arrived in between', async () => {
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

  test('are linked one patch after another, and the next takes along what came meanwhile', async () => {
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

  test('are linked although a patch for another work item takes long', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b', ITEM_8);
    await test.finish('a b');
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([7, 8]);
  });

  test('get few patches, and none waits longer than a minute for its own, whenever they come', async () => {
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
          // Five while the window grows in the first 93 s, one a minute in the rest of the ten, and the last.
          expect(test.links.length).toBeLessThanOrEqual(5 + 9 + 1);
        },
      ),
      { numRuns: 20 },
    );
  }, 30_000);
});

describe('a patch that leaves some out', () => {
  test('tells for each what came of it, and tries those again together that failed alike', async () => {
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

  test('for want of strength on the other side makes the queue go slower', async () => {
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

describe('edits that a link would disturb', () => {
  test('keep it until they are saved, and are asked for only when there is something to link', async () => {
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

  test('that are still there keep it again', async () => {
    const test = createGatedQueue(false);
    await test.add('a');
    await test.finish('a');
    test.release(7, 'if-allowed');
    await flush();
    expect(test.statuses()).toBe('a waiting-for-save');
    expect(test.gate.asked).toEqual([7, 7]);
  });

  test('of one work item keep no link from another', async () => {
    const test = createTestQueue({ canLink: (workItemId) => Promise.resolve(workItemId !== 7) });
    await test.add('a');
    await test.add('b', ITEM_8);
    await test.finish('a b');
    expect(test.statuses()).toBe('a waiting-for-save, b linking');
  });

  test('are passed over for what a person wants to have linked at once, and for nothing else', async () => {
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

  test('are passed over for it beside others that have to wait', async () => {
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

  test('are passed over for it once more when it failed', async () => {
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

  test('make it gather again with what is on its way, once they are saved', async () => {
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

  test('do not matter to a draft, which waits for its number', async () => {
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

describe('between a question for edits and its answer', () => {
  /** A queue with one file that is there; the form has not said yet whether it may be linked. */
  async function ask() {
    const asked = createDeferred<boolean>();
    const test = createTestQueue({ canLink: () => asked.promise });
    await test.add('a');
    await test.finish('a');
    expect(test.statuses()).toBe('a uploaded');
    return { ...test, asked };
  }

  test.each([true, false])('a line that dies keeps everything as it is (%s)', async (canLink) => {
    const test = await ask();
    await test.runtime.goOffline();
    test.asked.resolve(canLink);
    await flush();
    expect(test.statuses()).toBe('a uploaded');
    await test.runtime.goOnline();
    expect(test.statuses()).toBe(canLink ? 'a linking' : 'a waiting-for-save');
  });

  test('a file that is cancelled is not linked', async () => {
    const test = await ask();
    test.queue.cancel([idOf(test, 'a')]);
    test.asked.resolve(true);
    await flush();
    expect(test.statuses()).toBe('a cancelled');
    expect(patchesOf(test)).toEqual([]);
  });

  test('a file that arrives is taken along', async () => {
    const test = await ask();
    await test.add('b');
    await test.finish('b');
    test.asked.resolve(true);
    await flush();
    expect(patchesOf(test)).toEqual([['a', 'b']]);
  });
});

describe('a window', () => {
  test('that ends while a server asks for a rest is over once that is over', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.throttle(10_000);
    await test.runtime.pass(9999);
    expect(patchesOf(test)).toEqual([]);
    await test.runtime.pass(1);
    expect(patchesOf(test)).toEqual([['a']]);
  });

  test('ends at once when the last file on its way is paused', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.pause([idOf(test, 'b')]);
    await flush();
    expect(patchesOf(test)).toEqual([['a']]);
  });

  test('that nobody needed any more does not cut the next one short', async () => {
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

  test('goes on for a file that waits to be sent again', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.fail('b', BROKEN);
    await test.finish('a');
    expect(patchesOf(test)).toEqual([]);
    await test.runtime.pass(3000);
    expect(patchesOf(test)).toEqual([['a']]);
  });
});
