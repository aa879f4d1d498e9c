/* eslint-disable no-restricted-globals -- asks whether they work; stores nothing */
import { withTimeout } from '../base/async';
import type { Runtime } from '../base/runtime';
import type { Frame } from './questions/question';

/** Time for a lock, a database or a message, in milliseconds. */
const ABILITY_MS = 3_000;

const NAME = 'stapler-check';

/** Abilities of this page. */
export function createBrowserFrame(
  runtime: Runtime,
  host: Pick<Frame, 'openMessage' | 'openPanel' | 'canReadData' | 'opensWindow' | 'windowReaches' | 'form'>,
): Frame {
  /** Resolves with false if `ask` throws, rejects or takes too long. */
  async function can(ask: () => Promise<boolean>): Promise<boolean> {
    try {
      return await withTimeout(ask(), ABILITY_MS, runtime, () => new Error('no answer'));
    } catch {
      return false;
    }
  }

  return {
    origin: globalThis.origin,
    isSecureContext: globalThis.isSecureContext,
    canStore() {
      try {
        localStorage.setItem(NAME, '1');
        localStorage.removeItem(NAME);
        return true;
      } catch {
        return false;
      }
    },
    canOpenDatabase: () =>
      can(
        () =>
          new Promise((resolve) => {
            const request = indexedDB.open(NAME);
            request.onerror = () => resolve(false);
            request.onsuccess = () => {
              request.result.close();
              indexedDB.deleteDatabase(NAME);
              resolve(true);
            };
          }),
      ),
    canLock: () => can(async () => await navigator.locks.request(NAME, () => true)),
    canBroadcast: () =>
      can(
        () =>
          new Promise((resolve) => {
            const [sender, receiver] = [new BroadcastChannel(NAME), new BroadcastChannel(NAME)];
            receiver.onmessage = () => {
              sender.close();
              receiver.close();
              resolve(true);
            };
            sender.postMessage('');
          }),
      ),
    async clipboard() {
      try {
        const { state } = await navigator.permissions.query({ name: 'clipboard-write' as PermissionName });
        return state;
      } catch {
        // Firefox and Safari know no such permission.
        return undefined;
      }
    },
    ...host,
  };
}
