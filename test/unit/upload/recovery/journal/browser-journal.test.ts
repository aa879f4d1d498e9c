/** @jest-environment jsdom */
import 'fake-indexeddb/auto';
import {
  browserLocks,
  createBrowserJournal,
  createBrowserRecoveryInbox,
} from '../../../../../src/upload/recovery/journal/browser-journal';
import { createSendingWatch } from '../../../../../src/upload/recovery/journal/sending-lock';
import { browserRuntime } from '../../../../../src/base/runtime';
import { createLocks } from '../../../../helpers/browser-locks';
import { flush } from '../../../../helpers/deferred';
import { STATES } from '../../../../helpers/upload-states';
import { uploadIn } from '../../../../helpers/uploads';

function refuse(): never {
  throw new DOMException('The operation is insecure.', 'SecurityError');
}

/** Defines a property for one test. */
function define(holder: object, name: string, descriptor: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(holder, name);
  Object.defineProperty(holder, name, { ...descriptor, configurable: true });
  restorers.push(() => {
    if (before) Object.defineProperty(holder, name, before);
    else Reflect.deleteProperty(holder, name);
  });
}

const restorers: (() => void)[] = [];

beforeEach(() => {
  // Missing in jsdom.
  Object.assign(globalThis, {
    structuredClone: (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown,
  });
});

afterEach(() => {
  for (const restore of restorers.splice(0)) restore();
});

const options = { owner: 'frame', runtime: browserRuntime, onLost: () => undefined };

describe('createBrowserJournal', () => {
  test.each([
    ['a BroadcastChannel that throws', () => define(window, 'BroadcastChannel', { value: refuse })],
    ['a BroadcastChannel that is blocked', () => define(window, 'BroadcastChannel', { get: refuse })],
    ['no BroadcastChannel', () => define(window, 'BroadcastChannel', { value: undefined })],
    ['blocked locks', () => define(navigator, 'locks', { get: refuse })],
    [
      'locks that reject',
      () => define(navigator, 'locks', { value: { request: () => Promise.reject(new Error('No.')) } }),
    ],
    ['no locks', () => define(navigator, 'locks', { value: undefined })],
  ])('stores in the browser with %s', async (_, prepare) => {
    prepare();
    const journal = createBrowserJournal(options);
    await journal.open('fabrikam jamal');
    expect(journal.state.getSnapshot().kind).toBe('browser');
  });

  test.each([
    ['a blocked database', () => define(globalThis, 'indexedDB', { get: refuse })],
    ['no database', () => define(globalThis, 'indexedDB', { value: undefined })],
  ])('stores in memory with %s', async (_, prepare) => {
    prepare();
    const journal = createBrowserJournal(options);
    await journal.open('fabrikam jamal');
    expect(journal.state.getSnapshot().kind).toBe('memory');
  });
});

test('createBrowserJournal discards everything although its BroadcastChannel throws', async () => {
  const postMessage = jest.fn(refuse);
  class Throwing {
    readonly addEventListener = (): void => undefined;
    readonly postMessage = postMessage;
  }
  define(window, 'BroadcastChannel', { value: Throwing });
  const journal = createBrowserJournal(options);
  await journal.open('fabrikam jamal');
  await journal.discardAll();
  expect(postMessage).toHaveBeenCalledTimes(1);
  expect(journal.state.getSnapshot().kind).toBe('browser');
});

test('createBrowserRecoveryInbox accepts a BroadcastChannel that throws', () => {
  define(window, 'BroadcastChannel', { value: refuse });
  expect(() => createBrowserRecoveryInbox(options, () => Promise.resolve('fabrikam jamal'))).not.toThrow();
});

test('createBrowserJournal tells other frames by a lock while a file is sent', async () => {
  const { locks } = createLocks();
  define(navigator, 'locks', { value: locks });
  const journal = createBrowserJournal(options);
  const now = jest.fn(() => 0);
  const isSending = createSendingWatch(browserLocks(), { now });
  const look = async (): Promise<boolean> => {
    await flush();
    now.mockReturnValue(now() + 1_000);
    isSending();
    await flush();
    return isSending();
  };
  journal.update(uploadIn(STATES.uploading));
  expect(await look()).toBe(true);
  journal.update(uploadIn(STATES.uploaded));
  expect(await look()).toBe(false);
  journal.update(uploadIn(STATES.uploading));
  expect(await look()).toBe(true);
  journal.discard(['a']);
  expect(await look()).toBe(false);
});
