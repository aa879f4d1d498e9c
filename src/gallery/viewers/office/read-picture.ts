import { readImageSize } from '../image/image-size';
import type { TaskContext } from '../../workers/task-context';
import { openArchive } from '../archive/open-archive';
import { ViewerProblem } from '../viewer-problem';

/** Picture to read from an Office file. */
export interface PictureRequest {
  readonly bytes: Blob;
  /** Path of its part, in lower case. */
  readonly path: string;
}

/** Picture from an Office file. */
export interface PictureContent {
  readonly bytes: ArrayBuffer;
  /** MIME type by content. */
  readonly type: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Maximum number of entries in the file. */
const MAX_ENTRIES = 20_000;

/** Maximum size of a picture, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Maximum number of pixels, at 4 bytes each: the cameras of most phones have fewer. */
const MAX_PIXELS = 50_000_000;

/** Formats that all browsers show, by the first bytes as text. No format with scripts or links is among them. */
const FORMATS: readonly (readonly [start: RegExp, type: string])[] = [
  [/^\x89PNG/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8/, 'image/gif'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
  [/^BM/, 'image/bmp'],
];

/**
 * Extracts a picture.
 *
 * @throws ViewerProblem If it is missing, damaged, too large, or in another format.
 */
export async function readPicture(
  { bytes, path }: PictureRequest,
  { signal }: TaskContext,
): Promise<PictureContent> {
  const { entries } = await openArchive(bytes, signal, MAX_ENTRIES);
  const entry = entries.find((each) => each.path.toLowerCase() === path);
  if (!entry?.extract) throw new ViewerProblem('entry-damaged');
  if (entry.size > MAX_BYTES) throw new ViewerProblem('entry-too-large');
  const picture = await entry.extract(signal);
  const start = String.fromCharCode(...new Uint8Array(await picture.slice(0, 12).arrayBuffer()));
  const type = FORMATS.find(([pattern]) => pattern.test(start))?.[1];
  const size = type === undefined ? undefined : await readImageSize(picture);
  if (type === undefined || !size) throw new ViewerProblem('no-image');
  const pixels = size.width * size.height;
  if (!(pixels > 0 && pixels <= MAX_PIXELS)) throw new ViewerProblem('no-image');
  return { bytes: await picture.arrayBuffer(), type, ...size };
}
