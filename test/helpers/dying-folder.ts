import type { FileHandle } from 'node:fs/promises';
import fs from 'node:fs/promises';
import { sep } from 'node:path';

/** End of a process during its changes of a folder. */
export interface FolderDeath {
  /** Number of the change, 1-based. */
  readonly at: number;
  /** `midway`: after half of the bytes, if it writes bytes. */
  readonly when: 'before' | 'midway' | 'after';
}

/** Watched changes of a folder. */
export interface DyingFolder {
  /** Resolves when the process is dead: no later change settles. */
  readonly died: Promise<void>;
  /** Restores the disk. */
  readonly restore: () => Promise<void>;
}

type Call = (...args: unknown[]) => Promise<unknown>;
type Calls = Record<string, Call>;

const disk = fs as unknown as Calls;

/** Watches the changes below `folder` that this process makes by `node:fs/promises`, and ends it at one of them. */
export async function watchFolder(folder: string, death?: FolderDeath): Promise<DyingFolder> {
  const probe = await fs.open(__filename);
  const handles = Object.getPrototypeOf(probe) as Calls;
  await probe.close();
  const own = new Set<object>();
  const restored: (() => void)[] = [];
  let changes = 0;
  let isOver = false;
  const isDead = (): boolean => isOver;
  let setDied: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (setDied = resolve));
  const never = (): Promise<never> => new Promise(() => undefined);

  /** @param half Does half of the change. */
  async function change(call: () => Promise<unknown>, half: () => Promise<unknown>): Promise<unknown> {
    if (isDead()) return never();
    const when = death?.at === ++changes ? death.when : undefined;
    if (when === undefined) {
      const result = await call();
      return isDead() ? never() : result;
    }
    isOver = true;
    if (when === 'after') await call();
    if (when === 'midway') await half();
    setDied();
    return never();
  }

  function wrap(calls: Calls, name: string, make: (original: Call) => Call): void {
    const original = calls[name] as Call;
    calls[name] = make(original);
    restored.push(() => (calls[name] = original));
  }

  const isBelow = (path: unknown): boolean => typeof path === 'string' && path.startsWith(folder + sep);

  for (const name of ['rename', 'mkdir', 'link', 'rm'])
    wrap(
      disk,
      name,
      (original) =>
        (...args) =>
          args.some(isBelow)
            ? change(
                () => original(...args),
                () => Promise.resolve(),
              )
            : original(...args),
    );
  wrap(disk, 'open', (original) => async (...args) => {
    const [path, flags] = args;
    if (!isBelow(path)) return original(...args);
    const open = async (): Promise<unknown> => {
      const handle = (await original(...args)) as object;
      own.add(handle);
      return handle;
    };
    return flags === undefined || flags === 'r' ? open() : change(open, () => Promise.resolve());
  });
  for (const name of ['appendFile', 'writeFile'])
    wrap(
      handles,
      name,
      (original) =>
        function (this: object, data: unknown, ...rest: unknown[]) {
          const write = (bytes: unknown): Promise<unknown> => original.call(this, bytes, ...rest);
          if (!own.has(this)) return write(data);
          const bytes = Buffer.from(data as string | Uint8Array);
          return change(
            () => write(data),
            () => write(bytes.subarray(0, bytes.length >> 1)),
          );
        },
    );
  // They change nothing, and a dead process does not wait for them.
  for (const name of ['sync', 'close', 'truncate'])
    wrap(
      handles,
      name,
      (original) =>
        async function (this: object, ...args: unknown[]) {
          const result = await original.apply(this, args);
          return isDead() && own.has(this) ? never() : result;
        },
    );
  return {
    died,
    async restore() {
      for (const each of restored.splice(0)) each();
      // The system closes the files of a dead process.
      if (isDead())
        await Promise.all([...own].map((handle) => (handle as FileHandle).close().catch(() => undefined)));
    },
  };
}

/** Lets all appended bytes fail as on a full disk. Returns a function to restore it. */
export async function fillDisk(): Promise<() => void> {
  const probe = await fs.open(__filename);
  const handles = Object.getPrototypeOf(probe) as Calls;
  await probe.close();
  const original = handles['appendFile'] as Call;
  handles['appendFile'] = () =>
    Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }));
  return () => void (handles['appendFile'] = original);
}
