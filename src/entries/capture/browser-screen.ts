import { sleep, withTimeout } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { CaptureKind, CaptureProblem } from './capture-state';

/** Screen, window or tab that the person shares. Call `stop` after use. */
export interface SharedScreen {
  /** Returns the current picture as PNG. @throws Error without one */
  readonly takeImage: () => Promise<Blob>;
  /** Starts a recording. @throws CaptureError */
  readonly record: (events: RecordingEvents) => Recording;
  /** Ends the sharing. */
  readonly stop: () => void;
}

/** Events of a recording. */
export interface RecordingEvents {
  readonly onChunk: (chunk: Blob) => void;
  /** Called once after the last chunk, also when the person ends the sharing. */
  readonly onEnd: () => void;
}

/** A recording in progress. */
export interface Recording {
  readonly mimeType: string;
  readonly stop: () => void;
}

/** The screens of this browser. */
export interface Screens {
  /** Reason why nothing can be captured; `undefined` if it can. */
  readonly problem: CaptureProblem | undefined;
  readonly canRecord: boolean;
  /** Asks the person for a screen, window or tab. @throws CaptureError */
  readonly share: (kind: CaptureKind) => Promise<SharedScreen>;
}

/** Error with a reason for the person. */
export class CaptureError extends Error {
  constructor(
    readonly problem: CaptureProblem,
    options?: ErrorOptions,
  ) {
    super(problem, options);
  }
}

/** Time for the first picture, in milliseconds. A minimized window has none. */
const FIRST_PICTURE_MS = 10_000;

/** Time for the dialog of the browser to disappear from the picture, in milliseconds. */
const SETTLE_MS = 300;

/** Interval between chunks of a recording, in milliseconds. */
const CHUNK_MS = 1_000;

/** Bits per second of a recording: 60 MB are five minutes. Text stays readable. */
const BITS_PER_SECOND = 1_500_000;

/** Formats of recordings, the best one first. Safari records MP4. */
const FORMATS = ['video/webm;codecs=vp9', 'video/webm', 'video/mp4'];

/** Optional parts of the browser. */
interface Parts {
  readonly isSecureContext?: boolean;
  readonly MediaRecorder?: typeof MediaRecorder;
  readonly CaptureController?: new () => { setFocusBehavior?: (behavior: 'no-focus-change') => void };
}

/** Screens of the browser. All parts may be missing. */
export function createBrowserScreens(runtime: Runtime): Screens {
  const { isSecureContext, MediaRecorder, CaptureController } = globalThis as Parts;
  const { mediaDevices } = navigator as { readonly mediaDevices?: Partial<MediaDevices> };
  const canShare = typeof mediaDevices?.getDisplayMedia === 'function';

  async function share(kind: CaptureKind): Promise<SharedScreen> {
    const controller = kind === 'image' && CaptureController ? new CaptureController() : undefined;
    try {
      const stream = await mediaDevices?.getDisplayMedia?.({
        video: true,
        audio: false,
        ...(controller && { controller }),
      });
      if (!stream) throw new CaptureError('unsupported');
      stayInFront(controller);
      return sharedScreen(stream, MediaRecorder, runtime);
    } catch (error) {
      throw toCaptureError(error);
    }
  }

  return {
    problem: canShare ? undefined : isSecureContext === false ? 'insecure' : 'unsupported',
    canRecord: MediaRecorder !== undefined,
    share,
  };
}

/** Keeps the focus on this page: the image is taken at once. A screen has no focus to keep. */
function stayInFront(controller: InstanceType<NonNullable<Parts['CaptureController']>> | undefined): void {
  try {
    controller?.setFocusBehavior?.('no-focus-change');
  } catch {
    // The shared window comes to the front.
  }
}

function toCaptureError(error: unknown): CaptureError {
  if (error instanceof CaptureError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return new CaptureError(name === 'NotAllowedError' ? 'denied' : 'failed', { cause: error });
}

function sharedScreen(stream: MediaStream, Recorder: Parts['MediaRecorder'], runtime: Runtime): SharedScreen {
  const stop = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    stop,
    takeImage: () =>
      withTimeout(drawPng(stream, runtime), FIRST_PICTURE_MS, runtime, () => new CaptureError('failed')),
    record(events) {
      if (!Recorder) throw new CaptureError('no-recorder');
      return startRecorder(new Recorder(stream, recorderOptions(Recorder)), events);
    },
  };
}

function recorderOptions(Recorder: typeof MediaRecorder): MediaRecorderOptions {
  const mimeType = FORMATS.find((format) => Recorder.isTypeSupported(format));
  return { videoBitsPerSecond: BITS_PER_SECOND, ...(mimeType !== undefined && { mimeType }) };
}

function startRecorder(recorder: MediaRecorder, { onChunk, onEnd }: RecordingEvents): Recording {
  recorder.addEventListener('dataavailable', ({ data }) => data.size > 0 && onChunk(data));
  // After an error as well. The browser also stops when the person ends the sharing.
  recorder.addEventListener('stop', onEnd, { once: true });
  recorder.start(CHUNK_MS);
  return {
    mimeType: recorder.mimeType,
    stop() {
      if (recorder.state !== 'inactive') recorder.stop();
    },
  };
}

async function drawPng(stream: MediaStream, runtime: Runtime): Promise<Blob> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  try {
    await video.play();
    await sleep(runtime, SETTLE_MS);
    const { videoWidth: width, videoHeight: height } = video;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((png) => (png ? resolve(png) : reject(new CaptureError('failed'))), 'image/png'),
    );
  } finally {
    video.srcObject = null;
  }
}
