import type { AttachedFile } from './model/attached-file';
import type { ReadBytes } from './byte-reader';
import { createByteReader } from './byte-reader';
import type { PartTexts, SplitEdit } from './split/split-edits';
import type { AttachmentEditor } from '../upload/link/edit-attachments';
import { createAttachmentEditor } from '../upload/link/edit-attachments';
import type { Linker } from '../upload/link/link-attachments';
import { createNameRepair, withNameRepair } from '../upload/link/repair-names';
import { createNaming } from '../upload/transport/transfer-tools';
import { createLinker } from '../upload/link/link-attachments';
import type { FrameServices } from '../upload/frame-services';
import type { AttachmentReference, WorkItem } from '../azure/work-item';
import { loadModule } from '../base/load-module';
import type { Addition } from '../azure/rest/additions';
import { readAdditions } from '../azure/rest/additions';
import { StaplerError } from '../base/errors';
import type { ReadTextFiles } from './texts/text-files';
import type { ReadUpdatesOptions, WorkItemUpdate } from '../azure/rest/updates';
import { readUpdates } from '../azure/rest/updates';
import type { ManyWorkItems } from '../azure/rest/many-work-items';
import type { TitleSearch } from '../azure/rest/queries';
import { findByTitle } from '../azure/rest/queries';

const loadTexts = () => import(/* webpackChunkName: "texts" */ './texts/text-files');

/** Access to attachments on the server. All methods reject with a StaplerError. */
export interface Attachments
  extends
    Pick<AttachmentEditor, 'remove' | 'replace' | 'changeComment'>,
    Pick<Linker, 'link'>,
    Pick<ManyWorkItems, 'readMany'> {
  readonly read: (workItemId: number) => Promise<WorkItem>;
  /** See `renameAttachment`. Its code is loaded for the first rename. */
  readonly rename: (workItemId: number, id: AttachmentReference['id'], name: string) => Promise<WorkItem>;
  /** See `editParts`. Its code is loaded for the first edit. */
  readonly editParts: (file: AttachedFile, edit: SplitEdit) => Promise<PartTexts>;
  /** Numbers of work items with matching titles. */
  readonly findByTitle: (search: TitleSearch, signal: AbortSignal) => Promise<readonly number[]>;
  /** Base URL of the organization or collection. */
  readonly getBaseUrl: () => Promise<string>;
  readonly readAdditions: (workItemId: number) => Promise<ReadonlyMap<string, Addition>>;
  /** See `ReadTextFiles`. Its code is loaded for the first list. */
  readonly readTextFiles: ReadTextFiles;
  /** See `readUpdates`. */
  readonly readUpdates: (
    workItemId: number,
    options: ReadUpdatesOptions,
  ) => Promise<readonly WorkItemUpdate[]>;
  /** See `ReadBytes`. Also reads the files in texts of this organization. */
  readonly readBytes: ReadBytes;
}

/** Creates access to the attachments of an organization or collection. */
export function createAttachments(services: FrameServices): Attachments {
  const { connection, workItems, manyWorkItems } = services;
  const linker = withNameRepair(
    createLinker(services),
    createNameRepair(services, createNaming(services.learned).check),
  );
  const editor = createAttachmentEditor(services);
  const readBytes = createByteReader(services);
  let textReader: ReadTextFiles | undefined;
  return {
    read: (workItemId) => workItems.read(workItemId),
    findByTitle: (search, signal) => findByTitle(connection, search, signal),
    getBaseUrl: connection.getBaseUrl,
    readAdditions: (workItemId) => readAdditions(connection, workItemId),
    async readTextFiles(...order) {
      textReader ??= (await loadModule(loadTexts)).createTextReader(connection);
      return textReader(...order);
    },
    async readBytes(file, ...rest) {
      const { reference, inText } = file;
      if (inText?.place === 'embedded') return (await loadModule(loadTexts)).readEmbedded(reference.url);
      // The token is for this organization alone.
      if (inText?.place === 'elsewhere')
        throw new StaplerError('elsewhere', 'The file is outside of this organization.');
      return readBytes(file, ...rest);
    },
    readUpdates: (workItemId, options) => readUpdates(connection, workItemId, options),
    remove: editor.remove,
    replace: editor.replace,
    changeComment: editor.changeComment,
    async rename(workItemId, id, name) {
      const { renameAttachment } = await loadModule(
        () => import(/* webpackChunkName: "rename" */ '../upload/link/rename-attachments'),
      );
      return renameAttachment(services, workItemId, id, name);
    },
    async editParts(file, edit) {
      const { editParts } = await loadModule(
        () => import(/* webpackChunkName: "rename" */ './split/split-edits'),
      );
      return editParts(services, file, edit);
    },
    readMany: manyWorkItems.readMany,
    link: (workItemId, files) => linker.link(workItemId, files),
  };
}
