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
import { createWorkItems } from '../rest/work-items';

/** What is attached to work items, on the server. All reject with a StaplerError. */
export interface Attachments extends Pick<AttachmentEditor, 'remove'>, Pick<Linker, 'link'> {
  readonly read: (workItemId: number) => Promise<WorkItem>;
  readonly readAdditions: (workItemId: number) => Promise<ReadonlyMap<string, Addition>>;
  /** The bytes of a file. */
  readonly readBytes: (file: AttachedFile, signal: AbortSignal) => Promise<Blob>;
}

/** What they are reached by. */
export interface AttachmentsOptions {
  readonly host: Pick<Host, 'getToken' | 'getBaseUrl'>;
  readonly stack: HttpStack;
  readonly surroundings: Pick<Surroundings, 'later' | 'random'>;
}

/** The attachments of an organisation or collection. */
export function createAttachments({ host, stack, surroundings }: AttachmentsOptions): Attachments {
  const connection = createConnection({ stack, getToken: host.getToken, getBaseUrl: host.getBaseUrl });
  const workItems = createWorkItems(connection);
  const inTurn = createTurns();
  const { remove } = createAttachmentEditor(workItems, inTurn, surroundings);
  const linker = createLinker(workItems, inTurn, surroundings);
  return {
    read: (workItemId) => workItems.read(workItemId),
    readAdditions: (workItemId) => readAdditions(connection, workItemId),
    readBytes: ({ reference }, signal) => readAttachment(connection, reference, signal),
    remove,
    link: (workItemId, files) => linker.link(workItemId, files),
  };
}
