import { readAttachment } from '../../../azure/rest/attachments';
import { assertWritable, createManyWorkItems } from '../../../azure/rest/many-work-items';
import { createQuietConnection } from '../../../azure/rest/quiet-connection';
import { createWorkItems } from '../../../azure/rest/work-items';
import type { AttachmentReference, WorkItem } from '../../../azure/work-item';
import type { FrameServices } from '../../../upload/frame-services';

/** Access to the work items and attachments of a clean-up. */
export interface CleanUpServices extends Pick<
  FrameServices,
  'workItems' | 'manyWorkItems' | 'mutex' | 'runtime' | 'capabilities' | 'learned' | 'getPerson'
> {
  /** See `assertWritable`. */
  readonly assertWritable: (item: Pick<WorkItem, 'id' | 'revision'>) => Promise<void>;
  /** See `readAttachment`. */
  readonly readBytes: (
    reference: AttachmentReference,
    signal: AbortSignal,
    onProgress?: (bytesRead: number) => void,
    headBytes?: number,
  ) => Promise<Blob>;
  /** See `QuietConnection`. */
  readonly isQuiet: () => boolean | undefined;
}

/** Creates the access through the services of a page. Its changes send no notifications where that is permitted. */
export function createCleanUpServices(services: FrameServices): CleanUpServices {
  const { mutex, runtime, capabilities, learned, getPerson } = services;
  const connection = createQuietConnection(services.connection);
  return {
    ...{ mutex, runtime, capabilities, learned, getPerson },
    workItems: createWorkItems(connection),
    manyWorkItems: createManyWorkItems(connection),
    assertWritable: (item) => assertWritable(connection, item),
    readBytes: (...order) => readAttachment(connection, ...order),
    isQuiet: connection.isQuiet,
  };
}
