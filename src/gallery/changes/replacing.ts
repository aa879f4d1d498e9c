import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import { attachmentName } from '../../upload/intake/attachment-name';
import { isCancelled, ServerError, toProblem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Attachments } from '../attachments';
import type { ChangeToolsOptions } from './change-tools';
import { createChangeTools } from './change-tools';
import type { SendFile } from '../send-file';

/** Progress of replacing one file. */
export interface Replacing {
  readonly file: AttachedFile;
  /** Name of the new file. */
  readonly name: string;
  readonly bytesSent: number;
  readonly bytesTotal: number;
}

/** Replacements in progress, by the key of the replaced file. */
export type ReplacingByKey = ReadonlyMap<string, Replacing>;

/** Replaces attached files by new ones. */
export interface Replacements extends ReadonlyStore<ReplacingByKey> {
  /**
   * Uploads `picked` and replaces `file`, keeping its comment. The old file goes to the bin. Reports failures as
   * `errors`, with the name of the new file. Does nothing when `file` is busy.
   */
  readonly start: (file: AttachedFile, picked: File) => Promise<void>;
  /** Cancels the upload. Does nothing once the new file is being linked. */
  readonly cancel: (file: AttachedFile) => void;
}

/** Dependencies of `createReplacements`. */
export interface ReplacementsOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'replace'>;
  readonly send: SendFile;
}

/** Creates the replace command of a gallery. */
export function createReplacements(options: ReplacementsOptions): Replacements {
  const { attachments, send, store: gallery } = options;
  const { addErrors, whileBusy, isBusy, changeBin } = createChangeTools(options);
  const store = createStateStore<ReplacingByKey>(new Map(), { notify: 'at-once' });
  const controllers = new Map<string, AbortController>();

  function setProgress(replacing: Replacing): void {
    store.setState((before) => new Map(before).set(keyOfFile(replacing.file), replacing));
  }

  function clearProgress(file: AttachedFile): void {
    store.setState((before) => new Map([...before].filter(([key]) => key !== keyOfFile(file))));
  }

  async function replace(file: AttachedFile, picked: File, signal: AbortSignal): Promise<void> {
    const { workItemId: openItemId } = gallery.getSnapshot();
    const { size } = picked;
    const name = attachmentName(picked.name);
    const onProgress = (bytesSent: number): void => setProgress({ file, name, bytesSent, bytesTotal: size });
    try {
      // Canceled while it waited for a save.
      signal.throwIfAborted();
      onProgress(0);
      const reference = await send({ name, source: picked }, { signal, onProgress });
      signal.throwIfAborted();
      // A patch in progress cannot be canceled.
      clearProgress(file);
      const successor = { reference, name, size };
      const replaced = await attachments.replace(file.workItemId, file.reference.id, successor);
      const [linkable] = replaced.removed;
      if (linkable) changeBin(openItemId, (bin) => [{ file, linkable }, ...bin]);
      if (!replaced.isLinked) throw new ServerError('link-lost', 'Somebody removed the old one first.');
    } catch (error) {
      if (!isCancelled(error)) addErrors({ problem: toProblem(error), name });
    }
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start(file, picked) {
      if (isBusy([file])) return;
      const controller = new AbortController();
      controllers.set(keyOfFile(file), controller);
      await whileBusy([file], async () => {
        await replace(file, picked, controller.signal);
        controllers.delete(keyOfFile(file));
        clearProgress(file);
      });
    },

    cancel: (file) => controllers.get(keyOfFile(file))?.abort(),
  };
}
