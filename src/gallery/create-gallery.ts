import { createThumbnails } from '../attached/thumbnails';
import type { Host } from '../host/host';
import type { Surroundings } from '../model/surroundings';
import type { HttpStack } from '../rest/http-stack';
import { createAnnounce } from '../ui/announce';
import { mayDownload, saveFile } from '../ui/save-file';
import { createAttachments } from './attachments';
import type { GallerySession } from './gallery-session';
import { createGallerySession } from './gallery-session';
import { createHandOut } from './hand-out';
import { loadPart } from './load-part';
import { persist } from './persist';
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
  readonly stack: HttpStack;
  readonly surroundings: Surroundings;
}

/** A gallery on the edges of a page, which tells it what the form tells. */
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
    handOut: createHandOut(attachments, host),
    zip: createZipJob({
      readBytes: (file, signal, onProgress) =>
        persist(() => attachments.readBytes(file, signal, onProgress), {
          ...{ surroundings, signal, mostAttempts: READ_ATTEMPTS },
        }),
      pack: async (...order) => (await loadPart(loadPacker)).packZip(...order),
      maySave: mayDownload,
      save: saveFile,
      send,
      openInNewTab: host.openInNewTab,
      announce: createAnnounce(),
    }),
    send,
    later: surroundings.later,
    // A field shows what its state says: what is typed must be there before the next key.
    announce: (tell) => tell(),
  });
}

function loadPacker() {
  return import(/* webpackChunkName: "zip" */ './zip/pack-zip');
}

/** What sends files, loaded with the first of them. */
function sendOnceLoaded(edges: GalleryEdges): SendFile {
  let send: SendFile | undefined;
  return async (...order) => {
    send ??= (await loadPart(() => import(/* webpackChunkName: "send" */ './send-file'))).createSendFile(
      edges,
    );
    return send(...order);
  };
}
