import { joinBytes } from '../../../base/bytes';
import type { Findings, MetadataMode } from './cleaned';
import { DamagedError, MAX_METADATA_BYTES } from './cleaned';
import type { PartChange } from './exif-part';
import { cleanExif, isExif } from './exif-part';
import { cleanResources } from './iptc';
import type { Segment } from './jpeg-segments';
import { MARKER, readSegments } from './jpeg-segments';
import type { Pieces } from '../pieces';
import type { PartReader } from './part-reader';
import { asciiBytes, hasText, viewOf } from './part-reader';
import { cleanTiff } from './tiff';
import { cleanXmp } from './xmp';

const XMP_START = 'http://ns.adobe.com/xap/1.0/\0';
const MORE_XMP_START = 'http://ns.adobe.com/xmp/extension/\0';
const PHOTOSHOP_START = 'Photoshop 3.0\0';
const OLD_PHOTOSHOP_START = 'Adobe_Photoshop2.5:';

/** Id, whole length and offset before a part of long XMP data. */
const MORE_XMP_HEAD_BYTES = 40;
const ID_BYTES = 32;

/** Offset of the thumbnail's width and height in a JFIF segment. */
const JFIF_BYTES = 14;

const MAX_CONTENT_BYTES = 0xffff - 2;

/** A segment with its content. */
interface Part {
  readonly segment: Segment;
  readonly content: Uint8Array;
}

/** Cleans a JPEG. Segments of the picture and its color profile stay as they are. Returns the end of the picture. */
export async function cleanJpeg(
  reader: PartReader,
  mode: MetadataMode,
  findings: Findings,
  pieces: Pieces,
): Promise<number> {
  const { segments, end } = await readSegments(reader);
  const parts = await readParts(reader, segments);
  const changes = new Map<Segment, PartChange>();
  cleanPhotoshop(parts, findings, changes);
  cleanMoreXmp(parts, findings, changes);
  let isPreview = false;
  for (const [index, { segment, content }] of parts.entries()) {
    const previous = parts[index - 1]?.segment;
    const isNext = previous?.marker === segment.marker && previous.end === segment.start;
    isPreview = startsPreview(segment, content) || (isPreview && isNext && !hasKnownStart(content));
    if (isPreview) findings.thumbnail = true;
    const change = isPreview
      ? 'remove'
      : (changes.get(segment) ?? cleanPart(segment, content, mode, findings));
    changes.set(segment, mode === 'everything' ? stripped(segment, content, change, findings) : change);
  }
  let at = 0;
  for (const segment of segments) {
    const change = changes.get(segment) ?? 'keep';
    pieces.keep(at, change === 'keep' ? segment.end : segment.start);
    if (typeof change === 'object') pieces.add(change.bytes);
    at = segment.end;
  }
  pieces.keep(at, end);
  return end;
}

async function readParts(reader: PartReader, segments: readonly Segment[]): Promise<readonly Part[]> {
  const parts: Part[] = [];
  let sizeBytes = 0;
  for (const segment of segments) {
    if (!isMetadata(segment.marker)) continue;
    const content = await reader.read(segment.contentAt, segment.end - segment.contentAt);
    sizeBytes += content.length;
    if (sizeBytes > MAX_METADATA_BYTES) throw new DamagedError();
    parts.push({ segment, content: content.slice() });
  }
  return parts;
}

function isMetadata(marker: number): boolean {
  return (marker >= MARKER.app0 && marker <= MARKER.app15) || marker === MARKER.com;
}

/** Cleans a segment by itself, as in the mode `location`. */
function cleanPart(
  { marker }: Segment,
  content: Uint8Array,
  mode: MetadataMode,
  findings: Findings,
): PartChange {
  switch (marker - MARKER.app0) {
    case 0:
      return cleanJfif(content, findings);
    case 1:
      if (isExif(content)) return inSegment(marker, cleanExif(content, mode, findings));
      if (hasText(content, XMP_START)) {
        const xmp = cleanXmp(content.subarray(XMP_START.length), findings);
        return xmp ? inSegment(marker, { bytes: joinBytes([asciiBytes(XMP_START), xmp]) }) : 'keep';
      }
      return 'keep';
    case 2: {
      // Previews: smaller pictures behind the end, and streams of FlashPix.
      const isPreview = hasText(content, 'MPF\0') || hasText(content, 'FPXR\0');
      findings.thumbnail ||= isPreview;
      return isPreview ? 'remove' : 'keep';
    }
    case 11: {
      // Content credentials have a thumbnail and a place, and a signature of the bytes that no longer fits.
      const isCredentials = hasText(content, 'JP') && hasText(content, 'jumb', 12);
      findings.other ||= isCredentials;
      return isCredentials ? 'remove' : 'keep';
    }
    default:
      return 'keep';
  }
}

/** Removes the thumbnail of a JFIF segment; a JFXX segment is one. */
function cleanJfif(content: Uint8Array, findings: Findings): PartChange {
  const isThumbnail = hasText(content, 'JFXX\0');
  if (isThumbnail) findings.thumbnail = true;
  if (isThumbnail) return 'remove';
  if (!hasText(content, 'JFIF\0') || content.length <= JFIF_BYTES) return 'keep';
  findings.thumbnail = true;
  const bytes = content.slice(0, JFIF_BYTES);
  bytes.fill(0, JFIF_BYTES - 2);
  return inSegment(MARKER.app0, { bytes });
}

/** Whether a preview of a camera starts here. It goes on in the next segments with the same marker. */
function startsPreview({ marker }: Segment, content: Uint8Array): boolean {
  const number = marker - MARKER.app0;
  const starts = ['', 'QVGA\0', 'BGTH'];
  return number >= 2 && number <= 5 && starts.some((start) => hasText(content, `${start}\u00ff\u00d8\u00ff`));
}

function hasKnownStart(content: Uint8Array): boolean {
  return ['ICC_PROFILE\0', 'MPF\0', 'FPXR\0'].some((start) => hasText(content, start));
}

/** What is left of a segment in the mode `everything`. Adobe's segment tells the colors of the picture data. */
function stripped(
  { marker }: Segment,
  content: Uint8Array,
  change: PartChange,
  findings: Findings,
): PartChange {
  const isStructure =
    (marker === MARKER.app0 && hasText(content, 'JFIF\0')) ||
    (marker === MARKER.app0 + 1 && isExif(content)) ||
    (marker === MARKER.app0 + 2 && hasText(content, 'ICC_PROFILE\0')) ||
    (marker === MARKER.app0 + 14 && hasText(content, 'Adobe'));
  if (isStructure) return change;
  findings.other = true;
  return 'remove';
}

/** Cleans the resources of Photoshop: the contents of all their segments are one. */
function cleanPhotoshop(parts: readonly Part[], findings: Findings, changes: Map<Segment, PartChange>): void {
  const found = parts.filter(
    ({ segment, content }) => segment.marker === MARKER.app13 && hasText(content, PHOTOSHOP_START),
  );
  const hasOld = parts.some(
    ({ segment, content }) => segment.marker === MARKER.app13 && hasText(content, OLD_PHOTOSHOP_START),
  );
  if (hasOld) throw new DamagedError();
  const [first] = found;
  if (!first) return;
  const whole = joinBytes(found.map(({ content }) => content.subarray(PHOTOSHOP_START.length)));
  const cleaned = cleanResources(whole, findings, cleanTiff);
  if (!cleaned) return;
  for (const { segment } of found) changes.set(segment, 'remove');
  const written: Uint8Array[] = [];
  const step = MAX_CONTENT_BYTES - PHOTOSHOP_START.length;
  for (let at = 0; at < cleaned.length; at += step)
    written.push(segmentOf(MARKER.app13, asciiBytes(PHOTOSHOP_START), cleaned.subarray(at, at + step)));
  if (written.length > 0) changes.set(first.segment, { bytes: joinBytes(written) });
}

/** Cleans XMP data of more than 64 KiB: its parts have an id, and offsets in the whole. */
function cleanMoreXmp(parts: readonly Part[], findings: Findings, changes: Map<Segment, PartChange>): void {
  const byId = new Map<string, Part[]>();
  for (const part of parts) {
    if (!hasText(part.content, MORE_XMP_START)) continue;
    const idAt = MORE_XMP_START.length;
    if (part.content.length < idAt + MORE_XMP_HEAD_BYTES) throw new DamagedError();
    const id = String.fromCharCode(...part.content.subarray(idAt, idAt + ID_BYTES));
    const known = byId.get(id);
    if (known) known.push(part);
    else byId.set(id, [part]);
  }
  for (const found of byId.values()) {
    const headBytes = MORE_XMP_START.length + MORE_XMP_HEAD_BYTES;
    const numberAt = ({ content }: Part, at: number): number =>
      viewOf(content).getUint32(MORE_XMP_START.length + ID_BYTES + at);
    const inOrder = found.sort((one, other) => numberAt(one, 4) - numberAt(other, 4));
    let length = 0;
    for (const part of inOrder) {
      if (numberAt(part, 4) !== length) throw new DamagedError();
      length += part.content.length - headBytes;
    }
    if (inOrder.some((part) => numberAt(part, 0) !== length)) throw new DamagedError();
    const cleaned = cleanXmp(joinBytes(inOrder.map(({ content }) => content.subarray(headBytes))), findings);
    if (!cleaned) continue;
    for (const part of inOrder) {
      const { segment, content } = part;
      const at = numberAt(part, 4);
      const bytes = cleaned.subarray(at, at + content.length - headBytes);
      changes.set(segment, { bytes: segmentOf(segment.marker, content.subarray(0, headBytes), bytes) });
    }
  }
}

function inSegment(marker: number, change: PartChange): PartChange {
  return typeof change === 'object' ? { bytes: segmentOf(marker, change.bytes) } : change;
}

function segmentOf(marker: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const head = Uint8Array.of(0xff, marker, 0, 0);
  viewOf(head).setUint16(
    2,
    contents.reduce((sum, { length }) => sum + length, 2),
  );
  return joinBytes([head, ...contents]);
}
