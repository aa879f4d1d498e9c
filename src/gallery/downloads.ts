import { isCancelled } from '../base/errors';
import type { Runtime } from '../base/runtime';
import type { ReadonlyStore } from '../base/store';
import { createStateStore } from '../base/store';
import type { Download } from './download';
import type { AttachedFile } from './model/attached-file';
import { keyOfFile } from './model/attached-file';

/** Progress of one download. */
export interface Downloading {
  readonly file: AttachedFile;
  readonly bytesRead: number;
  /** Whether it takes long enough to be shown. */
  readonly isLong: boolean;
}

/** Downloads in progress, by the key of the file. */
export type DownloadingByKey = ReadonlyMap<string, Downloading>;

/** Downloads of single files. */
export interface Downloads extends ReadonlyStore<DownloadingByKey> {
  /**
   * Saves a file to the person's disk. Does nothing while it is being downloaded already.
   *
   * @throws StaplerError when it cannot be read. A canceled download resolves.
   */
  readonly start: (file: AttachedFile) => Promise<void>;
  readonly cancel: (file: AttachedFile) => void;
}

/** Shorter downloads show no progress, in milliseconds: a line that comes and goes would move the list. */
const SHOW_AFTER_MS = 400;

/** Creates the downloads of a gallery. */
export function createDownloads(download: Download, runtime: Pick<Runtime, 'setTimer'>): Downloads {
  const store = createStateStore<DownloadingByKey>(new Map());
  const controllers = new Map<string, AbortController>();

  function update(key: string, facts: Partial<Downloading>): void {
    store.setState((before) => {
      const downloading = before.get(key);
      return downloading ? new Map(before).set(key, { ...downloading, ...facts }) : before;
    });
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start(file) {
      const key = keyOfFile(file);
      if (controllers.has(key)) return;
      const controller = new AbortController();
      const { signal } = controller;
      controllers.set(key, controller);
      store.setState((before) => new Map(before).set(key, { file, bytesRead: 0, isLong: false }));
      runtime.setTimer(SHOW_AFTER_MS, () => {
        if (controllers.get(key) === controller) update(key, { isLong: true });
      });
      try {
        await download(file, signal, (bytesRead) => {
          if (!signal.aborted) update(key, { bytesRead });
        });
      } catch (error) {
        if (!isCancelled(error)) throw error;
      } finally {
        controllers.delete(key);
        store.setState((before) => new Map([...before].filter(([each]) => each !== key)));
      }
    },

    cancel: (file) => controllers.get(keyOfFile(file))?.abort(),
  };
}
