import type { AttachedFile } from '../attached/attached-file';
import type { Host } from '../host/host';
import type { AttachmentEditor } from '../link/edit-attachments';
import { createAttachmentEditor } from '../link/edit-attachments';
import type { Linker } from '../link/link-attachments';
import { createLinker } from '../link/link-attachments';
import { createTurns } from '../link/turns';
import type { Surroundings } from '../model/surroundings';
import type { WorkItem } from '../model/work-item';
import type { Addition } from '../rest/additions';
import { readAdditions } from '../rest/additions';
import { readAttachment } from '../rest/attachments';
import { createConnection } from '../rest/connection';
import type { HttpStack } from '../rest/http-stack';
import type { ManyWorkItems } from '../rest/many-work-items';
import { createManyWorkItems } from '../rest/many-work-items';
import type { TitleSearch } from '../rest/queries';
import { findByTitle } from '../rest/queries';
import { createWorkItems } from '../rest/work-items';

/** Access to attachments on the server. All methods reject with a StaplerError. */
export interface Attachments
  extends
    Pick<AttachmentEditor, 'remove' | 'replace' | 'changeComment'>,
    Pick<Linker, 'link'>,
    Pick<ManyWorkItems, 'readMany'> {
  readonly read: (workItemId: number) => Promise<WorkItem>;
  /** Numbers of work items with matching titles. */
  readonly findByTitle: (search: TitleSearch, signal: AbortSignal) => Promise<readonly number[]>;
  readonly readAdditions: (workItemId: number) => Promise<ReadonlyMap<string, Addition>>;
  /**
   * Reads the bytes of a file.
   *
   * @param onProgress Called with the number of bytes received.
   */
  readonly readBytes: (
    file: AttachedFile,
    signal: AbortSignal,
    onProgress?: (bytesRead: number) => void,
  ) => Promise<Blob>;
}

/** Dependencies of `createAttachments`. */
export interface AttachmentsOptions {
  readonly host: Pick<Host, 'getToken' | 'getBaseUrl'>;
  readonly stack: HttpStack;
  readonly surroundings: Pick<Surroundings, 'later' | 'random'>;
}

/** Creates access to the attachments of an organization or collection. */
export function createAttachments({ host, stack, surroundings }: AttachmentsOptions): Attachments {
  const connection = createConnection({ stack, getToken: host.getToken, getBaseUrl: host.getBaseUrl });
  const workItems = createWorkItems(connection);
  const inTurn = createTurns();
  const linker = createLinker(workItems, inTurn, surroundings);
  return {
    read: (workItemId) => workItems.read(workItemId),
    findByTitle: (search, signal) => findByTitle(connection, search, signal),
    readAdditions: (workItemId) => readAdditions(connection, workItemId),
    readBytes: ({ reference }, signal, onProgress) =>
      readAttachment(connection, reference, signal, onProgress),
    ...createAttachmentEditor(workItems, inTurn, surroundings),
    readMany: createManyWorkItems(connection).readMany,
    link: (workItemId, files) => linker.link(workItemId, files),
  };
}
