import type { Findings, MetadataMode } from './cleaned';
import { DamagedError, MAX_METADATA_BYTES, MAX_PARTS } from './cleaned';
import type { PartChange } from './exif-part';
import { cleanExif } from './exif-part';
import type { Pieces } from '../pieces';
import type { PartReader } from './part-reader';
import { byteText } from '../pieces';
import { viewOf } from './part-reader';
import { pngChunk } from './png-chunks';
import { cleanText } from './png-text';

/** Bytes of the signature. */
const SIGNATURE_BYTES = 8;

/** Length and type before the content of a chunk, and the checksum behind it. */
const HEAD_BYTES = 8;
const CRC_BYTES = 4;

/** Chunks of the picture, its colors and its animation. Those with a capital letter are needed to show it. */
const PICTURE_CHUNKS: ReadonlySet<string> = new Set([
  ...['tRNS', 'bKGD', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'mDCV', 'mDCv', 'cLLI', 'cLLi'],
  ...['acTL', 'fcTL', 'fdAT'],
]);

/** Content credentials: with a thumbnail, a place, and a signature of the bytes. */
const CREDENTIALS = 'caBX';
/** Preview of Fireworks. */
const PREVIEW = 'prVW';
/** Compressed Exif data, of a draft only. */
const COMPRESSED_EXIF: ReadonlySet<string> = new Set(['zxIf', 'zXIf']);

/** Cleans a PNG. Chunks of the picture and its color profile stay as they are. Returns the end of the picture. */
export async function cleanPng(
  reader: PartReader,
  mode: MetadataMode,
  findings: Findings,
  pieces: Pieces,
): Promise<number> {
  let at = SIGNATURE_BYTES;
  let metadataBytes = 0;
  let hasData = false;
  pieces.keep(0, at);
  for (let count = 0; count < MAX_PARTS; count++) {
    const head = await reader.read(at, HEAD_BYTES);
    const length = viewOf(head).getUint32(0);
    const type = byteText(head.subarray(4));
    const end = at + HEAD_BYTES + length + CRC_BYTES;
    if (end > reader.size || !/^[a-z]{4}$/i.test(type) || (count === 0) !== (type === 'IHDR'))
      throw new DamagedError();
    hasData ||= type === 'IDAT';
    if (isPicture(type)) pieces.keep(at, end);
    else {
      metadataBytes += length;
      if (metadataBytes > MAX_METADATA_BYTES) throw new DamagedError();
      const content = (await reader.read(at + HEAD_BYTES, length)).slice();
      const change = await cleanChunk(type, content, mode, findings);
      if (change === 'keep') pieces.keep(at, end);
      else if (change !== 'remove') pieces.add(change.bytes);
    }
    at = end;
    if (type === 'IEND' && hasData) return end;
  }
  throw new DamagedError();
}

function isPicture(type: string): boolean {
  return /^[A-Z]/.test(type) || PICTURE_CHUNKS.has(type);
}

async function cleanChunk(
  type: string,
  content: Uint8Array,
  mode: MetadataMode,
  findings: Findings,
): Promise<PartChange> {
  if (type === 'eXIf') {
    const change = cleanExif(content, mode, findings);
    return typeof change === 'object' ? { bytes: pngChunk(type, change.bytes) } : change;
  }
  const change = await cleanOther(type, content, findings);
  if (mode === 'location') return change;
  findings.other = true;
  return 'remove';
}

async function cleanOther(type: string, content: Uint8Array, findings: Findings): Promise<PartChange> {
  if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') return cleanText(type, content, findings);
  if (type === CREDENTIALS) findings.other = true;
  else if (type === PREVIEW) findings.thumbnail = true;
  else if (COMPRESSED_EXIF.has(type)) findings.location = findings.other = true;
  else return 'keep';
  return 'remove';
}
