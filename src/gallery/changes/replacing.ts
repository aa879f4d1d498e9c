import type { AttachedFile } from '../../attached/attached-file';
import { keyOfFile } from '../../attached/attached-file';
import { attachmentName } from '../../model/attachment-name';
import { isCancelled, ServerError, toProblem } from '../../model/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Attachments } from '../attachments';
import type { ChangeToolsOptions } from './change-tools';
import { createChangeTools } from './change-tools';
import type { SendFile } from '../send-file';

/** A file on its way into the place of another. */
export interface Replacing {
  readonly file: AttachedFile;
  /** What the new one is called. */
  readonly name: string;
  readonly bytesSent: number;
  readonly bytesTotal: number;
}

/** By key of the file that is being replaced. */
export type ReplacingByKey = ReadonlyMap<string, Replacing>;

/** Puts other files in the place of those that are attached. */
export interface Replacements extends ReadonlyStore<ReplacingByKey> {
  /**
   * Stores a file and lets it take the place of another, whose comment it keeps; the old one goes to the bin. What fails
   * is told in `troubles`, by the name of the new one. Does nothing where something else is done with the old one.
   */
  readonly start: (file: AttachedFile, picked: File) => Promise<void>;
  /** Ends it, as long as it is on its way. */
  readonly cancel: (file: AttachedFile) => void;
}

/** What they are made of. */
export interface ReplacementsOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'replace'>;
  readonly send: SendFile;
}

/** None at first. */
export function createReplacements(options: ReplacementsOptions): Replacements {
  const { attachments, send, store: gallery } = options;
  const { tell, whileBusy, isBusy, changeBin } = createChangeTools(options);
  const store = createStateStore<ReplacingByKey>(new Map(), { notify: 'at-once' });
  const controllers = new Map<string, AbortController>();

  function note(replacing: Replacing): void {
    store.setState((before) => new Map(before).set(keyOfFile(replacing.file), replacing));
  }

  function forget(file: AttachedFile): void {
    store.setState((before) => new Map([...before].filter(([key]) => key !== keyOfFile(file))));
  }

  async function replace(file: AttachedFile, picked: File, signal: AbortSignal): Promise<void> {
    const { workItemId: own } = gallery.getSnapshot();
    const { size } = picked;
    const name = attachmentName(picked.name);
    const progress = (bytesSent: number): void => note({ file, name, bytesSent, bytesTotal: size });
    progress(0);
    try {
      const reference = await send({ name, source: picked }, { signal, onProgress: progress });
      signal.throwIfAborted();
      // A patch that is on its way cannot be called back.
      forget(file);
      const successor = { reference, name, size };
      const replaced = await attachments.replace(file.workItemId, file.reference.id, successor);
      const [linkable] = replaced.removed;
      if (linkable) changeBin(own, (bin) => [{ file, linkable }, ...bin]);
      if (!replaced.isLinked) throw new ServerError('link-lost', 'Somebody removed the old one first.');
    } catch (error) {
      if (!isCancelled(error)) tell({ problem: toProblem(error), name });
    }
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start(file, picked) {
      if (isBusy([file])) return;
      const controller = new AbortController();
      controllers.set(keyOfFile(file), controller);
      await whileBusy([file], () => replace(file, picked, controller.signal));
      controllers.delete(keyOfFile(file));
      forget(file);
    },

    cancel: (file) => controllers.get(keyOfFile(file))?.abort(),
  };
}
