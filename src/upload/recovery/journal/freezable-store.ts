import type { Runtime } from '../../../base/runtime';
import type { JournalStore } from './journal-store';

/** Store with a connection to the browser's database. */
export interface ConnectedStore extends JournalStore {
  /** Aborts open transactions and closes the connection. */
  readonly close: () => void;
}

/**
 * Opens a store that is closed while the back/forward cache holds its page: WebKit blocks the database for all later
 * pages while a frozen page has an open transaction. Calls wait for the page to return. An aborted transaction has
 * changed nothing, so that its call is repeated.
 */
export async function openFreezableStore(
  open: () => Promise<ConnectedStore>,
  { onFreeze }: Pick<Runtime, 'onFreeze'>,
): Promise<JournalStore> {
  let current = open();
  let thaw: (reopened: Promise<ConnectedStore>) => void = () => undefined;

  onFreeze((isFrozen) => {
    if (isFrozen) {
      void current.then(({ close }) => close()).catch(() => undefined);
      current = new Promise((resolve) => (thaw = resolve));
    } else {
      thaw(open());
    }
    // The next call reports a failure.
    current.catch(() => undefined);
  });

  type Call = (...args: unknown[]) => Promise<unknown>;
  async function run(name: string, args: readonly unknown[]): Promise<unknown> {
    for (;;) {
      const used = current;
      try {
        return await ((await used) as unknown as Readonly<Record<string, Call>>)[name]?.(...args);
      } catch (error) {
        if (used === current) throw error;
      }
    }
  }

  const names = Object.keys(await current);
  return Object.fromEntries(
    names.map((name) => [name, (...args: unknown[]) => run(name, args)]),
  ) as unknown as JournalStore;
}
