import { kindOf } from '../../base/file-kind';
import { volumeBytesFor, volumeRanges } from '../volumes/volume-plan';
import type { Predicted } from './predicted';
import type { ZipPrediction, ZipUnavailable } from './predict-zip';
import type { SmallerImagePrediction, ImageUnavailable } from './shrink-image';
import type { SmallerVideoPrediction, VideoUnavailable } from './shrink-video';

/** A file over the limit, and the place it is for. */
export interface FileOverLimit {
  readonly name: string;
  readonly source: Blob;
  /** Limit for the size of a file, in bytes. */
  readonly limitBytes: number;
  /** Free places for attachments on the work item; `Infinity` where the server decides. */
  readonly freeSlots: number;
}

/** Expected result of a split. */
export interface SplitPrediction {
  /** Number of volumes. */
  readonly count: number;
  /** Size of each volume but the last, in bytes. */
  readonly volumeBytes: number;
}

/** Failed load of a lazy part. */
type NotLoaded = 'not-loaded';

/** A zip, or the reason why there is none. */
export type ZipOption =
  | { readonly kind: 'zip'; readonly prediction: { readonly bytes: number } }
  /** `too-large`: with the expected size of the zip. */
  | { readonly kind: 'zip'; readonly unavailable: 'too-large'; readonly bytes: number }
  | { readonly kind: 'zip'; readonly unavailable: ZipUnavailable | NotLoaded };

/** A way to attach a file over the limit, or the reason why there is none. */
export type OverLimitOption =
  | { readonly kind: 'shrink-image'; readonly prediction: SmallerImagePrediction }
  | { readonly kind: 'shrink-image'; readonly unavailable: ImageUnavailable | NotLoaded }
  | { readonly kind: 'shrink-video'; readonly prediction: SmallerVideoPrediction }
  | { readonly kind: 'shrink-video'; readonly unavailable: VideoUnavailable | NotLoaded }
  | ZipOption
  | { readonly kind: 'split'; readonly prediction: SplitPrediction }
  /** `no-room`: with the number of volumes. */
  | { readonly kind: 'split'; readonly unavailable: 'no-room'; readonly prediction: SplitPrediction };

/** Predicts the result for a file. Rejects only after an abort. */
type Predict<P, R> = (file: FileOverLimit, signal?: AbortSignal) => Promise<Predicted<P, R>>;

/** Lazy parts: each loads its script when it is called. */
export interface OverLimitLoaders {
  readonly loadZip: () => Promise<(file: FileOverLimit, signal?: AbortSignal) => Promise<ZipPrediction>>;
  readonly loadImage: () => Promise<Predict<SmallerImagePrediction, ImageUnavailable>>;
  readonly loadVideo: () => Promise<Predict<SmallerVideoPrediction, VideoUnavailable>>;
}

/**
 * Lists the ways to attach a file over the limit, best first: a smaller image or video, a zip, volumes. Those without a
 * prediction follow, with their reasons. Only images and videos have a way to shrink.
 *
 * @throws DOMException `AbortError` after an abort.
 */
export async function listOverLimitOptions(
  file: FileOverLimit,
  loaders: OverLimitLoaders,
  signal?: AbortSignal,
): Promise<readonly OverLimitOption[]> {
  const predicted = await Promise.all([
    ...shrinkOptions(file, loaders, signal),
    zipOption(file, loaders, signal),
  ]);
  const found = [...predicted, splitOption(file)];
  const isPossible = (option: OverLimitOption): boolean => !('unavailable' in option);
  return [...found.filter(isPossible), ...found.filter((option) => !isPossible(option))];
}

function shrinkOptions(
  file: FileOverLimit,
  { loadImage, loadVideo }: OverLimitLoaders,
  signal: AbortSignal | undefined,
): readonly Promise<OverLimitOption>[] {
  switch (kindOf(file.name)) {
    case 'image':
      return [shrinkOption('shrink-image', loadImage, file, signal)];
    case 'video':
      return [shrinkOption('shrink-video', loadVideo, file, signal)];
    default:
      return [];
  }
}

async function shrinkOption<K, P, R>(
  kind: K,
  load: () => Promise<Predict<P, R>>,
  file: FileOverLimit,
  signal: AbortSignal | undefined,
): Promise<
  { readonly kind: K; readonly prediction: P } | { readonly kind: K; readonly unavailable: R | NotLoaded }
> {
  const predict = await loaded(load, signal);
  if (!predict) return { kind, unavailable: 'not-loaded' };
  const result = await predict(file, signal);
  return result.kind === 'predicted'
    ? { kind, prediction: result.prediction }
    : { kind, unavailable: result.reason };
}

async function zipOption(
  file: FileOverLimit,
  { loadZip }: OverLimitLoaders,
  signal: AbortSignal | undefined,
): Promise<ZipOption> {
  const predict = await loaded(loadZip, signal);
  if (!predict) return { kind: 'zip', unavailable: 'not-loaded' };
  return optionOf(await predict(file, signal), file.limitBytes);
}

function optionOf(result: ZipPrediction, limitBytes: number): ZipOption {
  if (result.kind === 'unavailable') return { kind: 'zip', unavailable: result.reason };
  const { bytes } = result;
  return bytes <= limitBytes
    ? { kind: 'zip', prediction: { bytes } }
    : { kind: 'zip', unavailable: 'too-large', bytes };
}

/** Predicts one zip of several files. Never rejects. */
export async function bundleOption(
  files: readonly Pick<FileOverLimit, 'name' | 'source'>[],
  limitBytes: number,
  loadPredictBundle: () => Promise<
    (files: readonly Pick<FileOverLimit, 'name' | 'source'>[]) => Promise<ZipPrediction>
  >,
): Promise<ZipOption> {
  const predict = await loaded(loadPredictBundle, undefined);
  return predict ? optionOf(await predict(files), limitBytes) : { kind: 'zip', unavailable: 'not-loaded' };
}

function splitOption({ source, limitBytes, freeSlots }: FileOverLimit): OverLimitOption {
  const volumeBytes = volumeBytesFor(limitBytes);
  const prediction = { count: volumeRanges(source.size, volumeBytes).length, volumeBytes };
  return prediction.count <= freeSlots
    ? { kind: 'split', prediction }
    : { kind: 'split', unavailable: 'no-room', prediction };
}

/** Returns a lazy part; `undefined` if it cannot be loaded. */
async function loaded<T>(load: () => Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  signal?.throwIfAborted();
  const part = await load().catch(() => undefined);
  signal?.throwIfAborted();
  return part;
}
