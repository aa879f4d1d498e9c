import { createThumbnails } from './model/thumbnails';
import type { Host } from '../azure/host/host';
import { CancelledError } from '../base/errors';
import { isSavingData } from '../base/saving-data';
import type { FrameServices } from '../upload/frame-services';
import type { PagePolicy } from '../upload/rules/policy/hidden-parts';
import { readHiddenParts } from '../upload/rules/policy/hidden-parts';
import type { SaveGate } from '../upload/form/save-gate';
import type { AttachedFile } from './model/attached-file';
import type { Attachments } from './attachments';
import { createAttachments } from './attachments';
import type { GallerySession } from './gallery-session';
import { createGallerySession } from './gallery-session';
import { createFileTools } from './file-tools';
import { createThumbnailReads } from './thumbnail-reads';

/** Memory for thumbnails, in bytes. */
const MAX_THUMBNAIL_BYTES = 16 * 1024 * 1024;

/** Bytes to read from the server for the thumbnails of one list. */
const MAX_THUMBNAIL_READS = 64 * 1024 * 1024;

/** Dependencies of `createGallery`. */
export interface GalleryEdges {
  readonly host: Host;
  readonly services: FrameServices;
  /** The gate of the frame. */
  readonly gate: SaveGate;
  /** See `ThumbnailsOptions`. */
  readonly localFileOf?: (attachmentId: string) => Blob | undefined;
  /** Policy of the page. Default: none. */
  readonly policy?: PagePolicy;
}

/** Creates a gallery. The caller passes on the events of the form. */
export function createGallery({ host, services, gate, localFileOf, policy }: GalleryEdges): GallerySession {
  const attachments = tellSizes(createAttachments(services), (file, size) =>
    session.onSizeInTexts(file, size),
  );
  const { download, zip, send, loadWork, runTask } = createFileTools({
    host,
    services,
    readBytes: attachments.readBytes,
  });
  const readForThumbnail = createThumbnailReads(attachments.readBytes);
  /** Rejects if the project has switched off previews: nothing is read for them then. */
  const mayShow = async (): Promise<void> => {
    if (policy && (await readHiddenParts(policy, services.runtime)).has('previews'))
      throw new CancelledError();
  };
  const session = createGallerySession({
    host,
    gate,
    attachments,
    services,
    thumbnails: createThumbnails({
      load: async (...args) => {
        await mayShow();
        return readForThumbnail(...args);
      },
      localFileOf,
      draw: async (bytes, { name }, signal) => {
        await mayShow();
        return (await loadWork()).draw(bytes, name, signal);
      },
      isSavingData,
      maxKeptBytes: MAX_THUMBNAIL_BYTES,
      maxReadBytes: MAX_THUMBNAIL_READS,
      createUrl: (picture) => URL.createObjectURL(picture),
      revokeUrl: (url) => URL.revokeObjectURL(url),
    }),
    download,
    zip,
    send,
    runTask,
    ...(policy && { isHidden: policy.isHidden }),
    runtime: services.runtime,
  });
  return {
    ...session,
    start() {
      void policy?.read();
      return session.start();
    },
  };
}

/** Tells the size of each file in texts that is read as a whole: a text does not have it. */
function tellSizes(
  attachments: Attachments,
  onSize: (file: AttachedFile, size: number) => void,
): Attachments {
  return {
    ...attachments,
    async readBytes(file, signal, onProgress, headBytes) {
      const bytes = await attachments.readBytes(file, signal, onProgress, headBytes);
      if (file.inText && file.size !== bytes.size && headBytes === undefined) onSize(file, bytes.size);
      return bytes;
    },
  };
}
