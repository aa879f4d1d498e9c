import { joinBytes } from '../../../base/bytes';
import { crc32 } from '../crc32';
import { inflate } from '../metadata/png-chunks';
import { viewOf } from '../metadata/part-reader';
import { Pieces } from '../pieces';

/** An entry of a zip file. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  /** Place of its local header in the file. */
  readonly offset: number;
  /** Place of the next entry, or of the directory. */
  readonly end: number;
  /** Place of its header in the directory, and its length. */
  readonly at: number;
  readonly headerBytes: number;
}

/**
 * Directory at the end of a zip file. A library would write all headers again. Here, an entry that does not change keeps
 * each of its bytes, as other programs wrote them.
 */
export interface ZipDirectory {
  /** Place in the file. */
  readonly start: number;
  /** Headers of the entries. */
  readonly bytes: Uint8Array;
  /** The record behind them, with the comment of the file. */
  readonly tail: Uint8Array;
  /** In the order of the directory. */
  readonly entries: readonly ZipEntry[];
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;

/** A number of this value is in a record of zip64. */
const IN_ZIP64 = 0xffffffff;

/** Largest directory and largest entry that are read, in bytes. */
const MAX_READ_BYTES = 4 * 1024 * 1024;

const STORED = 0;
const DEFLATED = 8;
const IS_ENCRYPTED = 1;
/** The sizes of the entry follow its content. */
const HAS_DESCRIPTOR = 8;

async function read(file: Blob, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

/**
 * Reads the directory of a zip file. `undefined` for any other file, and for one that is damaged, has several parts, or
 * is in the format zip64.
 *
 * @throws The error of the file if it cannot be read.
 */
export async function readZipDirectory(file: Blob): Promise<ZipDirectory | undefined> {
  const last = await read(file, Math.max(0, file.size - END_BYTES - MAX_COMMENT_BYTES), file.size);
  const view = viewOf(last);
  let at = last.length - END_BYTES;
  while (at >= 0 && !(view.getUint32(at, true) === END && isEnd(view, at))) at--;
  if (at < 0) return undefined;
  const count = view.getUint16(at + 10, true);
  const length = view.getUint32(at + 12, true);
  const start = view.getUint32(at + 16, true);
  const isWhole = view.getUint32(at + 4, true) === 0 && view.getUint16(at + 8, true) === count;
  if (!isWhole || length > MAX_READ_BYTES || start + length !== file.size - last.length + at)
    return undefined;
  const bytes = await read(file, start, start + length);
  const entries = entriesIn(bytes, start);
  return entries?.length === count ? { start, bytes, tail: last.slice(at), entries } : undefined;
}

/** Whether the comment ends with the file. */
function isEnd(view: DataView, at: number): boolean {
  return at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength;
}

/** Returns the entries of a directory; `undefined` if they are damaged or overlap. */
function entriesIn(bytes: Uint8Array, start: number): readonly ZipEntry[] | undefined {
  const view = viewOf(bytes);
  const found: Omit<ZipEntry, 'end'>[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL) return undefined;
    const nameBytes = view.getUint16(at + 28, true);
    const headerBytes =
      CENTRAL_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (at + headerBytes > bytes.length) return undefined;
    found.push({
      name: new TextDecoder().decode(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      sizeBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
      ...{ at, headerBytes },
    });
    at += headerBytes;
  }
  const starts = [...found.map(({ offset }) => offset), start].sort((a, b) => a - b);
  const entries = found.map((entry) => ({
    ...entry,
    end: starts.find((each) => each > entry.offset) ?? entry.offset,
  }));
  const isSound = ({ offset, end, packedBytes, sizeBytes }: ZipEntry): boolean =>
    sizeBytes !== IN_ZIP64 && end <= start && offset + LOCAL_BYTES + packedBytes <= end;
  const isOnce = new Set(starts).size === starts.length;
  return isOnce && entries.every(isSound) ? entries : undefined;
}

/**
 * Reads the content of an entry. `undefined` if it is damaged, encrypted, too large, or packed in a way that browsers do
 * not know.
 *
 * @throws The error of the file if it cannot be read.
 */
export async function readZipEntry(file: Blob, entry: ZipEntry): Promise<Uint8Array | undefined> {
  const { offset, end, flags, method, packedBytes, sizeBytes } = entry;
  if (flags & IS_ENCRYPTED || Math.max(packedBytes, sizeBytes) > MAX_READ_BYTES) return undefined;
  const bytes = await read(file, offset, Math.min(end, offset + LOCAL_BYTES + MAX_READ_BYTES));
  const view = viewOf(bytes);
  if (view.getUint32(0, true) !== LOCAL || view.getUint16(8, true) !== method) return undefined;
  const nameEnd = LOCAL_BYTES + view.getUint16(26, true);
  if (new TextDecoder().decode(bytes.subarray(LOCAL_BYTES, nameEnd)) !== entry.name) return undefined;
  const contentAt = nameEnd + view.getUint16(28, true);
  const packed = bytes.subarray(contentAt, contentAt + packedBytes);
  if (packed.length !== packedBytes) return undefined;
  const content = await unpack(packed, method);
  return content?.length === sizeBytes && crc32(content) === entry.crc ? content : undefined;
}

async function unpack(packed: Uint8Array, method: number): Promise<Uint8Array | undefined> {
  if (method === STORED) return packed;
  if (method !== DEFLATED) return undefined;
  return inflate(packed, 'deflate-raw').catch(() => undefined);
}

/** Returns the file with other contents of some entries. All other entries keep their bytes. */
export function replaceZipEntries(
  file: Blob,
  { start, bytes, tail, entries }: ZipDirectory,
  contents: ReadonlyMap<ZipEntry, Uint8Array>,
): Promise<Blob> {
  const pieces = new Pieces();
  const directory = bytes.slice();
  const view = viewOf(directory);
  let place = 0;
  let moved = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    pieces.keep(place, entry.offset);
    place = entry.offset;
    view.setUint32(entry.at + 42, entry.offset + moved, true);
    const content = contents.get(entry);
    if (!content) continue;
    storeIn(view, entry, content);
    const header = localHeader(directory.subarray(entry.at, entry.at + entry.headerBytes));
    pieces.add(joinBytes([header, content]));
    moved += header.length + content.length - (entry.end - entry.offset);
    place = entry.end;
  }
  pieces.keep(place, start);
  const end = tail.slice();
  viewOf(end).setUint32(16, start + moved, true);
  pieces.add(joinBytes([directory, end]));
  return pieces.join(file);
}

/** Describes a stored content in the directory. */
function storeIn(view: DataView, { at, flags }: ZipEntry, content: Uint8Array): void {
  view.setUint16(at + 8, flags & ~HAS_DESCRIPTOR, true);
  view.setUint16(at + 10, STORED, true);
  view.setUint32(at + 16, crc32(content), true);
  view.setUint32(at + 20, content.length, true);
  view.setUint32(at + 24, content.length, true);
}

/** Returns the local header for a header of the directory: most of its fields are the same. */
function localHeader(central: Uint8Array): Uint8Array {
  const nameBytes = viewOf(central).getUint16(28, true);
  const header = new Uint8Array(LOCAL_BYTES + nameBytes);
  const view = viewOf(header);
  view.setUint32(0, LOCAL, true);
  header.set(central.subarray(6, 28), 4);
  view.setUint16(26, nameBytes, true);
  header.set(central.subarray(CENTRAL_BYTES, CENTRAL_BYTES + nameBytes), LOCAL_BYTES);
  return header;
}
