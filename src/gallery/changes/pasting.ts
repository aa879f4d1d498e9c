import { StaplerError } from '../../base/errors';
import type { Attachments } from '../attachments';
import type { CopiedFiles } from '../copied-files';
import type { AttachedFile } from '../model/attached-file';
import { attachedFilesOf, partsOf } from '../model/attached-file';
import type { ChangeToolsOptions } from './change-tools';
import { byWorkItem, createChangeTools, errorOf } from './change-tools';
import type { Target } from './find-targets';
import type { Transfers } from './transfers';

/**
 * Links copied files to the work item in the form, like a copy from their own one. Does nothing with files of another
 * organization or collection. Reports failures as `errors`.
 */
export type PasteFiles = (copied: CopiedFiles) => Promise<void>;

/** Dependencies of `createPasteFiles`. */
export interface PastingOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'read' | 'getBaseUrl'>;
}

/** Creates the paste command of a gallery. */
export function createPasteFiles(options: PastingOptions, { start }: Pick<Transfers, 'start'>): PasteFiles {
  const { attachments, store } = options;
  const { addErrors } = createChangeTools(options);

  /** Reads names and addresses from the work items: the clipboard may say anything. */
  async function readAttached({ files }: CopiedFiles): Promise<readonly AttachedFile[]> {
    const found: AttachedFile[] = [];
    for (const [workItemId, copied] of byWorkItem(files, (file) => file.workItemId)) {
      const ids = new Set(copied.map(({ id }) => id));
      const attached = attachedFilesOf(await attachments.read(workItemId));
      found.push(...attached.filter(({ reference }) => ids.has(reference.id)));
    }
    return store.getSnapshot().split?.joinSplitFiles(found) ?? found;
  }

  async function paste(copied: CopiedFiles, target: Target): Promise<void> {
    const { isReadOnly } = store.getSnapshot();
    if ((await attachments.getBaseUrl()) !== copied.organization) return;
    if (isReadOnly) throw new StaplerError('no-permission', 'The work item is read-only.');
    const files = await readAttached(copied);
    if (files.flatMap(partsOf).length < copied.files.length)
      addErrors(errorOf([], new StaplerError('not-attached', 'Some copied files are gone.'), target));
    if (files.length === 0 || store.getSnapshot().workItemId !== target.id) return;
    await start(files, target, false);
  }

  return async (copied) => {
    const { status, workItemId, members } = store.getSnapshot();
    if (status !== 'open') return;
    store.change({ errors: [] });
    const { type = '', title = '' } = members.find((member) => member.workItemId === workItemId) ?? {};
    const target = { id: workItemId, type, title, state: '' };
    await paste(copied, target).catch((error: unknown) => addErrors(errorOf([], error, target)));
  };
}
