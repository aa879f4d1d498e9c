import { DamagedError, MAX_PARTS } from './cleaned';
import { viewOf } from './part-reader';
import type { PartReader } from './part-reader';

/** Marks of segments. */
export const MARKER = { eoi: 0xd9, sos: 0xda, app0: 0xe0, app13: 0xed, app15: 0xef, com: 0xfe } as const;

const SOI = 0xd8;
const FIRST_RESTART = 0xd0;
const LAST_RESTART = 0xd7;
const TEM = 0x01;

/** A segment of a JPEG; that of a scan has its compressed data. */
export interface Segment {
  readonly marker: number;
  readonly start: number;
  /** Start of the content behind marker and length. */
  readonly contentAt: number;
  readonly end: number;
}

/** Segments of a JPEG and the end of its picture. */
export interface JpegSegments {
  readonly segments: readonly Segment[];
  readonly end: number;
}

/**
 * Reads the segments of a JPEG up to the end of its picture. Reads each byte once.
 *
 * @throws DamagedError
 */
export async function readSegments(reader: PartReader): Promise<JpegSegments> {
  const segments: Segment[] = [];
  let hasScan = false;
  let at = 2;
  for (;;) {
    const { marker, end: contentAt } = await readMarker(reader, at);
    if (marker === MARKER.eoi && hasScan) return { segments, end: contentAt };
    if (marker === SOI || marker === MARKER.eoi || segments.length >= MAX_PARTS) throw new DamagedError();
    if (isStandalone(marker)) segments.push({ marker, start: at, contentAt, end: contentAt });
    else {
      const length = viewOf(await reader.read(contentAt, 2)).getUint16(0);
      if (length < 2) throw new DamagedError();
      let end = contentAt + length;
      if (marker === MARKER.sos) {
        hasScan = true;
        end = await endOfScan(reader, end);
      }
      if (end > reader.size) throw new DamagedError();
      segments.push({ marker, start: at, contentAt: contentAt + 2, end });
    }
    at = segments.at(-1)?.end ?? at;
  }
}

/** Reads a marker behind any number of fill bytes. */
async function readMarker(reader: PartReader, start: number): Promise<{ marker: number; end: number }> {
  const [first] = await reader.read(start, 1);
  if (first !== 0xff) throw new DamagedError();
  for (let at = start + 1; ; at++) {
    if (at >= reader.size) throw new DamagedError();
    const window = await reader.windowAt(at);
    const index = window.findIndex((byte) => byte !== 0xff);
    const marker = window[index];
    if (marker === 0) throw new DamagedError();
    if (marker !== undefined) return { marker, end: at + index + 1 };
    at += window.length - 1;
  }
}

function isStandalone(marker: number): boolean {
  return marker === TEM || (marker >= FIRST_RESTART && marker <= LAST_RESTART);
}

/** Returns the offset of the next marker that is no restart. In compressed data, 0 follows a byte of 0xff. */
async function endOfScan(reader: PartReader, start: number): Promise<number> {
  let at = start;
  while (at + 1 < reader.size) {
    const window = await reader.windowAt(at, 2);
    let index = window.indexOf(0xff);
    while (index !== -1 && index + 1 < window.length) {
      const next = window[index + 1] ?? 0;
      if (next !== 0 && next !== 0xff && !isStandalone(next)) return at + index;
      // A fill byte may be the first of a marker.
      index = window.indexOf(0xff, next === 0xff ? index + 1 : index + 2);
    }
    at += index === -1 ? window.length : index;
  }
  throw new DamagedError();
}
