/** @jest-environment jsdom */
import { createBrowserFrame } from '../../../src/check/browser-frame';
import type { Frame } from '../../../src/check/questions/question';
import { createQuickRuntime } from './quick-runtime';

function createFrame(): Frame {
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  return createBrowserFrame(createQuickRuntime(), {
    openMessage: nothing,
    openPanel: nothing,
    opensWindow: undefined,
    windowReaches: nothing,
    canReadData: () => Promise.resolve(true),
    form: undefined,
  });
}

async function abilitiesOf(frame: Frame): Promise<unknown> {
  return {
    storage: frame.canStore(),
    database: await frame.canOpenDatabase(),
    locks: await frame.canLock(),
    channel: await frame.canBroadcast(),
    clipboard: await frame.clipboard(),
  };
}

const NONE = { storage: false, database: false, locks: false, channel: false, clipboard: undefined };

function define(target: object, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, { get, configurable: true });
}

/** Replaces all optional parts of the browser. */
function replaceAll(get: () => unknown): void {
  for (const name of ['localStorage', 'indexedDB', 'BroadcastChannel']) define(globalThis, name, get);
  for (const name of ['locks', 'permissions']) define(navigator, name, get);
}

describe('createBrowserFrame', () => {
  test('has no abilities where the browser lacks them', async () => {
    replaceAll(() => undefined);
    expect(await abilitiesOf(createFrame())).toEqual(NONE);
  });

  test('has no abilities where the browser throws', async () => {
    replaceAll(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    expect(await abilitiesOf(createFrame())).toEqual(NONE);
  });

  test('has no abilities where nothing ever answers', async () => {
    const never = new Promise(() => undefined);
    replaceAll(() => ({
      request: () => never,
      open: () => ({}),
      query: () => Promise.reject(new Error('no')),
    }));
    expect(await abilitiesOf(createFrame())).toEqual(NONE);
  });

  test('finds the abilities that the browser has', async () => {
    const storage = { setItem: () => undefined, removeItem: () => undefined };
    const channels: { onmessage?: () => void }[] = [];
    class Channel {
      onmessage?: () => void;
      constructor() {
        channels.push(this);
      }
      postMessage(): void {
        channels.forEach(({ onmessage }) => onmessage?.());
      }
      close(): void {}
    }
    define(globalThis, 'localStorage', () => storage);
    define(globalThis, 'BroadcastChannel', () => Channel);
    define(navigator, 'locks', () => ({
      request: (_: string, act: () => boolean) => Promise.resolve(act()),
    }));
    define(navigator, 'permissions', () => ({ query: () => Promise.resolve({ state: 'prompt' }) }));
    expect(await abilitiesOf(createFrame())).toMatchObject({
      storage: true,
      locks: true,
      channel: true,
      clipboard: 'prompt',
    });
  });
});
