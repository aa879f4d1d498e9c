import { loadModule } from '../../base/load-module';
import type { PickedFile } from '../upload';
import type { OverLimitLoaders, OverLimitOption, ZipOption } from './over-limit-options';
import { bundleOption } from './over-limit-options';
import type { ShrinkImageOptions } from './shrink-image';
import type { FileToZip } from './zip-file';

/** Decodes an image within the limits of the editor. */
export type OpenImage = ShrinkImageOptions['open'];

/** Options of `Treatments.make`. */
export interface MakeOptions {
  /** Maximum size of the file, in bytes. */
  readonly limitBytes: number;
  readonly signal: AbortSignal;
  /** Called with the finished part, from 0 to 1. */
  readonly onProgress: (part: number) => void;
}

/** A file made from another one. */
export type MadeFile = Pick<PickedFile, 'name' | 'source'>;

/** Predictions about files over the limit, and the work that follows. Each part is loaded when it is needed. */
export interface Treatments {
  readonly loaders: OverLimitLoaders;
  /**
   * Makes a file that is within the limit. Returns `undefined` if that is not possible.
   *
   * @throws DOMException `AbortError` after an abort; StaplerError if the code cannot be loaded.
   */
  readonly make: (
    file: PickedFile,
    kind: Exclude<OverLimitOption['kind'], 'split'>,
    options: MakeOptions,
  ) => Promise<MadeFile | undefined>;
  /** Predicts one zip of several files. Never rejects. */
  readonly predictBundle: (files: readonly PickedFile[], limitBytes: number) => Promise<ZipOption>;
  /** Makes one zip of several files, in their folders. Returns and throws as `make` does. */
  readonly bundle: (files: readonly PickedFile[], options: MakeOptions) => Promise<Blob | undefined>;
}

const loadZipFile = () => loadModule(() => import(/* webpackChunkName: "zip-file" */ './zip-file'));
const loadPrediction = () => loadModule(() => import(/* webpackChunkName: "zip-file" */ './predict-zip'));
const loadImage = () => loadModule(() => import(/* webpackChunkName: "shrink-image" */ './shrink-image'));
const loadVideo = () => loadModule(() => import(/* webpackChunkName: "shrink-video" */ './shrink-video'));

/** Dependencies of `createTreatments`. */
export interface TreatmentsOptions {
  /** Loads the decoder of images. Default: none, images do not get smaller. */
  readonly loadOpenImage: () => Promise<OpenImage>;
}

/** Creates the treatments of a frame. */
export function createTreatments({
  loadOpenImage = () => Promise.reject(new TypeError('There is no decoder of images.')),
}: Partial<TreatmentsOptions>): Treatments {
  async function zip(
    files: readonly FileToZip[],
    { limitBytes, signal, onProgress }: MakeOptions,
  ): Promise<Blob | undefined> {
    const { zipFiles } = await loadZipFile();
    const size = files.reduce((sum, { source }) => sum + source.size, 0);
    const onRead = (bytesRead: number): void => onProgress(bytesRead / size);
    const made = await zipFiles(files, { limitBytes, signal, onProgress: onRead });
    return made.kind === 'made' ? made.zip : undefined;
  }

  return {
    bundle: zip,

    predictBundle: (files, limitBytes) =>
      bundleOption(files, limitBytes, async () => (await loadPrediction()).predictBundle),

    loaders: {
      loadZip: async () => (await loadPrediction()).predictZip,
      async loadImage() {
        const [{ predictSmallerImage }, open] = await Promise.all([loadImage(), loadOpenImage()]);
        return (file, signal) => predictSmallerImage(file, { open, signal });
      },
      loadVideo: async () => (await loadVideo()).predictSmallerVideo,
    },

    async make({ name, source }, kind, options) {
      const { limitBytes, signal, onProgress } = options;
      if (kind === 'zip') {
        const { zipName } = await loadZipFile();
        const made = await zip([{ name, source }], options);
        return made && { name: zipName(name), source: made };
      }
      if (kind === 'shrink-video') {
        const { shrinkVideo } = await loadVideo();
        const made = await shrinkVideo({ name, source, limitBytes }, { signal, onProgress });
        return made.kind === 'made' ? { name: made.name, source: made.bytes } : undefined;
      }
      const [{ shrinkImage }, open] = await Promise.all([loadImage(), loadOpenImage()]);
      const made = await shrinkImage({ name, source, limitBytes }, { open, signal });
      return made.kind === 'made' ? { name: made.image.name, source: made.image.bytes } : undefined;
    },
  };
}
