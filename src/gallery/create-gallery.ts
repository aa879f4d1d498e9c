import { createThumbnails } from '../attached/thumbnails';
import type { Host } from '../host/host';
import type { Surroundings } from '../model/surroundings';
import type { HttpStack } from '../rest/http-stack';
import { createAnnounce } from '../ui/announce';
import { createAttachments } from './attachments';
import type { GallerySession } from './gallery-session';
import { createGallerySession } from './gallery-session';
import { createHandOut } from './hand-out';
import { scalePicture } from './scale-picture';

/** Small pictures that may be kept beside those on the screen, in bytes. */
const THUMBNAIL_BYTES = 16 * 1024 * 1024;

/** The edges of the page that a gallery stands on. */
export interface GalleryEdges {
  readonly host: Host;
  readonly stack: HttpStack;
  readonly surroundings: Surroundings;
}

/** A gallery on the edges of a page, which tells it what the form tells. */
export function createGallery({ host, stack, surroundings }: GalleryEdges): GallerySession {
  const attachments = createAttachments({ host, stack, surroundings });
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
    later: surroundings.later,
    // A field shows what its state says: what is typed must be there before the next key.
    announce: (tell) => tell(),
  });
}
