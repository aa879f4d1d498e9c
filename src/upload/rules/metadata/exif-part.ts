import { joinBytes } from '../../../base/bytes';
import type { Findings, MetadataMode } from './cleaned';
import { hasText, isSame } from './part-reader';
import { cleanTiff, orientationOnly } from './tiff';

/** Start of Exif data in JPEG, and in files of some programs also elsewhere. */
const EXIF_START = 'Exif\0\0';

/** Result for a part: it is kept, removed, or replaced by new bytes. */
export type PartChange = 'keep' | 'remove' | { readonly bytes: Uint8Array };

/** Whether a part begins like Exif data in JPEG. */
export function isExif(bytes: Uint8Array): boolean {
  return hasText(bytes, EXIF_START);
}

/**
 * Cleans a part with Exif data, with or without its start.
 *
 * @throws DamagedError
 */
export function cleanExif(bytes: Uint8Array, mode: MetadataMode, findings: Findings): PartChange {
  const start = isExif(bytes) ? EXIF_START.length : 0;
  const cleaned = cleanTiff(bytes.subarray(start), findings);
  const head = bytes.subarray(0, start);
  if (mode === 'location') return cleaned ? { bytes: joinBytes([head, cleaned]) } : 'keep';
  const orientation = orientationOnly(bytes.subarray(start));
  if (orientation && isSame(orientation, bytes.subarray(start))) return 'keep';
  findings.other = true;
  return orientation ? { bytes: joinBytes([head, orientation]) } : 'remove';
}
