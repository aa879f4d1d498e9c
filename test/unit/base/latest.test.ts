import { createLatest } from '../../../src/base/async';

test('createLatest reports an operation as latest until the next one with its key starts', () => {
  const start = createLatest();
  const [first, other] = [start('a'), start('b')];
  expect([first(), other()]).toEqual([true, true]);
  const second = start('a');
  expect([first(), second(), other()]).toEqual([false, true, true]);
});
