import type { InputAudioTrack, InputVideoTrack } from 'mediabunny';
import {
  BlobSource,
  canEncodeAudio,
  canEncodeVideo,
  Conversion,
  Input,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  StreamTarget,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import type { Predicted } from './predicted';
import type { VideoPlan } from './plan-video';
import { AUDIO_BITRATE, planVideo } from './plan-video';
import { smallerName } from './smaller-name';

/** Expected result for a video. */
export interface SmallerVideoPrediction extends Omit<VideoPlan, 'videoBitrate'> {
  readonly name: string;
  readonly format: 'mp4' | 'webm';
}

/**
 * Reason why there is no smaller video: the page is not secure, the browser has no codecs or none to encode this, it
 * cannot decode the video, or the video is too long.
 */
export type VideoUnavailable = 'insecure' | 'no-codecs' | 'no-encoder' | 'undecodable' | 'too-large';

/** Attempts to stay within the limit. */
const MAX_ATTEMPTS = 3;

/** Size to aim for after a copy was too large, as a part of the one before. */
const NEXT_AIM = 0.6;

/** A video, and the maximum size of its copy. */
export interface VideoToShrink {
  readonly name: string;
  readonly source: Blob;
  /** In bytes. */
  readonly limitBytes: number;
}

/** Options of `shrinkVideo`. */
export interface ShrinkVideoOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the finished part, from 0 to 1. */
  readonly onProgress?: (part: number) => void;
}

/** Result of `shrinkVideo`. */
export type ShrunkVideo =
  | { readonly kind: 'made'; readonly name: string; readonly bytes: Blob }
  | { readonly kind: 'unavailable'; readonly reason: VideoUnavailable };

/** Codecs of the copy. */
interface Target {
  readonly format: 'mp4' | 'webm';
  readonly video: 'avc' | 'vp9';
  readonly audio: 'aac' | 'opus' | undefined;
}

/** Format, resolution and bit rates of a copy. */
interface Prepared {
  readonly kind: 'prepared';
  readonly input: Input;
  readonly plan: VideoPlan;
  readonly target: Target;
}

/**
 * Predicts a smaller copy of a video. Reads a small part of it.
 *
 * @throws DOMException `AbortError` after an abort.
 */
export async function predictSmallerVideo(
  video: VideoToShrink,
  signal?: AbortSignal,
): Promise<Predicted<SmallerVideoPrediction, VideoUnavailable>> {
  const prepared = await prepare(video);
  if (prepared.kind === 'prepared') prepared.input.dispose();
  signal?.throwIfAborted();
  if (prepared.kind === 'unavailable') return prepared;
  const { format } = prepared.target;
  const { width, height, bytes, minutes } = prepared.plan;
  const name = smallerName(video.name, format);
  return { kind: 'predicted', prediction: { name, format, width, height, bytes, minutes } };
}

/**
 * Makes a smaller copy of a video. Reads the video in ranges.
 *
 * @throws DOMException `AbortError` after an abort.
 */
export async function shrinkVideo(
  video: VideoToShrink,
  { signal, onProgress = () => undefined }: ShrinkVideoOptions = {},
): Promise<ShrunkVideo> {
  signal?.throwIfAborted();
  let result: ShrunkVideo = { kind: 'unavailable', reason: 'too-large' };
  // Encoders exceed their bit rate with some content: then a smaller one is tried.
  for (
    let attempt = 0, aimBytes = video.limitBytes;
    attempt < MAX_ATTEMPTS;
    attempt++, aimBytes *= NEXT_AIM
  ) {
    result = await shrinkOnce(video, aimBytes, { signal, onProgress });
    if (result.kind === 'made' || result.reason !== 'too-large') break;
  }
  return result;
}

/** @param aimBytes Size to plan for, within the limit. */
async function shrinkOnce(
  video: VideoToShrink,
  aimBytes: number,
  options: ShrinkVideoOptions,
): Promise<ShrunkVideo> {
  const { name, source, limitBytes } = video;
  const prepared = await prepare({ name, source, limitBytes: aimBytes });
  if (prepared.kind === 'unavailable') return prepared;
  const { input, plan, target } = prepared;
  try {
    options.signal?.throwIfAborted();
    const written = await convert(input, plan, target, { ...options, limitBytes });
    if (!(written instanceof Blob)) return { kind: 'unavailable', reason: written };
    return { kind: 'made', name: smallerName(name, target.format), bytes: written };
  } finally {
    input.dispose();
  }
}

async function convert(
  input: Input,
  { width, height, videoBitrate }: VideoPlan,
  target: Target,
  { signal, onProgress = () => undefined, limitBytes }: ShrinkVideoOptions & { readonly limitBytes: number },
): Promise<Blob | VideoUnavailable> {
  const { pieces, writable } = collectPieces(limitBytes);
  const output = new Output({
    // Both are written from start to end, so that the browser can move the pieces to disk.
    format:
      target.format === 'mp4'
        ? new Mp4OutputFormat({ fastStart: 'fragmented' })
        : new WebMOutputFormat({ appendOnly: true }),
    target: new StreamTarget(writable, { chunked: true }),
  });
  const conversion = await Conversion.init({
    ...{ input, output, tracks: 'primary', showWarnings: false, tags: {} },
    video: { codec: target.video, width, height, fit: 'fill', bitrate: videoBitrate, forceTranscode: true },
    audio: target.audio
      ? {
          codec: target.audio,
          bitrate: AUDIO_BITRATE,
          numberOfChannels: 2,
          sampleRate: 48_000,
          forceTranscode: true,
        }
      : { discard: true },
  });
  if (!conversion.isValid) return 'no-encoder';
  conversion.onProgress = (part) => onProgress(Math.min(1, part));
  const cancel = (): void => void conversion.cancel().catch(() => undefined);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    await conversion.execute();
  } catch {
    signal?.throwIfAborted();
    return pieces.isTooLarge ? 'too-large' : 'undecodable';
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
  signal?.throwIfAborted();
  return new Blob(pieces.blobs, { type: `video/${target.format}` });
}

/** Collects written bytes in blobs: the browser can move these to disk. Fails over a limit. */
function collectPieces(limitBytes: number) {
  const pieces = { blobs: [] as Blob[], isTooLarge: false };
  let end = 0;
  const writable = new WritableStream<{ readonly data: Uint8Array<ArrayBuffer>; readonly position: number }>({
    write({ data, position }) {
      if (position !== end) throw new RangeError('The video is not written in order.');
      end += data.length;
      pieces.isTooLarge = end > limitBytes;
      if (pieces.isTooLarge) throw new RangeError('The video is too large.');
      pieces.blobs.push(new Blob([data]));
    },
  });
  return { pieces, writable };
}

async function prepare({
  source,
  limitBytes,
}: VideoToShrink): Promise<Prepared | { readonly kind: 'unavailable'; readonly reason: VideoUnavailable }> {
  const missing = missingPart();
  if (missing) return { kind: 'unavailable', reason: missing };
  const input = new Input({ source: new BlobSource(source), formats: [MP4, QTFF, MATROSKA, WEBM] });
  const result = await prepareInput(input, limitBytes).catch(() => 'undecodable' as const);
  if (typeof result === 'object') return { kind: 'prepared', input, ...result };
  input.dispose();
  return { kind: 'unavailable', reason: result };
}

async function prepareInput(
  input: Input,
  limitBytes: number,
): Promise<Pick<Prepared, 'plan' | 'target'> | VideoUnavailable> {
  const video = await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  if (!video || !(await canDecodeAll(video, audio))) return 'undecodable';
  const facts = {
    ...{ width: await video.getDisplayWidth(), height: await video.getDisplayHeight() },
    ...{ durationSeconds: await input.computeDuration(), hasAudio: audio !== null },
  };
  const plan = planVideo(facts, limitBytes);
  if (!plan) return 'too-large';
  const target = await findTarget(plan, audio !== null);
  return target ? { plan, target } : 'no-encoder';
}

async function canDecodeAll(video: InputVideoTrack, audio: InputAudioTrack | null): Promise<boolean> {
  // A copy without its sound would be no copy.
  return (await video.canDecode()) && (audio === null || (await audio.canDecode()));
}

/** Finds a format that the browser encodes: MP4 first, since most programs play it. */
async function findTarget(
  { width, height, videoBitrate }: VideoPlan,
  hasAudio: boolean,
): Promise<Target | undefined> {
  const canVideo = (codec: Target['video']): Promise<boolean> =>
    canEncodeVideo(codec, { width, height, bitrate: videoBitrate }).catch(() => false);
  const canAudio = (codec: NonNullable<Target['audio']>): Promise<boolean> =>
    canEncodeAudio(codec, { numberOfChannels: 2, sampleRate: 48_000, bitrate: AUDIO_BITRATE }).catch(
      () => false,
    );
  for (const [format, video, codecs] of [
    ['mp4', 'avc', ['aac', 'opus']],
    ['webm', 'vp9', ['opus']],
  ] as const) {
    if (!(await canVideo(video))) continue;
    if (!hasAudio) return { format, video, audio: undefined };
    for (const audio of codecs) if (await canAudio(audio)) return { format, video, audio };
  }
  return undefined;
}

/** Returns the reason why this page has no codecs. */
function missingPart(): VideoUnavailable | undefined {
  const { isSecureContext, VideoEncoder, VideoDecoder } = globalThis as Partial<typeof globalThis>;
  if (isSecureContext === false) return 'insecure';
  return VideoEncoder && VideoDecoder ? undefined : 'no-codecs';
}
