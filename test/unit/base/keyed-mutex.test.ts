import { createKeyedMutex, createMutex } from '../../../src/base/async';
import { createDeferred, flush, rejectionOf } from '../../helpers/deferred';

/** A mutex, and tasks ended by the test. */
function begin() {
  const mutex = createKeyedMutex<number>();
  const begun: string[] = [];
  const task = (name: string) => {
    const end = createDeferred<string>();
    return {
      ...end,
      run: (): Promise<string> => {
        begun.push(name);
        return end.promise;
      },
    };
  };
  return { mutex, begun, task };
}

test('KeyedMutex runs tasks on one key one after another, in the order of the calls', async () => {
  const { mutex, begun, task } = begin();
  const [a, b, c] = [task('a'), task('b'), task('c')];
  const answers = [a, b, c].map(({ run }) => mutex.lock(7, run));
  await flush();
  expect(begun).toEqual(['a']);
  a.resolve('of a');
  await flush();
  expect(begun).toEqual(['a', 'b']);
  b.resolve('of b');
  c.resolve('of c');
  expect(await Promise.all(answers)).toEqual(['of a', 'of b', 'of c']);
});

test('KeyedMutex runs tasks on different keys in parallel', async () => {
  const { mutex, begun, task } = begin();
  void mutex.lock(7, task('a').run);
  void mutex.lock(8, task('b').run);
  await flush();
  expect(begun).toEqual(['a', 'b']);
});

test('KeyedMutex rejects with the error of a task and runs the next one', async () => {
  const { mutex, task } = begin();
  const [a, b] = [task('a'), task('b')];
  const failure = rejectionOf(mutex.lock(7, a.run));
  const answer = mutex.lock(7, b.run);
  const error = new Error('No.');
  a.reject(error);
  b.resolve('of b');
  expect(await failure).toBe(error);
  expect(await answer).toBe('of b');
});

test('KeyedMutex rejects with an error thrown before the task returns a promise', async () => {
  const { mutex, task } = begin();
  const error = new Error('At once.');
  const failure = rejectionOf(
    mutex.lock(7, () => {
      throw error;
    }),
  );
  const b = task('b');
  const answer = mutex.lock(7, b.run);
  b.resolve('of b');
  expect(await failure).toBe(error);
  expect(await answer).toBe('of b');
});

test('KeyedMutex makes a third task wait while the second one runs', async () => {
  const { mutex, begun, task } = begin();
  const [a, b, c] = [task('a'), task('b'), task('c')];
  void mutex.lock(7, a.run);
  void mutex.lock(7, b.run);
  a.resolve('of a');
  await flush();
  void mutex.lock(7, c.run);
  await flush();
  expect(begun).toEqual(['a', 'b']);
});

test('KeyedMutex runs a task at once when all earlier ones have ended', async () => {
  const { mutex, begun, task } = begin();
  const a = task('a');
  a.resolve('of a');
  await mutex.lock(7, a.run);
  await flush();
  void mutex.lock(7, task('b').run);
  await flush();
  expect(begun).toEqual(['a', 'b']);
});

describe('lockAll', () => {
  test('runs a task only when all its keys are free', async () => {
    const { mutex, begun, task } = begin();
    const [a, b, both] = [task('a'), task('b'), task('both')];
    void mutex.lock(7, a.run);
    void mutex.lock(8, b.run);
    const answer = mutex.lockAll([7, 8], both.run);
    a.resolve('of a');
    await flush();
    expect(begun).toEqual(['a', 'b']);
    b.resolve('of b');
    await flush();
    expect(begun).toEqual(['a', 'b', 'both']);
    both.resolve('of both');
    expect(await answer).toBe('of both');
  });

  test('makes later tasks on each of its keys wait', async () => {
    const { mutex, begun, task } = begin();
    const [both, a, b, other] = [task('both'), task('a'), task('b'), task('other')];
    void mutex.lockAll([7, 8], both.run);
    void mutex.lock(7, a.run);
    void mutex.lock(8, b.run);
    void mutex.lock(9, other.run);
    await flush();
    expect(begun).toEqual(['both', 'other']);
    both.resolve('of both');
    await flush();
    expect(begun).toEqual(['both', 'other', 'a', 'b']);
  });

  test('does not deadlock with the same keys in another order', async () => {
    const { mutex, begun, task } = begin();
    const [first, second] = [task('first'), task('second')];
    const answers = [mutex.lockAll([7, 8], first.run), mutex.lockAll([8, 7], second.run)];
    await flush();
    expect(begun).toEqual(['first']);
    first.resolve('of first');
    second.resolve('of second');
    expect(await Promise.all(answers)).toEqual(['of first', 'of second']);
  });

  test('releases all its keys when the task fails', async () => {
    const { mutex, begun, task } = begin();
    const failed = task('failed');
    const failure = rejectionOf(mutex.lockAll([7, 8], failed.run));
    const error = new Error('No.');
    failed.reject(error);
    expect(await failure).toBe(error);
    void mutex.lockAll([7, 8], task('next').run);
    await flush();
    expect(begun).toEqual(['failed', 'next']);
  });

  test('runs a task without keys at once', async () => {
    const { mutex, begun, task } = begin();
    void mutex.lockAll([], task('none').run);
    await flush();
    expect(begun).toEqual(['none']);
  });
});

describe('acquire', () => {
  test('holds its keys until they are released', async () => {
    const { mutex, begun, task } = begin();
    const release = await mutex.acquire([7, 8]);
    void mutex.lock(8, task('a').run);
    await flush();
    expect(begun).toEqual([]);
    release();
    await flush();
    expect(begun).toEqual(['a']);
  });

  test('waits for earlier holders', async () => {
    const { mutex } = begin();
    const release = await mutex.acquire([7]);
    const acquired = jest.fn();
    void mutex.acquire([7, 8]).then(acquired);
    await flush();
    expect(acquired).not.toHaveBeenCalled();
    release();
    await flush();
    expect(acquired).toHaveBeenCalledTimes(1);
  });

  test('allows a second call of release', async () => {
    const { mutex, begun, task } = begin();
    const release = await mutex.acquire([7]);
    void mutex.lock(7, task('a').run);
    void mutex.lock(7, task('b').run);
    release();
    release();
    await flush();
    expect(begun).toEqual(['a']);
  });
});

describe('createMutex', () => {
  test('runs one task at a time, in the order of the calls', async () => {
    const serialize = createMutex();
    const { begun, task } = begin();
    const [a, b, c] = [task('a'), task('b'), task('c')];
    const answers = [a, b, c].map(({ run }) => serialize(run));
    await flush();
    expect(begun).toEqual(['a']);
    a.resolve('of a');
    await flush();
    expect(begun).toEqual(['a', 'b']);
    b.resolve('of b');
    c.resolve('of c');
    expect(await Promise.all(answers)).toEqual(['of a', 'of b', 'of c']);
  });

  test('runs the next task after a failed one', async () => {
    const serialize = createMutex();
    const { task } = begin();
    const [a, b] = [task('a'), task('b')];
    const failure = rejectionOf(serialize(a.run));
    const answer = serialize(b.run);
    a.reject(new Error('No.'));
    b.resolve('of b');
    expect(await failure).toEqual(new Error('No.'));
    expect(await answer).toBe('of b');
  });

  test('is independent of other mutexes', async () => {
    const { begun, task } = begin();
    void createMutex()(task('a').run);
    void createMutex()(task('b').run);
    await flush();
    expect(begun).toEqual(['a', 'b']);
  });
});
