import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { createThumbnails } from '../attached/thumbnails';
import { browserSurroundings } from '../host/browser-surroundings';
import { createSdkHost } from '../host/sdk-host';
import { HOST_PATIENCE_MS } from '../host/time-out';
import { xhrHttpStack } from '../rest/xhr-http-stack';
import { createAnnounce } from '../ui/announce';
import { followTheme } from '../ui/theme';
import '../ui/page.css';
import '../ui/fields.css';
import '../ui/uploads.css';
import './gallery.css';
import { createAttachments } from './attachments';
import { createGallerySession } from './gallery-session';
import { Gallery } from './gallery-view';
import { createHandOut } from './hand-out';
import { scalePicture } from './scale-picture';

/** Small pictures that may be kept beside those on the screen, in bytes. */
const THUMBNAIL_BYTES = 16 * 1024 * 1024;

const host = createSdkHost('gallery-page');
const attachments = createAttachments({ host, stack: xhrHttpStack, surroundings: browserSurroundings });
const session = createGallerySession({
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
  later: browserSurroundings.later,
  // A field shows what its state says: what is typed must be there before the next key.
  announce: (tell) => tell(),
  whenPatienceEnds: (callback) => {
    setTimeout(callback, HOST_PATIENCE_MS);
  },
});

const root = document.getElementById('root');
if (root) {
  ReactDOM.render(<Gallery session={session} />, root);
  followTheme();
  void session.start();
}
