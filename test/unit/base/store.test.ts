import { createStateStore, createStore, setNotifyScheduler } from '../../../src/base/store';

/** A store with a counter, and its scheduled notifications. */
function createCounter() {
  const notifications: (() => void)[] = [];
  setNotifyScheduler((notify) => notifications.push(notify));
  const store = createStore<{ count: number }, number>(
    (state, add) => (add === 0 ? state : { count: state.count + add }),
    { count: 0 },
  );
  return { store, notifications };
}

test('Store changes its state at once', () => {
  const { store } = createCounter();
  store.dispatch(2);
  store.dispatch(3);
  expect(store.getSnapshot()).toEqual({ count: 5 });
});

test('Store notifies once for many changes', () => {
  const { store, notifications } = createCounter();
  const listener = jest.fn();
  store.subscribe(listener);
  for (let change = 0; change < 1000; change++) store.dispatch(1);
  expect(notifications).toHaveLength(1);
  expect(listener).not.toHaveBeenCalled();
  notifications[0]!();
  expect(listener).toHaveBeenCalledTimes(1);
});

test('Store notifies again for a change after a notification', () => {
  const { store, notifications } = createCounter();
  store.dispatch(1);
  notifications[0]!();
  store.dispatch(1);
  expect(notifications).toHaveLength(2);
});

test('Store keeps its state and does not notify when an action changes nothing', () => {
  const { store, notifications } = createCounter();
  const before = store.getSnapshot();
  store.dispatch(0);
  expect(store.getSnapshot()).toBe(before);
  expect(notifications).toHaveLength(0);
});

test('Store notifies again for a change made by a listener', () => {
  const { store, notifications } = createCounter();
  store.subscribe(() => store.getSnapshot().count === 1 && store.dispatch(1));
  store.dispatch(1);
  notifications[0]!();
  expect(notifications).toHaveLength(2);
  expect(store.getSnapshot()).toEqual({ count: 2 });
});

test('Store calls each listener until it unsubscribes', () => {
  const { store, notifications } = createCounter();
  const [stays, leaves] = [jest.fn(), jest.fn()];
  store.subscribe(stays);
  const leave = store.subscribe(leaves);
  store.dispatch(1);
  notifications[0]!();
  leave();
  store.dispatch(1);
  notifications[1]!();
  expect([stays.mock.calls.length, leaves.mock.calls.length]).toEqual([2, 1]);
});

test('Store calls the other listeners when one unsubscribes during a notification', () => {
  const { store, notifications } = createCounter();
  const last = jest.fn();
  const leave = store.subscribe(() => leave());
  store.subscribe(last);
  store.dispatch(1);
  notifications[0]!();
  expect(last).toHaveBeenCalledTimes(1);
});

test('Store notifies with each change when created with at-once', () => {
  const store = createStore<number, number>((state, add) => state + add, 0, { notify: 'at-once' });
  const seen: number[] = [];
  store.subscribe(() => seen.push(store.getSnapshot()));
  store.dispatch(1);
  store.dispatch(1);
  expect(seen).toEqual([1, 2]);
});

test('Store with at-once notifies for a change made by a listener', () => {
  const store = createStore<number, number>((state, add) => state + add, 0, { notify: 'at-once' });
  const seen: number[] = [];
  store.subscribe(() => {
    seen.push(store.getSnapshot());
    if (store.getSnapshot() === 1) store.dispatch(1);
  });
  store.dispatch(1);
  expect(seen).toEqual([1, 2]);
});

describe('createStateStore', () => {
  test('replaces the state by a value or by a function of the current one', () => {
    const { setState, getSnapshot } = createStateStore({ count: 1, name: 'a' });
    setState({ count: 2, name: 'b' });
    expect(getSnapshot()).toEqual({ count: 2, name: 'b' });
    setState((state) => ({ ...state, count: state.count + 1 }));
    expect(getSnapshot()).toEqual({ count: 3, name: 'b' });
  });

  test('does not notify when the state stays the same', () => {
    const notifications: (() => void)[] = [];
    setNotifyScheduler((notify) => notifications.push(notify));
    const initial = { count: 1 };
    const store = createStateStore(initial);
    store.setState(initial);
    store.setState((state) => state);
    expect(store.getSnapshot()).toBe(initial);
    expect(notifications).toEqual([]);
  });

  test('notifies through the scheduler, once for many changes', () => {
    const notifications: (() => void)[] = [];
    setNotifyScheduler((notify) => notifications.push(notify));
    const store = createStateStore(0);
    const listener = jest.fn();
    store.subscribe(listener);
    store.setState(1);
    store.setState(2);
    expect(listener).not.toHaveBeenCalled();
    expect(notifications).toHaveLength(1);
    notifications[0]!();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('notifies with each change when created with at-once', () => {
    setNotifyScheduler(() => undefined);
    const store = createStateStore(0, { notify: 'at-once' });
    const seen: number[] = [];
    store.subscribe(() => seen.push(store.getSnapshot()));
    store.setState(1);
    store.setState((state) => state + 1);
    expect(seen).toEqual([1, 2]);
  });
});

test('Store calls an at-once listener with each change, although the scheduler never calls back', () => {
  const { store } = createCounter();
  const counts: number[] = [];
  const unsubscribe = store.subscribe(() => counts.push(store.getSnapshot().count), 'at-once');
  store.dispatch(1);
  store.dispatch(1);
  unsubscribe();
  store.dispatch(1);
  expect(counts).toEqual([1, 2]);
});
