import type { FolderDisk } from '../../src/upload/recovery/journal/folder-disk';
import { UNFINISHED } from '../../src/upload/recovery/journal/folder-disk';

/** Files of a folder in memory, by name. */
export type DiskFiles = Map<string, Buffer>;

/** End of a process during its changes of a folder. */
export interface Death {
  /** Number of the change, 1-based. */
  readonly at: number;
  /** `midway`: after half of the bytes. */
  readonly when: 'before' | 'midway' | 'after';
}

/** Folder of a process that is killed. No call settles afterwards. */
export interface DyingDisk {
  readonly disk: FolderDisk;
  /** Number of changes so far. */
  readonly changes: () => number;
  readonly isDead: () => boolean;
  readonly kill: () => void;
  /** Resolves when the process is dead. */
  readonly died: Promise<void>;
}

/** Creates a folder in memory. */
export function createMemoryDisk(files: DiskFiles = new Map()): FolderDisk {
  return {
    list: () => Promise.resolve([...files.keys()]),
    read: (name) => Promise.resolve(files.get(name)),
    append(name, text) {
      files.set(name, Buffer.concat([files.get(name) ?? Buffer.alloc(0), Buffer.from(text)]));
      return Promise.resolve();
    },
    replace(name, data) {
      files.set(name, Buffer.from(data));
      return Promise.resolve();
    },
    remove(name) {
      files.delete(name);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/**
 * Wraps a folder for one process.
 *
 * @param death Default: the process lives on.
 */
export function createDyingDisk(disk: FolderDisk, death?: Death): DyingDisk {
  let changes = 0;
  const life = { isOver: false };
  let setDied: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (setDied = resolve));

  function kill(): void {
    life.isOver = true;
    setDied();
  }

  async function unlessDead<T>(call: () => Promise<T>): Promise<T> {
    const never = (): Promise<never> => new Promise(() => undefined);
    const result = life.isOver ? never() : await call();
    return life.isOver ? never() : result;
  }

  /** @param half Changes the folder as half of the call does. */
  function change(call: () => Promise<void>, half: () => Promise<void>): Promise<void> {
    return unlessDead(async () => {
      changes++;
      const when = death?.at === changes ? death.when : undefined;
      if (when === 'midway') await half();
      else if (when !== 'before') await call();
      if (when) kill();
    });
  }

  const halfOf = (data: string | Uint8Array): string => {
    const bytes = Buffer.from(data);
    return bytes.toString('latin1', 0, Math.floor(bytes.length / 2));
  };
  return {
    changes: () => changes,
    isDead: () => life.isOver,
    kill,
    died,
    disk: {
      list: () => unlessDead(disk.list),
      read: (name) => unlessDead(() => disk.read(name)),
      append: (name, text) =>
        change(
          () => disk.append(name, text),
          () => disk.append(name, halfOf(text)),
        ),
      replace: (name, data) =>
        change(
          () => disk.replace(name, data),
          () => disk.append(name + UNFINISHED, halfOf(data)),
        ),
      remove: (name) =>
        change(
          () => disk.remove(name),
          () => Promise.resolve(),
        ),
      close: disk.close,
    },
  };
}
