import { createThumbnails } from '../attached/thumbnails';
import { retry } from '../base/retry';
import type { Host } from '../host/host';
import type { FrameServices } from '../link/frame-services';
import { mayDownload, saveFile } from '../ui/save-file';
import { createAttachments } from './attachments';
import type { GallerySession } from './gallery-session';
import { createGallerySession } from './gallery-session';
import { createHandOut } from './hand-out';
import { loadPart } from './load-part';
import { scalePicture } from './list/scale-picture';
import type { SendFile } from './send-file';
import { createZipJob } from './zip/zip-job';

/** Small pictures that may be kept beside those on the screen, in bytes. */
const THUMBNAIL_BYTES = 16 * 1024 * 1024;

/** So often a file of many is tried to be read before it is left out. */
const READ_ATTEMPTS = 3;

/** The edges of the page that a gallery stands on. */
export interface GalleryEdges {
  readonly host: Host;
  readonly services: FrameServices;
}

/** A gallery on the edges of a page, which tells it what the form tells. */
export function createGallery({ host, services }: GalleryEdges): GallerySession {
  const attachments = createAttachments(services);
  const send = sendOnceLoaded(services);
  return createGallerySession({
    host,
    attachments,
    thumbnails: createThumbnails({
      load: attachments.readBytes,
      scale: scalePicture,
      budgetBytes: THUMBNAIL_BYTES,
      createUrl: (picture) => URL.createObjectURL(picture),
      revokeUrl: (url) => URL.revokeObjectURL(url),
    }),
    handOut: createHandOut(attachments, host),
    zip: createZipJob({
      readBytes: (file, signal, onProgress) =>
        retry(() => attachments.readBytes(file, signal, onProgress), {
          runtime: services.runtime,
          signal,
          maxAttempts: READ_ATTEMPTS,
        }),
      pack: async (...order) => (await loadPart(loadPacker)).packZip(...order),
      maySave: mayDownload,
      save: saveFile,
      send,
      openInNewTab: host.openInNewTab,
    }),
    send,
    runtime: services.runtime,
  });
}

function loadPacker() {
  return import(/* webpackChunkName: "zip" */ './zip/pack-zip');
}

/** What sends files, loaded with the first of them. */
function sendOnceLoaded(services: FrameServices): SendFile {
  let send: SendFile | undefined;
  return async (...order) => {
    send ??= (await loadPart(() => import(/* webpackChunkName: "send" */ './send-file'))).createSendFile(
      services,
    );
    return send(...order);
  };
}
