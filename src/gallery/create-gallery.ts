import { createThumbnails } from '../attached/thumbnails';
import type { Host } from '../host/host';
import type { Surroundings } from '../model/surroundings';
import type { HttpStack } from '../rest/http-stack';
import { createAnnounce } from '../ui/announce';
import { mayDownload, saveFile } from '../ui/save-file';
import { createAttachments } from './attachments';
import type { GallerySession } from './gallery-session';
import { createGallerySession } from './gallery-session';
import { createDownload } from './download';
import { loadModule } from './load-module';
import { persist } from './persist';
import { scalePicture } from './list/scale-picture';
import type { SendFile } from './send-file';
import { createZipJob } from './zip/zip-job';

/** Memory for thumbnails not on the screen, in bytes. */
const THUMBNAIL_BYTES = 16 * 1024 * 1024;

/** Attempts to read a file before the zip leaves it out. */
const READ_ATTEMPTS = 3;

/** Dependencies of `createGallery`. */
export interface GalleryEdges {
  readonly host: Host;
  readonly stack: HttpStack;
  readonly surroundings: Surroundings;
}

/** Creates a gallery. The caller passes on the events of the form. */
export function createGallery({ host, stack, surroundings }: GalleryEdges): GallerySession {
  const attachments = createAttachments({ host, stack, surroundings });
  const send = sendOnceLoaded({ host, stack, surroundings });
  return createGallerySession({
    host,
    attachments,
    thumbnails: createThumbnails({
      load: attachments.readBytes,
      scale: scalePicture,
      budgetBytes: THUMBNAIL_BYTES,
      createUrl: (picture) => URL.createObjectURL(picture),
      revokeUrl: (url) => URL.revokeObjectURL(url),
      announce: createAnnounce(),
    }),
    download: createDownload(attachments, host),
    zip: createZipJob({
      readBytes: (file, signal, onProgress) =>
        persist(() => attachments.readBytes(file, signal, onProgress), {
          ...{ surroundings, signal, mostAttempts: READ_ATTEMPTS },
        }),
      pack: async (...order) => (await loadModule(loadPacker)).packZip(...order),
      maySave: mayDownload,
      save: saveFile,
      send,
      openInNewTab: host.openInNewTab,
      announce: createAnnounce(),
    }),
    send,
    later: surroundings.later,
    // Controlled fields need the new state before the next key press.
    announce: (tell) => tell(),
  });
}

function loadPacker() {
  return import(/* webpackChunkName: "zip" */ './zip/pack-zip');
}

/** Loads the upload code with the first file. */
function sendOnceLoaded(edges: GalleryEdges): SendFile {
  let send: SendFile | undefined;
  return async (...order) => {
    send ??= (await loadModule(() => import(/* webpackChunkName: "send" */ './send-file'))).createSendFile(
      edges,
    );
    return send(...order);
  };
}
