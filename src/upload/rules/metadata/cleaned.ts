/** What is removed: `location` also removes thumbnails and trailing bytes, `everything` all but orientation and colors. */
export type MetadataMode = 'location' | 'everything';

/** Formats with metadata. Only the first three are cleaned. */
export type PictureFormat =
  'jpeg' | 'png' | 'webp' | 'heic' | 'avif' | 'jpeg-xl' | 'tiff' | 'gif' | 'video' | 'pdf' | 'office';

/** Metadata removed from a file. */
export interface RemovedMetadata {
  /** Place of the picture, as coordinates or in words. */
  readonly location: boolean;
  /** Embedded smaller pictures: thumbnails and previews. */
  readonly thumbnail: boolean;
  /** Number of bytes behind the end of the picture. */
  readonly trailingBytes: number;
  /** Other metadata: all of it in the mode `everything`, content credentials in both. */
  readonly other: boolean;
}

/** Result of cleaning a file. */
export type Cleaned =
  | {
      readonly kind: 'cleaned';
      readonly format: PictureFormat;
      readonly bytes: Blob;
      readonly removed: RemovedMetadata;
    }
  /** The file has nothing to remove. `bytes` is the file itself. */
  | { readonly kind: 'clean'; readonly format: PictureFormat; readonly bytes: Blob }
  /** The file may have metadata, but is returned as it is. `bytes` is the file itself. */
  | {
      readonly kind: 'not-cleaned';
      readonly format: PictureFormat;
      readonly bytes: Blob;
      /** `format`: no cleaner for it. `damaged`: a part of the file does not parse. */
      readonly reason: 'format' | 'damaged';
    }
  /** The file has none of the known formats. `bytes` is the file itself. */
  | { readonly kind: 'unknown'; readonly bytes: Blob };

/** Most bytes of a part with metadata, and of such a part after inflation. */
export const MAX_METADATA_BYTES = 32 * 1024 * 1024;

/** Most parts of a file: segments or chunks. */
export const MAX_PARTS = 20_000;

/** A part of the file that does not parse. The file is returned unchanged. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

/** Kinds of metadata found so far, collected by the cleaners. */
export interface Findings {
  location: boolean;
  thumbnail: boolean;
  other: boolean;
}

/**
 * Removes places and thumbnails from a part of a file. It changes no bytes in place.
 *
 * @returns The new part; `undefined` if there are none.
 * @throws DamagedError
 */
export type CleanPart = (bytes: Uint8Array, findings: Findings) => Uint8Array | undefined;

/** Names of the formats in sentences. */
export const FORMAT_NAMES: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  heic: 'HEIC',
  avif: 'AVIF',
  'jpeg-xl': 'JPEG XL',
  tiff: 'TIFF',
  gif: 'GIF',
  video: 'video',
  pdf: 'PDF',
  office: 'Office',
};
