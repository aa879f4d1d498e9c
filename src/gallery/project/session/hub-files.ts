import type { Host } from '../../../azure/host/host';
import { kindOf } from '../../../base/file-kind';
import type { FrameServices } from '../../../upload/frame-services';
import type { Attachments } from '../../attachments';
import { createByteReader } from '../../byte-reader';
import type { Downloads } from '../../downloads';
import { createDownloads } from '../../downloads';
import { createFileTools } from '../../file-tools';
import type { Member } from '../../gallery-state';
import type { AttachedFile } from '../../model/attached-file';
import { joinSplitFiles } from '../../model/split-files';
import type { RunTask } from '../../workers/tasks';
import type { ZipJob } from '../../zip/zip-job';
import type { ProjectFile } from '../project-index';
import { attachmentsOfFile } from '../project-index';

/** Access to the bytes of found files. */
export interface HubFiles {
  readonly readBytes: Attachments['readBytes'];
  readonly runTask: RunTask;
  readonly downloads: Downloads;
  readonly zip: ZipJob;
}

/** Dependencies of `createHubFiles`. */
export interface HubFilesOptions {
  readonly host: Pick<Host, 'openInNewTab'>;
  readonly services: FrameServices;
}

/** Creates the access to the bytes of found files. */
export function createHubFiles({ host, services }: HubFilesOptions): HubFiles {
  const readBytes = createByteReader(services);
  const { download, zip, runTask } = createFileTools({ host, services, readBytes });
  return { readBytes, runTask, zip, downloads: createDownloads(download, services.runtime) };
}

/** Returns a found file as the Files tab knows it. */
export function toAttachedFile(file: ProjectFile): AttachedFile {
  const [whole] = file.parts ? joinSplitFiles(attachmentsOfFile(file).map(toAttachedFile)) : [];
  if (whole) return whole;
  const { item, reference, name, size, comment, folder, addedAt, addedBy } = file;
  return {
    ...{ workItemId: item.id, workItemType: item.type, reference, name, kind: kindOf(name) },
    ...{ size, comment, folder, addedAt, addedBy },
  };
}

/** Returns the work items of files, as titles of the folders in a zip. */
export function membersOf(files: readonly ProjectFile[]): readonly Member[] {
  const items = new Map(files.map(({ item }) => [item.id, item]));
  return [...items.values()].map(({ id, type, title }) => ({
    ...{ workItemId: id, kinship: 'own', type, title },
  }));
}
