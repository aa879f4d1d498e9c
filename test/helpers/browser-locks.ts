import { flush } from './deferred';

/** Web Locks of a third-party frame in Firefox: the browser denies `query`. */
export function createLocks() {
  type Mode = 'exclusive' | 'shared';
  interface Request {
    readonly name: string;
    readonly mode: Mode;
    readonly grant: () => void;
    /** Ends the lock, whatever its callback does. */
    readonly end: () => void;
  }
  let held: readonly Request[] = [];
  let waiting: readonly Request[] = [];

  const conflicts = (name: string, mode: Mode, others: readonly Request[]): boolean =>
    others.some((each) => each.name === name && (mode === 'exclusive' || each.mode === 'exclusive'));

  function grantNext(): void {
    const next = waiting.find(
      ({ name, mode }, index) => !conflicts(name, mode, [...held, ...waiting.slice(0, index)]),
    );
    if (!next) return;
    waiting = waiting.filter((each) => each !== next);
    held = [...held, next];
    next.grant();
    grantNext();
  }

  async function request(
    name: string,
    ...[first, second]: [LockOptions, LockGrantedCallback<unknown>] | [LockGrantedCallback<unknown>]
  ): Promise<unknown> {
    const { mode = 'exclusive', ifAvailable = false } = typeof first === 'object' ? first : {};
    const callback = typeof first === 'object' ? second! : first;
    if (ifAvailable && conflicts(name, mode, [...held, ...waiting])) return callback(null);
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const granted = new Promise<void>((grant) => (waiting = [...waiting, { name, mode, grant, end }]));
    grantNext();
    await granted;
    const result = await Promise.race([callback({ name, mode }), ended]);
    held = held.filter((each) => each.end !== end);
    grantNext();
    return result;
  }

  const locks = {
    request,
    query: () => Promise.reject(new DOMException('query() is not allowed in this context', 'SecurityError')),
  } as unknown as LockManager;

  return {
    locks,
    /** Releases the lock of a closed frame, as the browser does. */
    kill: async (owner: string): Promise<void> => {
      for (const { name, end } of held) if (name.endsWith(` ${owner}`)) end();
      await flush();
    },
    /** Drops all requests that wait, as WebKit does with those of a frozen page. */
    dropWaiting: () => void (waiting = []),
    modesOf: (owner: string) =>
      [...held, ...waiting].flatMap(({ name, mode }) => (name.endsWith(` ${owner}`) ? [mode] : [])),
  };
}
