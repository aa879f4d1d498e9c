import type { Cleaned, Findings, MetadataMode, PictureFormat } from './cleaned';
import { DamagedError } from './cleaned';
import { cleanJpeg } from './jpeg';
import type { JoinParts } from '../pieces';
import { Pieces } from '../pieces';
import { PartReader } from './part-reader';
import { cleanPng } from './png';
import { SNIFFED_BYTES, sniffFormat } from './sniff-format';
import { cleanWebp } from './webp';

/** Fills `pieces` with the cleaned file and returns the end of its picture. Throws a `DamagedError`. */
type CleanFile = (
  reader: PartReader,
  mode: MetadataMode,
  findings: Findings,
  pieces: Pieces,
) => Promise<number>;

const CLEANERS: ReadonlyMap<PictureFormat, CleanFile> = new Map([
  ['jpeg', cleanJpeg],
  ['png', cleanPng],
  ['webp', cleanWebp],
]);

/**
 * Removes metadata from a JPEG, PNG or WebP without touching the data of its picture. Other files are returned
 * unchanged, as is a file with a part that does not parse. The content decides the format, not the name.
 *
 * Reads the file once, in parts, and holds at most 32 MiB of metadata. The result refers to slices of `bytes`.
 *
 * @param join Joins the parts of the cleaned file. Default: as a blob.
 * @throws The error of the file if it cannot be read.
 */
export async function clean(
  bytes: Blob,
  mode: MetadataMode = 'location',
  join?: JoinParts,
): Promise<Cleaned> {
  const reader = new PartReader(bytes);
  const format = sniffFormat(await reader.read(0, Math.min(bytes.size, SNIFFED_BYTES)));
  if (!format) return { kind: 'unknown', bytes };
  const cleanFile = CLEANERS.get(format);
  if (!cleanFile) return { kind: 'not-cleaned', format, bytes, reason: 'format' };
  const findings: Findings = { location: false, thumbnail: false, other: false };
  const pieces = new Pieces();
  try {
    const end = await cleanFile(reader, mode, findings, pieces);
    if (!pieces.hasChanged(bytes.size)) return { kind: 'clean', format, bytes };
    const removed = { ...findings, trailingBytes: bytes.size - end };
    return { kind: 'cleaned', format, bytes: await pieces.join(bytes, join), removed };
  } catch (error) {
    if (error instanceof DamagedError) return { kind: 'not-cleaned', format, bytes, reason: 'damaged' };
    throw error;
  }
}
