import { organizationUrls } from '../../azure/organization-urls';
import { toProblem } from '../../base/errors';
import type { TextRewriter } from '../../upload/texts/rewrite-texts';
import type { Attachments } from '../attachments';
import type { ChangeToolsOptions } from '../changes/change-tools';
import { createChangeTools, errorOf } from '../changes/change-tools';
import type { AttachedFile } from '../model/attached-file';
import { imageUrl } from '../model/file-links';
import type { SendFile } from '../send-file';
import { readImageSize } from '../viewers/image/image-size';
import type { CopiedHere } from './texts-state';
import { identify } from './text-files';

/** Copies images that texts show from elsewhere, and makes the texts show the copies. */
export interface CopiesHere {
  /**
   * Uploads the images, then replaces their addresses. Reports failures as `errors`. Does nothing when one of the files
   * is busy.
   *
   * @param picked The image in place of a single file. Default: that of the file, which must be in this organization.
   */
  readonly start: (files: readonly AttachedFile[], picked?: Blob) => Promise<void>;
  /** Restores the texts, unless someone has changed them since. */
  readonly undo: () => Promise<void>;
}

/** Dependencies of `createCopiesHere`. */
export interface CopiesHereOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'readBytes' | 'getBaseUrl'>;
  readonly send: SendFile;
  readonly rewriter: TextRewriter;
}

/** Creates the commands of a gallery to copy images from elsewhere. */
export function createCopiesHere(options: CopiesHereOptions): CopiesHere {
  const { store, attachments, send, rewriter } = options;
  const { addErrors, isBusy, whileBusy } = createChangeTools(options);
  const { signal } = new AbortController();

  /** Uploads one image. @returns Its address; `undefined` if it is no image. */
  async function upload(file: AttachedFile, picked?: Blob): Promise<string | undefined> {
    const bytes = picked ?? (await attachments.readBytes(file, signal));
    // A server can answer with its sign-in page.
    if ((await readImageSize(bytes)) === undefined) return undefined;
    const reference = await send({ name: file.name, source: bytes }, { signal, onProgress: () => undefined });
    return imageUrl({ reference, name: file.name });
  }

  /** Shows a result with its own work item: the form may show another one by then. */
  function show(workItemId: number, copied: CopiedHere | undefined): void {
    if (store.getSnapshot().workItemId === workItemId) store.change({ copied });
  }

  async function copy(workItemId: number, files: readonly AttachedFile[], picked?: Blob): Promise<void> {
    const addresses = new Map<string, string>();
    const noImages: string[] = [];
    for (const [done, file] of files.entries()) {
      show(workItemId, { status: 'copying', done, total: files.length });
      try {
        const address = await upload(file, picked);
        if (address === undefined) noImages.push(file.name);
        else addresses.set(file.reference.id, address);
      } catch (error) {
        addErrors(errorOf([file], error));
      }
    }
    const baseUrls = organizationUrls(await attachments.getBaseUrl());
    const withComments = files.some(({ inText }) => inText?.uses.some(({ text }) => text.kind === 'comment'));
    const rewritten =
      addresses.size === 0
        ? []
        : await rewriter.rewrite(workItemId, (file) => addresses.get(identify(file, baseUrls)), withComments);
    show(workItemId, { status: 'copied', count: addresses.size, noImages, rewritten });
  }

  return {
    async start(files, picked) {
      const { workItemId } = store.getSnapshot();
      if (files.length === 0 || isBusy(files)) return;
      store.change({ copied: undefined });
      await whileBusy(files, () => copy(workItemId, files, picked)).catch((error: unknown) => {
        show(workItemId, undefined);
        addErrors(errorOf(files, error));
      });
    },

    async undo() {
      const { workItemId, copied } = store.getSnapshot();
      if (copied?.status !== 'copied' || copied.undoing === 'pending') return;
      const { rewritten } = copied;
      store.change({ copied: { ...copied, undoing: 'pending' } });
      try {
        await whileBusy(
          [],
          async () => {
            const left = await rewriter.undo(workItemId, rewritten);
            show(workItemId, left > 0 ? { ...copied, undoing: left } : undefined);
          },
          { workItemIds: [workItemId] },
        );
      } catch (error) {
        show(workItemId, copied);
        addErrors({ problem: toProblem(error), name: undefined, workItem: { id: workItemId, type: '' } });
      }
    },
  };
}
