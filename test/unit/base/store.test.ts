import { createStore, setNotifyScheduler } from '../../../src/base/store';

/** A store that counts, and the announcements that it asked for. */
function createCounter() {
  const announcements: (() => void)[] = [];
  setNotifyScheduler((notify) => announcements.push(notify));
  const store = createStore<{ count: number }, number>(
    (state, add) => (add === 0 ? state : { count: state.count + add }),
    { count: 0 },
  );
  return { store, announcements };
}

test('the state changes at once', () => {
  const { store } = createCounter();
  store.dispatch(2);
  store.dispatch(3);
  expect(store.getSnapshot()).toEqual({ count: 5 });
});

test('many changes are announced once', () => {
  const { store, announcements } = createCounter();
  const listener = jest.fn();
  store.subscribe(listener);
  for (let change = 0; change < 1000; change++) store.dispatch(1);
  expect(announcements).toHaveLength(1);
  expect(listener).not.toHaveBeenCalled();
  announcements[0]!();
  expect(listener).toHaveBeenCalledTimes(1);
});

test('a change after an announcement is announced again', () => {
  const { store, announcements } = createCounter();
  store.dispatch(1);
  announcements[0]!();
  store.dispatch(1);
  expect(announcements).toHaveLength(2);
});

test('what changes nothing is not announced and keeps the identity', () => {
  const { store, announcements } = createCounter();
  const before = store.getSnapshot();
  store.dispatch(0);
  expect(store.getSnapshot()).toBe(before);
  expect(announcements).toHaveLength(0);
});

test('a change while it is told is announced as well', () => {
  const { store, announcements } = createCounter();
  store.subscribe(() => store.getSnapshot().count === 1 && store.dispatch(1));
  store.dispatch(1);
  announcements[0]!();
  expect(announcements).toHaveLength(2);
  expect(store.getSnapshot()).toEqual({ count: 2 });
});

test('all listeners are told until they leave', () => {
  const { store, announcements } = createCounter();
  const [stays, leaves] = [jest.fn(), jest.fn()];
  store.subscribe(stays);
  const leave = store.subscribe(leaves);
  store.dispatch(1);
  announcements[0]!();
  leave();
  store.dispatch(1);
  announcements[1]!();
  expect([stays.mock.calls.length, leaves.mock.calls.length]).toEqual([2, 1]);
});

test('a listener that leaves while it is told keeps none from hearing', () => {
  const { store, announcements } = createCounter();
  const last = jest.fn();
  const leave = store.subscribe(() => leave());
  store.subscribe(last);
  store.dispatch(1);
  announcements[0]!();
  expect(last).toHaveBeenCalledTimes(1);
});

test('announcing at once works', () => {
  const store = createStore<number, number>((state, add) => state + add, 0, { notify: 'at-once' });
  const seen: number[] = [];
  store.subscribe(() => seen.push(store.getSnapshot()));
  store.dispatch(1);
  store.dispatch(1);
  expect(seen).toEqual([1, 2]);
});
