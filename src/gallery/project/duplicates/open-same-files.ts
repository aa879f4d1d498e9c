import type { HostProject } from '../../../azure/host/host';
import { openAttachment } from '../../../azure/rest/attachment-bytes';
import { readAttachment } from '../../../azure/rest/attachments';
import { attachmentIdOf, attachmentsOf } from '../../../azure/work-item';
import { createMutex } from '../../../base/async';
import { isSavingData } from '../../../base/saving-data';
import type { FrameServices } from '../../../upload/frame-services';
import { createBrowserLearned } from '../../../upload/learned';
import type { PartitionHost } from '../../../upload/recovery/journal/browser-journal';
import { partitionOf } from '../../../upload/recovery/journal/browser-journal';
import type { SameFileFinder } from '../../../upload/same-file-work';
import { findUnreadable } from '../../history/read-removed';
import { createFileWork } from '../../workers/file-work';
import { partitionOfIndex } from '../data/partition';
import { findBySize } from '../store/find-by-size';
import { contentPartitionOf } from './content-partition';
import { createContentReader } from './content-reader';
import { createKeptContents } from './kept-contents';
import { createSameFiles } from './same-files';

/** Dependencies of `createSameFileOpener`. */
export interface SameFileOpenerOptions {
  readonly services: Pick<FrameServices, 'connection' | 'workItems' | 'runtime'>;
  readonly host: PartitionHost;
  /** Reads the project of the page around this frame. May reject. */
  readonly readProject: () => Promise<HostProject>;
}

/** Creates a function to open what this browser knows about the files of a project; `undefined` if it knows nothing. */
export function createSameFileOpener({
  services,
  host,
  readProject,
}: SameFileOpenerOptions): (project: string) => Promise<SameFileFinder | undefined> {
  const { connection, runtime } = services;
  const whose = (): Promise<string | undefined> => partitionOf(host);
  const personId = host.getPerson().id || undefined;
  const contents = createKeptContents(async () =>
    contentPartitionOf(await connection.getBaseUrl(), personId),
  );
  const { runTask } = createFileWork(runtime);
  const reader = createContentReader({
    open: (reference, options) => openAttachment(connection, reference, options),
    limit: createMutex(),
  });

  return async (project) => {
    if (personId === undefined) return undefined;
    const here = await readProject();
    // A form can show a work item of another project.
    if (here.name !== project) return undefined;
    const partition = partitionOfIndex(await connection.getBaseUrl(), here.id, personId);
    // Not those of the frame: the check may have been in another one.
    const learned = createBrowserLearned(whose);
    await learned.whenLoaded();
    const { secondLinkKeeps, namesInRelations } = learned.answers();
    // A link that loses its bytes is worse than an upload.
    if (secondLinkKeeps === false) return undefined;
    return createSameFiles({
      project,
      isLinkSafe: secondLinkKeeps === true,
      keepsNames: namesInRelations,
      findBySize: (sizes) => findBySize(partition, sizes),
      contents,
      reader,
      hash: (bytes, stops, signal) => runTask('hashFile', { bytes, stops }, signal),
      isSavingData,
      isStillThere: createIsStillThere(services),
    });
  };
}

function createIsStillThere({
  connection,
  workItems,
  runtime,
}: SameFileOpenerOptions['services']): SameFileFinder['isStillThere'] {
  const attachments = {
    readBytes: (
      { reference }: { readonly reference: Parameters<typeof readAttachment>[1] },
      ...rest: [signal: AbortSignal, onProgress?: (bytesRead: number) => void, headBytes?: number]
    ) => readAttachment(connection, reference, ...rest),
  };
  return async ({ workItemId, project, reference }, signal) => {
    const item = await workItems.read(workItemId);
    const isAttached = attachmentsOf(item).some(({ url }) => attachmentIdOf(url) === reference.id);
    // It may have moved to another project since.
    if (!isAttached || item.project !== project) return false;
    const files = [{ file: { reference, size: undefined } }];
    const unread = await findUnreadable(
      files,
      { attachments, runtime },
      { signal, onProgress: () => undefined },
    );
    return unread.size === 0;
  };
}
