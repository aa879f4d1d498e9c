import type { Predicted } from './predicted';
import { smallerName } from './smaller-name';

/** Size in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Expected result for an image. */
export interface SmallerImagePrediction extends PixelSize {
  readonly name: string;
  /** Size of the file in bytes, roughly. */
  readonly bytes: number;
}

/**
 * Reason why there is no smaller image: it cannot be decoded, the browser encodes no format for it, or even a tiny one
 * is too large.
 */
export type ImageUnavailable = 'undecodable' | 'no-encoder' | 'too-large';

/** A smaller copy of an image. */
export interface SmallerImage extends PixelSize {
  readonly name: string;
  readonly bytes: Blob;
}

/** An image, and the maximum size of its copy. */
export interface ImageToShrink {
  readonly name: string;
  readonly source: Blob;
  /** In bytes. */
  readonly limitBytes: number;
}

/** Dependencies of `predictSmallerImage` and `shrinkImage`. */
export interface ShrinkImageOptions {
  /** Decodes the image, within the limits of the editor. Rejects if it cannot. */
  readonly open: (bytes: Blob, name: string) => Promise<ImageBitmap>;
  readonly signal?: AbortSignal | undefined;
}

/** Longest side of the image that is encoded for a prediction, in pixels. */
const TRIAL_SIDE = 1024;

/** Qualities to try, best first, with their bytes as a part of those of the best: typical for photos. */
const STEPS = [
  { quality: 0.9, part: 1 },
  { quality: 0.8, part: 0.65 },
  { quality: 0.65, part: 0.45 },
] as const;

/** Part of the pixels to keep, if even the smallest quality is too large. */
const SHRINK_PART = 0.7;

/** Part of the limit to aim for: a prediction is rough. */
const AIM = 0.9;

/** Smallest side worth keeping, in pixels. */
const MIN_SIDE = 64;

/** How to encode an image. */
export interface ImagePlan extends PixelSize {
  /** From 0 to 1. */
  readonly quality: number;
  /** Expected size of the file. */
  readonly bytes: number;
}

/**
 * Plans the largest copy expected to fit: first with less quality, then with fewer pixels.
 *
 * @param bytesPerPixel At the best quality.
 * @returns `undefined` if it would be tiny.
 */
export function planImage(size: PixelSize, bytesPerPixel: number, limitBytes: number): ImagePlan | undefined {
  const aim = limitBytes * AIM;
  const whole = size.width * size.height * bytesPerPixel;
  const step = STEPS.find(({ part }) => whole * part <= aim) ?? STEPS[2];
  const bytes = whole * step.part;
  const scale = bytes <= aim ? 1 : Math.sqrt(aim / bytes);
  return scaled(size, { quality: step.quality, bytes }, scale);
}

/** Returns the next smaller plan; `undefined` if it would be tiny. */
export function nextPlan(plan: ImagePlan): ImagePlan | undefined {
  const at = STEPS.findIndex(({ quality }) => quality === plan.quality);
  const [here, next] = [STEPS[at], STEPS[at + 1]];
  if (here && next)
    return { ...plan, quality: next.quality, bytes: Math.ceil((plan.bytes * next.part) / here.part) };
  return scaled(plan, plan, Math.sqrt(SHRINK_PART));
}

function scaled(
  { width, height }: PixelSize,
  { quality, bytes }: { readonly quality: number; readonly bytes: number },
  scale: number,
): ImagePlan | undefined {
  const [w, h] = [width, height].map((side) => Math.max(1, Math.floor(side * scale)));
  if (w === undefined || h === undefined) return undefined;
  if (scale < 1 && Math.max(w, h) < MIN_SIDE) return undefined;
  return { width: w, height: h, quality, bytes: Math.ceil(bytes * scale * scale) };
}

/**
 * Predicts a smaller copy of an image by encoding a small one.
 *
 * @throws DOMException `AbortError` after an abort.
 */
export async function predictSmallerImage(
  image: ImageToShrink,
  options: ShrinkImageOptions,
): Promise<Predicted<SmallerImagePrediction, ImageUnavailable>> {
  return withPlan(image, options, (plan, { extension }) => {
    const { width, height, bytes } = plan;
    const prediction = { name: smallerName(image.name, extension), width, height, bytes };
    return Promise.resolve({ kind: 'predicted', prediction } as const);
  });
}

/**
 * Makes a smaller copy of an image, without its metadata.
 *
 * @throws DOMException `AbortError` after an abort.
 */
export async function shrinkImage(
  image: ImageToShrink,
  options: ShrinkImageOptions,
): Promise<
  | { readonly kind: 'made'; readonly image: SmallerImage }
  | { readonly kind: 'unavailable'; readonly reason: ImageUnavailable }
> {
  return withPlan(image, options, async (first, format, picture) => {
    for (let plan: ImagePlan | undefined = first; plan; plan = nextPlan(plan)) {
      options.signal?.throwIfAborted();
      const bytes = await encode(picture, plan, format);
      if (!bytes) return { kind: 'unavailable', reason: 'no-encoder' } as const;
      if (bytes.size > image.limitBytes) continue;
      const { width, height } = plan;
      const name = smallerName(image.name, format.extension);
      return { kind: 'made', image: { name, bytes, width, height } } as const;
    }
    return { kind: 'unavailable', reason: 'too-large' } as const;
  });
}

/** Decodes the image, plans the first attempt, and closes the image at the end. */
async function withPlan<T>(
  { name, source, limitBytes }: ImageToShrink,
  { open, signal }: ShrinkImageOptions,
  work: (plan: ImagePlan, format: Format, picture: ImageBitmap) => Promise<T>,
): Promise<T | { readonly kind: 'unavailable'; readonly reason: ImageUnavailable }> {
  signal?.throwIfAborted();
  const picture = await open(source, name).catch(() => undefined);
  try {
    signal?.throwIfAborted();
    if (!picture) return { kind: 'unavailable', reason: 'undecodable' };
    const size = { width: picture.width, height: picture.height };
    const scale = Math.min(1, TRIAL_SIDE / Math.max(size.width, size.height));
    const small = { width: Math.ceil(size.width * scale), height: Math.ceil(size.height * scale) };
    const trial = await encodeFirst(picture, { ...small, quality: STEPS[0].quality, bytes: 0 }, source);
    if (!trial) return { kind: 'unavailable', reason: 'no-encoder' };
    const plan = planImage(size, trial.bytes.size / (small.width * small.height), limitBytes);
    if (!plan) return { kind: 'unavailable', reason: 'too-large' };
    return await work(plan, trial.format, picture);
  } finally {
    picture?.close();
  }
}

/** Format of the copy. */
interface Format {
  readonly type: string;
  readonly extension: string;
}

const JPEG: Format = { type: 'image/jpeg', extension: 'jpg' };
const WEBP: Format = { type: 'image/webp', extension: 'webp' };

/**
 * Encodes in the first format that the browser has: a JPEG stays one; the others may be transparent, for which JPEG has
 * no means. Some browsers encode no WebP: then opaque images become JPEG.
 */
async function encodeFirst(
  picture: ImageBitmap,
  plan: ImagePlan,
  source: Blob,
): Promise<{ readonly format: Format; readonly bytes: Blob } | undefined> {
  for (const format of (await isJpeg(source)) ? [JPEG] : [WEBP, JPEG]) {
    const bytes = await encode(picture, plan, format);
    if (bytes) return { format, bytes };
    if (!(await isOpaque(picture, plan))) return undefined;
  }
  return undefined;
}

async function isJpeg(source: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await source.slice(0, 2).arrayBuffer());
  return first === 0xff && second === 0xd8;
}

async function isOpaque(picture: ImageBitmap, size: PixelSize): Promise<boolean> {
  const pixels = await withCanvas(picture, size, (_, context) =>
    Promise.resolve(context.getImageData(0, 0, size.width, size.height).data),
  );
  // Each pixel is red, green, blue and alpha.
  return pixels?.every((value, index) => index % 4 !== 3 || value === 255) ?? false;
}

/** Encodes an image; `undefined` if the browser does not know the format or lacks memory. */
async function encode(picture: ImageBitmap, plan: ImagePlan, { type }: Format): Promise<Blob | undefined> {
  const bytes = await withCanvas(
    picture,
    plan,
    (canvas) => new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, plan.quality)),
  );
  // A browser without the format encodes PNG.
  return bytes?.type === type ? bytes : undefined;
}

async function withCanvas<T>(
  picture: ImageBitmap,
  { width, height }: PixelSize,
  work: (canvas: HTMLCanvasElement, context: CanvasRenderingContext2D) => Promise<T>,
): Promise<T | undefined> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  try {
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, width, height);
    return await work(canvas, context);
  } catch {
    return undefined;
  } finally {
    // Frees the memory at once.
    canvas.width = 0;
    canvas.height = 0;
  }
}
