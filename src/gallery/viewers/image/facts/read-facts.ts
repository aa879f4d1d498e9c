import { findExif } from './find-exif';
import type { Position } from './position';
import { positionAt } from './position';
import type { Directory, ExifData } from './read-directory';
import { openExif, readDirectory } from './read-directory';
import { Slices } from './slices';
import { readXmpPosition } from './xmp-position';

/** Facts that a camera or a program has written into a picture. */
export interface PictureFacts {
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly lens?: string | undefined;
  /** As in the file: `2026:03:14 15:09:26`, in the time zone of the camera. */
  readonly takenAt?: string | undefined;
  /** `+02:00` */
  readonly utcOffset?: string | undefined;
  /** In seconds. */
  readonly exposureTime?: number | undefined;
  readonly fNumber?: number | undefined;
  readonly iso?: number | undefined;
  /** In millimeters. */
  readonly focalLength?: number | undefined;
  /** Focal length with the same angle of view on film of 35 mm, in millimeters. */
  readonly focalLength35?: number | undefined;
  /** 1 to 8, as of Exif. Browsers apply it. */
  readonly orientation?: number | undefined;
  readonly software?: string | undefined;
  readonly description?: string | undefined;
  readonly author?: string | undefined;
  readonly copyright?: string | undefined;
  readonly position?: Position | undefined;
}

/** Tags of Exif. Source: CIPA DC-008 (Exif 3.0), 4.6. */
const TAG = {
  description: 0x010e,
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  software: 0x0131,
  author: 0x013b,
  copyright: 0x8298,
  exifOffset: 0x8769,
  gpsOffset: 0x8825,
  exposureTime: 0x829a,
  fNumber: 0x829d,
  iso: 0x8827,
  takenAt: 0x9003,
  utcOffset: 0x9011,
  focalLength: 0x920a,
  focalLength35: 0xa405,
  lens: 0xa434,
} as const;

const TAGS: ReadonlySet<number> = new Set(Object.values(TAG));

/** Tags of positions, with numbers of their own. */
const GPS = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 } as const;

const GPS_TAGS: ReadonlySet<number> = new Set(Object.values(GPS));

const NO_VALUES: Directory = new Map();

/**
 * Reads the facts in a picture, as far as they are valid. Reads no more than the headers of its parts, the three
 * directories of Exif, each once, and its XMP data if these have no position. Never rejects.
 */
export async function readFacts(picture: Blob): Promise<PictureFacts> {
  const facts = await unlessDamaged(async () => {
    const file = new Slices(picture);
    const place = await findExif(file);
    const data = place && (await openExif(file, place));
    return data && factsIn(data);
  });
  if (facts?.position) return facts;
  const position = await unlessDamaged(() => readXmpPosition(new Slices(picture)));
  return position ? { ...facts, position } : (facts ?? {});
}

async function unlessDamaged<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    // The file ends within a header, or can no longer be read: its viewer says so.
    return undefined;
  }
}

async function factsIn(data: ExifData): Promise<PictureFacts> {
  const main = await readDirectory(data, data.first, TAGS);
  const exif = await directoryAt(data, numberOf(main, TAG.exifOffset), TAGS);
  const gps = await directoryAt(data, numberOf(main, TAG.gpsOffset), GPS_TAGS);
  return {
    make: textOf(main, TAG.make),
    model: textOf(main, TAG.model),
    lens: textOf(exif, TAG.lens),
    takenAt: textOf(exif, TAG.takenAt),
    utcOffset: textOf(exif, TAG.utcOffset),
    exposureTime: positive(numberOf(exif, TAG.exposureTime)),
    fNumber: positive(numberOf(exif, TAG.fNumber)),
    iso: positive(numberOf(exif, TAG.iso)),
    focalLength: positive(numberOf(exif, TAG.focalLength)),
    focalLength35: positive(numberOf(exif, TAG.focalLength35)),
    orientation: numberOf(main, TAG.orientation),
    software: textOf(main, TAG.software),
    description: textOf(main, TAG.description),
    author: textOf(main, TAG.author),
    copyright: textOf(main, TAG.copyright),
    position: positionIn(gps),
  };
}

async function directoryAt(
  data: ExifData,
  offset: number | undefined,
  wanted: ReadonlySet<number>,
): Promise<Directory> {
  if (offset === undefined) return NO_VALUES;
  try {
    return await readDirectory(data, offset, wanted);
  } catch (error) {
    // One damaged directory leaves the others.
    if (error instanceof RangeError) return NO_VALUES;
    throw error;
  }
}

function positionIn(gps: Directory): Position | undefined {
  return positionAt(
    degreesOf(gps.get(GPS.latitude), gps.get(GPS.latitudeRef) === 'S'),
    degreesOf(gps.get(GPS.longitude), gps.get(GPS.longitudeRef) === 'W'),
  );
}

/** Degrees, minutes and seconds. Some programs leave out the last ones, as zeros divided by zero. */
function degreesOf(value: string | readonly number[] | undefined, isNegative: boolean): number {
  if (!Array.isArray(value)) return NaN;
  const [degrees = NaN, minutes, seconds] = value as readonly number[];
  return (isNegative ? -1 : 1) * (degrees + (minutes || 0) / 60 + (seconds || 0) / 3600);
}

function numberOf(values: Directory, tag: number): number | undefined {
  const value = values.get(tag);
  return typeof value === 'string' ? undefined : value?.[0];
}

function textOf(values: Directory, tag: number): string | undefined {
  const value = values.get(tag);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 && Number.isFinite(value) ? value : undefined;
}
