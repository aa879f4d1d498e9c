/** Kind of a capture. */
export type CaptureKind = 'image' | 'recording';

/** Reason why nothing was captured. */
export type CaptureProblem =
  /** The person, the browser or the system refused. */
  | 'denied'
  /** The browser cannot capture. */
  | 'unsupported'
  /** The page is no secure context. */
  | 'insecure'
  /** The browser cannot record. */
  | 'no-recorder'
  /** A recording without data. */
  | 'empty'
  | 'failed';

/** Progress of the hand-over to the form. */
export type HandOver =
  | 'none'
  | 'handing'
  | 'taken'
  /** The new work item is no longer in the form. */
  | 'refused'
  /** The form is closed. */
  | 'gone';

/** A captured file. */
export interface Captured {
  readonly kind: CaptureKind;
  readonly file: File;
  /** Whether the recording ended at the size limit. */
  readonly isCut: boolean;
}

/** State of the capture page. */
export type CaptureState =
  | { readonly step: 'ready'; readonly problem: CaptureProblem | undefined }
  /** The browser asks for the screen, window or tab, or draws the image. */
  | { readonly step: 'choosing'; readonly kind: CaptureKind }
  | { readonly step: 'recording'; readonly bytes: number; readonly elapsedMs: number }
  | {
      readonly step: 'done';
      readonly captured: Captured;
      readonly handOver: HandOver;
      /** Result of the last copy. */
      readonly copy: 'none' | 'copied' | 'failed';
      readonly isSaved: boolean;
    };

/** Maximum size of a recording, in bytes: that of a file on Azure DevOps Services. */
export const MAX_RECORDING_BYTES = 60_000_000;

/** Chunks of a recording, up to its limit. */
export interface Chunks {
  readonly blobs: readonly Blob[];
  readonly bytes: number;
  /** Size of the largest chunk, in bytes. */
  readonly largest: number;
  /** Whether the recording has to end. */
  readonly isFull: boolean;
  /** Whether a chunk was left out. So are all later ones: a file with a gap cannot be played. */
  readonly isCut: boolean;
}

/** No chunks. */
export const NO_CHUNKS: Chunks = { blobs: [], bytes: 0, largest: 0, isFull: false, isCut: false };

/** Adds a chunk if it fits. The last chunk comes after the stop, so room for two of the largest ones is kept. */
export function addChunk(chunks: Chunks, blob: Blob, limit: number): Chunks {
  const bytes = chunks.bytes + blob.size;
  if (chunks.isCut) return chunks;
  if (bytes > limit) return { ...chunks, isFull: true, isCut: true };
  const largest = Math.max(chunks.largest, blob.size);
  const isFull = chunks.isFull || bytes + 2 * largest > limit;
  return { blobs: [...chunks.blobs, blob], bytes, largest, isFull, isCut: false };
}

/** Name of a captured file: `Screenshot 2026-12-02 at 14.05.33.png`. With seconds, so that the next one differs. */
export function captureName(kind: CaptureKind, mimeType: string, at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const extension = kind === 'image' ? 'png' : mimeType.startsWith('video/mp4') ? 'mp4' : 'webm';
  return `${kind === 'image' ? 'Screenshot' : 'Recording'} ${date} at ${time}.${extension}`;
}
