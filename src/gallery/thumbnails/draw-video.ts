import { withTimeout } from '../../base/async';
import { CancelledError } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import { mediaType } from '../viewers/media/media-type';
import { encodeScaled } from './canvas';

/** Time to read the beginning of a video and decode a frame, in milliseconds. */
const FRAME_MS = 8_000;

/** Time of the frame, in seconds: the first one is often black. */
const FRAME_AT = 1;

/**
 * Draws a frame of a video, or of its beginning. The browser decodes it off the main thread.
 *
 * @throws Error if the frame is not in these bytes, or the browser cannot play them.
 */
export async function drawVideo(
  bytes: Blob,
  name: string,
  signal: AbortSignal,
  runtime: Runtime,
): Promise<Blob> {
  const url = URL.createObjectURL(bytes.slice(0, bytes.size, mediaType(name, 'video')));
  const video = Object.assign(document.createElement('video'), {
    ...{ muted: true, playsInline: true, preload: 'auto' },
  });
  try {
    const frame = seek(video, url, signal);
    await withTimeout(frame, FRAME_MS, runtime, () => new Error('The frame takes too long.'));
    return await encodeScaled(video, video.videoWidth, video.videoHeight);
  } finally {
    // Ends the decoder.
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }
}

/** Resolves when the element shows the frame. */
function seek(video: HTMLVideoElement, url: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new CancelledError()));
    video.addEventListener('error', () => reject(new Error('The video cannot be played.')));
    video.addEventListener(
      'loadeddata',
      () => {
        video.addEventListener('seeked', () => resolve());
        // Infinite for a recording without an index.
        const { duration } = video;
        video.currentTime = Number.isFinite(duration) ? Math.min(FRAME_AT, duration / 2) : 0;
      },
      { once: true },
    );
    video.src = url;
  });
}
