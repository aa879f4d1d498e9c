import { createKeyedMutex } from '../../../src/base/keyed-mutex';
import { createDeferred, flush, rejectionOf } from '../../helpers/deferred';

/** Turns, and tasks that the test ends. */
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

test('tasks on one work item run one after another, in their order', async () => {
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

test('tasks on different work items run side by side', async () => {
  const { mutex, begun, task } = begin();
  void mutex.lock(7, task('a').run);
  void mutex.lock(8, task('b').run);
  await flush();
  expect(begun).toEqual(['a', 'b']);
});

test('one that fails is told so, and the next one runs all the same', async () => {
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

test('one that fails before it returns a promise is told so as well', async () => {
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

test('one that comes while the second runs waits for that', async () => {
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

test('one that comes after all are done runs at once', async () => {
  const { mutex, begun, task } = begin();
  const a = task('a');
  a.resolve('of a');
  await mutex.lock(7, a.run);
  await flush();
  void mutex.lock(7, task('b').run);
  await flush();
  expect(begun).toEqual(['a', 'b']);
});
