import { createThumbnails } from './model/thumbnails';
import { retry } from '../base/retry';
import type { Host } from '../azure/host/host';
import type { FrameServices } from '../upload/frame-services';
import type { SaveGate } from '../upload/form/save-gate';
import { mayDownload, saveFile } from '../ui/save-file';
import type { AttachedFile } from './model/attached-file';
import type { Attachments } from './attachments';
import { createAttachments } from './attachments';
import type { GallerySession } from './gallery-session';
import { createGallerySession } from './gallery-session';
import { createDownload } from './download';
import { loadModule } from '../base/load-module';
import type { SendFile } from './send-file';
import { createThumbnailReads } from './thumbnail-reads';
import type { FileWork } from './workers/file-work';
import { createZipJob } from './zip/zip-job';

/** Memory for thumbnails, in bytes. */
const MAX_THUMBNAIL_BYTES = 16 * 1024 * 1024;

/** Bytes to read from the server for the thumbnails of one list. */
const MAX_THUMBNAIL_READS = 64 * 1024 * 1024;

/** Attempts to read a file before the zip leaves it out. */
const READ_ATTEMPTS = 3;

/** Dependencies of `createGallery`. */
export interface GalleryEdges {
  readonly host: Host;
  readonly services: FrameServices;
  /** The gate of the frame. */
  readonly gate: SaveGate;
  /** See `ThumbnailsOptions`. */
  readonly localFileOf?: (attachmentId: string) => Blob | undefined;
}

/** Creates a gallery. The caller passes on the events of the form. */
export function createGallery({ host, services, gate, localFileOf }: GalleryEdges): GallerySession {
  const attachments = tellSizes(createAttachments(services), (file, size) =>
    session.onSizeInTexts(file, size),
  );
  const send = sendOnceLoaded(services);
  const loadWork = workOnceNeeded(services);
  const session = createGallerySession({
    host,
    gate,
    attachments,
    services,
    thumbnails: createThumbnails({
      load: createThumbnailReads(attachments.readBytes),
      localFileOf,
      draw: async (bytes, { name }, signal) => (await loadWork()).draw(bytes, name, signal),
      isSavingData,
      maxKeptBytes: MAX_THUMBNAIL_BYTES,
      maxReadBytes: MAX_THUMBNAIL_READS,
      createUrl: (picture) => URL.createObjectURL(picture),
      revokeUrl: (url) => URL.revokeObjectURL(url),
    }),
    download: createDownload(attachments, host),
    zip: createZipJob({
      readBytes: (file, signal, onProgress) =>
        retry(() => attachments.readBytes(file, signal, onProgress), {
          runtime: services.runtime,
          signal,
          maxAttempts: READ_ATTEMPTS,
        }),
      pack: async (...order) => (await loadModule(loadPacker)).packZip(...order),
      maySave: mayDownload,
      save: saveFile,
      send,
      openInNewTab: host.openInNewTab,
    }),
    send,
    runTask: async (...order) => (await loadWork()).runTask(...order),
    runtime: services.runtime,
  });
  return session;
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

function loadPacker() {
  return import(/* webpackChunkName: "zip" */ './zip/pack-zip');
}

/** Loads the code for work on files with the first file. */
function workOnceNeeded({ runtime }: FrameServices): () => Promise<FileWork> {
  let work: FileWork | undefined;
  return async () =>
    (work ??= (
      await loadModule(() => import(/* webpackChunkName: "file-work" */ './workers/file-work'))
    ).createFileWork(runtime));
}

/** Whether the person asked the browser to save data. Only Chromium tells. */
function isSavingData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}

/** Loads the upload code with the first file. */
function sendOnceLoaded(services: FrameServices): SendFile {
  let send: SendFile | undefined;
  return async (...order) => {
    send ??= (await loadModule(() => import(/* webpackChunkName: "send" */ './send-file'))).createSendFile(
      services,
    );
    return send(...order);
  };
}
