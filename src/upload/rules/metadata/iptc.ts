import { joinBytes } from '../../../base/bytes';
import type { CleanPart, Findings } from './cleaned';
import { DamagedError, MAX_PARTS } from './cleaned';
import { hasText, viewOf } from './part-reader';
import { cleanXmp } from './xmp';

/** Data sets of record 2 for the place: code and name of the place, city, part of it, state, country. */
const PLACE_SETS: ReadonlySet<number> = new Set([26, 27, 90, 92, 95, 100, 101]);

const DATA_SET_MARK = 0x1c;

/** Resources of Photoshop. */
const THUMBNAIL_RESOURCES: ReadonlySet<number> = new Set([0x0409, 0x040c]);
const IPTC_RESOURCE = 0x0404;
const EXIF_RESOURCES: ReadonlySet<number> = new Set([0x0422, 0x0423]);
const XMP_RESOURCE = 0x0424;

const RESOURCE_SIGNATURES = ['8BIM', 'PHUT', 'AgHg', 'DCSR', 'MeSa'];

/**
 * Removes places from IPTC data.
 *
 * @returns `undefined` if there are none.
 * @throws DamagedError
 */
export function cleanIptc(bytes: Uint8Array, findings: Findings): Uint8Array | undefined {
  const kept: Uint8Array[] = [];
  let hasPlace = false;
  let at = 0;
  while (at < bytes.length && bytes[at] === DATA_SET_MARK) {
    const end = at + dataSetLength(bytes.subarray(at));
    if (end > bytes.length) throw new DamagedError();
    const isPlace = bytes[at + 1] === 2 && PLACE_SETS.has(bytes[at + 2] ?? 0);
    hasPlace ||= isPlace;
    if (!isPlace) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(paddingAt(bytes, at));
  findings.location ||= hasPlace;
  return hasPlace ? joinBytes(kept) : undefined;
}

/** Length of a data set with its head of 5 bytes. A set of 32 KiB and more has the length of its length instead. */
function dataSetLength(bytes: Uint8Array): number {
  if (bytes.length < 5) throw new DamagedError();
  const view = viewOf(bytes);
  const length = view.getUint16(3);
  if (length < 0x8000) return 5 + length;
  if (length !== 0x8004 || bytes.length < 9) throw new DamagedError();
  return 9 + view.getUint32(5);
}

/** Zeros up to the end. */
function paddingAt(bytes: Uint8Array, at: number): Uint8Array {
  const rest = bytes.subarray(at);
  if (rest.some((byte) => byte !== 0)) throw new DamagedError();
  return rest;
}

/**
 * Removes places and thumbnails from resources of Photoshop.
 *
 * @param cleanExif Cleaner of the Exif data among them. An argument, since Exif data may have such resources.
 * @returns `undefined` if there are none.
 * @throws DamagedError
 */
export function cleanResources(
  bytes: Uint8Array,
  findings: Findings,
  cleanExif: CleanPart,
): Uint8Array | undefined {
  const kept: Uint8Array[] = [];
  let hasChanged = false;
  let at = 0;
  let count = 0;
  while (at < bytes.length && RESOURCE_SIGNATURES.some((mark) => hasText(bytes, mark, at))) {
    if (++count > MAX_PARTS) throw new DamagedError();
    const resource = readResource(bytes, at);
    const isThumbnail = THUMBNAIL_RESOURCES.has(resource.id);
    findings.thumbnail ||= isThumbnail;
    const cleaner = isThumbnail ? undefined : cleanerOf(resource.id, cleanExif);
    const content = cleaner?.(resource.content, findings);
    hasChanged ||= isThumbnail || content !== undefined;
    const head = bytes.subarray(at, resource.contentAt);
    if (content) kept.push(withLength(head, content.length), content, new Uint8Array(content.length % 2));
    else if (!isThumbnail) kept.push(bytes.subarray(at, resource.end));
    at = resource.end;
  }
  kept.push(paddingAt(bytes, at));
  return hasChanged ? joinBytes(kept) : undefined;
}

interface Resource {
  readonly id: number;
  readonly contentAt: number;
  readonly content: Uint8Array;
  /** With its padding. */
  readonly end: number;
}

/** Signature, id, a name of even length with its own, length, content of even length. */
function readResource(bytes: Uint8Array, at: number): Resource {
  const view = viewOf(bytes);
  const nameLength = bytes[at + 6];
  if (nameLength === undefined) throw new DamagedError();
  const lengthAt = at + 6 + nameLength + (nameLength % 2 === 0 ? 2 : 1);
  if (lengthAt + 4 > bytes.length) throw new DamagedError();
  const length = view.getUint32(lengthAt);
  const contentAt = lengthAt + 4;
  if (contentAt + length > bytes.length) throw new DamagedError();
  return {
    id: view.getUint16(at + 4),
    contentAt,
    content: bytes.subarray(contentAt, contentAt + length),
    // The last one may lack its padding.
    end: Math.min(bytes.length, contentAt + length + (length % 2)),
  };
}

function cleanerOf(id: number, cleanExif: CleanPart): CleanPart | undefined {
  if (id === IPTC_RESOURCE) return cleanIptc;
  if (id === XMP_RESOURCE) return cleanXmp;
  return EXIF_RESOURCES.has(id) ? cleanExif : undefined;
}

function withLength(head: Uint8Array, length: number): Uint8Array {
  const changed = new Uint8Array(head);
  viewOf(changed).setUint32(changed.length - 4, length);
  return changed;
}
