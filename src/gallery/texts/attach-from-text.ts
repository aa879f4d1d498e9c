import type { LinkableAttachment } from '../../azure/work-item';
import type { Attachments } from '../attachments';
import type { ChangeToolsOptions } from '../changes/change-tools';
import { createChangeTools, errorOf } from '../changes/change-tools';
import type { AttachedFile } from '../model/attached-file';

/**
 * Puts files in texts on the list of attachments of the work item in the form. No byte is sent. Reports failures as
 * `errors`. Does nothing when one of the files is busy.
 */
export type AttachFromText = (files: readonly AttachedFile[]) => Promise<void>;

/** Dependencies of `createAttachFromText`. */
export interface AttachFromTextOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'link' | 'readBytes'>;
}

/** Creates the command of a gallery. */
export function createAttachFromText(options: AttachFromTextOptions): AttachFromText {
  const { attachments, store } = options;
  const { addErrors, isBusy, whileBusy } = createChangeTools(options);

  /** A text does not have the size. Reading it also proves that there is something to attach. */
  async function linkableOf(file: AttachedFile): Promise<readonly LinkableAttachment[]> {
    try {
      const { reference, name } = file;
      const size = file.size ?? (await attachments.readBytes(file, new AbortController().signal)).size;
      return [{ reference, name, size, comment: '' }];
    } catch (error) {
      addErrors(errorOf([file], error));
      return [];
    }
  }

  async function link(workItemId: number, files: readonly AttachedFile[]): Promise<void> {
    const linkables: LinkableAttachment[] = [];
    for (const file of files) linkables.push(...(await linkableOf(file)));
    if (linkables.length === 0) return;
    const { failures } = await attachments.link(workItemId, linkables);
    const failed = files.filter(({ reference }) => failures.has(reference.id));
    addErrors(...failed.map((file) => errorOf([file], failures.get(file.reference.id))));
  }

  return async (files) => {
    const { workItemId } = store.getSnapshot();
    if (files.length === 0 || isBusy(files)) return;
    await whileBusy(files, () => link(workItemId, files)).catch((error: unknown) =>
      addErrors(errorOf(files, error)),
    );
  };
}
