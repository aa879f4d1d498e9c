import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import { attachmentName } from '../../upload/intake/attachment-name';
import { writeComment } from '../../upload/intake/folder-mark';
import type { LinkableAttachment } from '../../azure/work-item';
import { isCancelled, toProblem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Attachments } from '../attachments';
import type { ChangeToolsOptions } from './change-tools';
import { createChangeTools, errorOf } from './change-tools';
import type { SendFile } from '../send-file';

/** Progress of replacing one file. */
export interface Replacing {
  readonly file: AttachedFile;
  /** Name of the new file. */
  readonly name: string;
  readonly bytesSent: number;
  readonly bytesTotal: number;
  /** Whether the old file stays. */
  readonly isBeside: boolean;
  /** The uploaded file, after another client has removed the old one. Waits for the person's decision. */
  readonly unlinked?: LinkableAttachment;
}

/** Replacements in progress, by the key of the replaced file. */
export type ReplacingByKey = ReadonlyMap<string, Replacing>;

/** Replaces attached files by new ones. */
export interface Replacements extends ReadonlyStore<ReplacingByKey> {
  /**
   * Uploads `picked` and replaces `file`, keeping its comment. The old file goes to the bin. Reports failures as
   * `errors`, with the name of the new file. Keeps the new file as `unlinked` if the old one is gone. Does nothing when
   * `file` is busy.
   *
   * @param place `beside` keeps the old file, and attaches the new one with the same comment. Default: `replace`.
   * @returns Whether the new file needs nothing more of the caller: it is attached, or the gallery asks about it.
   */
  readonly start: (file: AttachedFile, picked: File, place?: 'replace' | 'beside') => Promise<boolean>;
  /** Attaches an `unlinked` file. Keeps it after a failure, which is one of `errors`. */
  readonly attachAnyway: (replacing: Replacing) => Promise<void>;
  /** Cancels the upload, or forgets an `unlinked` file. Does nothing while the new file replaces the old one. */
  readonly cancel: (file: AttachedFile) => void;
}

/** Dependencies of `createReplacements`. */
export interface ReplacementsOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'replace' | 'link'>;
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

  function report({ file, name }: Pick<Replacing, 'file' | 'name'>, error: unknown): void {
    addErrors({ ...errorOf([file], error), name });
  }

  async function replace(
    file: AttachedFile,
    picked: File,
    isBeside: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { workItemId: openItemId } = gallery.getSnapshot();
    const { size } = picked;
    const name = attachmentName(picked.name);
    const progress = { file, name, bytesTotal: size, isBeside };
    const onProgress = (bytesSent: number): void => setProgress({ ...progress, bytesSent });
    try {
      // Canceled while it waited for a save.
      signal.throwIfAborted();
      onProgress(0);
      const reference = await send({ name, source: picked }, { signal, onProgress });
      signal.throwIfAborted();
      // A patch in progress cannot be canceled.
      clearProgress(file);
      const successor = { reference, name, size };
      if (isBeside) {
        await linkNow(file, { ...successor, comment: writeComment(file) });
        return true;
      }
      const replaced = await attachments
        .replace(file.workItemId, file.reference.id, successor)
        .catch((error: unknown) => {
          if (toProblem(error).kind !== 'not-attached') throw error;
        });
      const [linkable] = replaced?.removed ?? [];
      if (!replaced?.isLinked)
        setProgress({
          ...{ ...progress, bytesSent: size },
          unlinked: { ...successor, comment: writeComment(file) },
        });
      else if (linkable) changeBin(openItemId, (bin) => [{ file, linkable }, ...bin]);
      return true;
    } catch (error) {
      clearProgress(file);
      if (!isCancelled(error)) report({ file, name }, error);
      return false;
    }
  }

  /** @throws The reason why the file could not be linked. */
  async function linkNow({ workItemId }: AttachedFile, linkable: LinkableAttachment): Promise<void> {
    const { failures } = await attachments.link(workItemId, [linkable]);
    for (const error of failures.values()) throw error;
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start(file, picked, place = 'replace') {
      if (isBusy([file])) return false;
      const controller = new AbortController();
      controllers.set(keyOfFile(file), controller);
      // Stays true for a change that waits for a save.
      let isDone = true;
      await whileBusy([file], async () => {
        isDone = await replace(file, picked, place === 'beside', controller.signal);
        controllers.delete(keyOfFile(file));
      });
      return isDone;
    },

    async attachAnyway(replacing) {
      const { file, unlinked } = replacing;
      if (!unlinked || isBusy([file])) return;
      await whileBusy([file], async () => {
        await linkNow(file, unlinked);
        clearProgress(file);
      }).catch((error: unknown) => report(replacing, error));
    },

    cancel(file) {
      const key = keyOfFile(file);
      controllers.get(key)?.abort();
      if (store.getSnapshot().get(key)?.unlinked) clearProgress(file);
    },
  };
}
