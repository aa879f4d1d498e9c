import { createTurns } from '../../../src/link/turns';
import { createDeferred, flush, rejectionOf } from '../../helpers/deferred';

/** Turns, and tasks that the test ends. */
function begin() {
  const inTurn = createTurns();
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
  return { inTurn, begun, task };
}

test('tasks on one work item run one after another, in their order', async () => {
  const { inTurn, begun, task } = begin();
  const [a, b, c] = [task('a'), task('b'), task('c')];
  const answers = [a, b, c].map(({ run }) => inTurn(7, run));
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
  const { inTurn, begun, task } = begin();
  void inTurn(7, task('a').run);
  void inTurn(8, task('b').run);
  await flush();
  expect(begun).toEqual(['a', 'b']);
});

test('one that fails is told so, and the next one runs all the same', async () => {
  const { inTurn, task } = begin();
  const [a, b] = [task('a'), task('b')];
  const failure = rejectionOf(inTurn(7, a.run));
  const answer = inTurn(7, b.run);
  const error = new Error('No.');
  a.reject(error);
  b.resolve('of b');
  expect(await failure).toBe(error);
  expect(await answer).toBe('of b');
});

test('one that fails before it returns a promise is told so as well', async () => {
  const { inTurn, task } = begin();
  const error = new Error('At once.');
  const failure = rejectionOf(
    inTurn(7, () => {
      throw error;
    }),
  );
  const b = task('b');
  const answer = inTurn(7, b.run);
  b.resolve('of b');
  expect(await failure).toBe(error);
  expect(await answer).toBe('of b');
});

test('one that comes while the second runs waits for that', async () => {
  const { inTurn, begun, task } = begin();
  const [a, b, c] = [task('a'), task('b'), task('c')];
  void inTurn(7, a.run);
  void inTurn(7, b.run);
  a.resolve('of a');
  await flush();
  void inTurn(7, c.run);
  await flush();
  expect(begun).toEqual(['a', 'b']);
});

test('one that comes after all are done runs at once', async () => {
  const { inTurn, begun, task } = begin();
  const a = task('a');
  a.resolve('of a');
  await inTurn(7, a.run);
  await flush();
  void inTurn(7, task('b').run);
  await flush();
  expect(begun).toEqual(['a', 'b']);
});
