import { joinBytes } from '../../../base/bytes';
import type { Findings, MetadataMode } from './cleaned';
import { DamagedError, MAX_METADATA_BYTES, MAX_PARTS } from './cleaned';
import type { PartChange } from './exif-part';
import { cleanExif } from './exif-part';
import type { Pieces } from '../pieces';
import type { PartReader } from './part-reader';
import { byteText } from '../pieces';
import { asciiBytes, viewOf } from './part-reader';
import { cleanXmp } from './xmp';

const RIFF_BYTES = 12;
const HEAD_BYTES = 8;
const EXTENDED_BYTES = 10;

const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;

/** Chunks of the picture, its colors and its animation. */
const PICTURE_CHUNKS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const FIRST_CHUNKS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X']);

/** A chunk and its result. */
interface Chunk {
  readonly type: string;
  readonly start: number;
  /** With padding to an even length. */
  readonly end: number;
  readonly change: PartChange;
}

/** Cleans a WebP. Chunks of the picture and its color profile stay as they are. Returns the end of the picture. */
export async function cleanWebp(
  reader: PartReader,
  mode: MetadataMode,
  findings: Findings,
  pieces: Pieces,
): Promise<number> {
  const end = HEAD_BYTES + viewOf(await reader.read(4, 4)).getUint32(0, true);
  if (end > reader.size) throw new DamagedError();
  const chunks = await readChunks(reader, end, mode, findings);
  const isUnchanged = chunks.every(({ change }) => change === 'keep');
  // A padding byte behind the last chunk is not counted by some programs.
  const last = Math.min(reader.size, Math.max(end, chunks.at(-1)?.end ?? 0));
  if (isUnchanged) pieces.keep(0, last);
  else await writeChunks(reader, chunks, pieces);
  return last;
}

async function readChunks(
  reader: PartReader,
  end: number,
  mode: MetadataMode,
  findings: Findings,
): Promise<readonly Chunk[]> {
  const chunks: Chunk[] = [];
  let metadataBytes = 0;
  for (let at = RIFF_BYTES; at < end;) {
    const head = await reader.read(at, HEAD_BYTES);
    const type = byteText(head.subarray(0, 4));
    const length = viewOf(head).getUint32(4, true);
    const contentEnd = at + HEAD_BYTES + length;
    const isFirst = chunks.length === 0;
    if (contentEnd > end || chunks.length >= MAX_PARTS || (isFirst && !FIRST_CHUNKS.has(type)))
      throw new DamagedError();
    let change: PartChange = 'keep';
    if (type === 'VP8X' && (!isFirst || length !== EXTENDED_BYTES)) throw new DamagedError();
    if (!PICTURE_CHUNKS.has(type) && !isFirst) {
      metadataBytes += length;
      if (metadataBytes > MAX_METADATA_BYTES) throw new DamagedError();
      const content = await reader.read(at + HEAD_BYTES, length);
      change = cleanChunk(type, content.slice(), mode, findings);
    }
    const next = contentEnd + (length % 2);
    chunks.push({ type, start: at, end: Math.min(reader.size, next), change });
    at = next;
  }
  if (chunks.length === 0) throw new DamagedError();
  return chunks;
}

function cleanChunk(type: string, content: Uint8Array, mode: MetadataMode, findings: Findings): PartChange {
  if (type === 'EXIF') return inChunk(type, cleanExif(content, mode, findings));
  const xmp = type === 'XMP ' ? cleanXmp(content, findings) : undefined;
  if (mode === 'everything' || type === 'C2PA') {
    findings.other = true;
    return 'remove';
  }
  return xmp ? inChunk(type, { bytes: xmp }) : 'keep';
}

/** Writes the changed chunks with the new length of all, and with flags for those that are left. */
async function writeChunks(reader: PartReader, chunks: readonly Chunk[], pieces: Pieces): Promise<void> {
  const left = chunks.filter(({ change }) => change !== 'remove');
  const length = left.reduce(
    (sum, { start, end, change }) => sum + (typeof change === 'object' ? change.bytes.length : end - start),
    RIFF_BYTES - HEAD_BYTES,
  );
  pieces.keep(0, 4);
  pieces.add(lengthBytes(length));
  pieces.keep(HEAD_BYTES, RIFF_BYTES);
  for (const { type, start, end, change } of left) {
    if (typeof change === 'object') pieces.add(change.bytes);
    else if (type === 'VP8X') pieces.add(await withFlags(reader, start, left));
    else pieces.keep(start, end);
  }
}

async function withFlags(reader: PartReader, start: number, left: readonly Chunk[]): Promise<Uint8Array> {
  const chunk = (await reader.read(start, HEAD_BYTES + EXTENDED_BYTES)).slice();
  const flag = (name: string, bit: number): number => (left.some(({ type }) => type === name) ? bit : 0);
  const others = (chunk[HEAD_BYTES] ?? 0) & ~(EXIF_FLAG | XMP_FLAG);
  chunk[HEAD_BYTES] = others | flag('EXIF', EXIF_FLAG) | flag('XMP ', XMP_FLAG);
  return chunk;
}

function inChunk(type: string, change: PartChange): PartChange {
  if (typeof change !== 'object') return change;
  const { bytes } = change;
  const padding = new Uint8Array(bytes.length % 2);
  return { bytes: joinBytes([asciiBytes(type), lengthBytes(bytes.length), bytes, padding]) };
}

function lengthBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, length, true);
  return bytes;
}
