import type { FileKind } from '../../base/file-kind';
import { extensionOf } from '../../base/file-kind';
import { isSeparatedValues, isZip } from './file-formats';
import type { AttachedFile } from './attached-file';

/** Place of thumbnails: the strip of the latest files, the cards of the grid, or the rows of the table. */
export type ThumbnailPlace = 'strip' | 'cards' | 'rows';

/** Bytes to read from the server for a thumbnail. */
export interface ReadLimits {
  /** Maximum number of bytes, whatever the server answers. */
  readonly maxBytes: number;
  /** Number of bytes at the beginning that are enough; `undefined` if the whole file is needed. */
  readonly headBytes?: number;
}

const MIB = 1024 * 1024;

const PICTURE: ReadLimits = { maxBytes: 24 * MIB };
const WHOLE_FILE: ReadLimits = { maxBytes: 4 * MIB };
/** The lines of a thumbnail, unless they are very long. */
const TEXT: ReadLimits = { maxBytes: 4 * MIB, headBytes: 64 * 1024 };
/** One second of a recording, unless its index is at its end. */
const VIDEO: ReadLimits = { maxBytes: 2 * MIB, headBytes: 2 * MIB };

/** Maximum for a form that was opened for something else, in bytes. */
const MAX_STRIP_BYTES = 4 * MIB;

/** Videos without a player in browsers. */
const UNPLAYABLE: readonly string[] = ['avi', 'wmv'];

/** Kinds with a thumbnail that can be recognized at the size of a row. */
const ROW_KINDS: readonly FileKind[] = ['image', 'video', 'pdf'];

/** Returns the limits for the thumbnail of a file at a place; `undefined` if it shows its icon there. */
export function readLimitsOf(file: AttachedFile, place: ThumbnailPlace): ReadLimits | undefined {
  if (place === 'rows' && !ROW_KINDS.includes(file.kind)) return undefined;
  const limits = limitsOfKind(file);
  return limits && place === 'strip'
    ? { ...limits, maxBytes: Math.min(limits.maxBytes, MAX_STRIP_BYTES) }
    : limits;
}

function limitsOfKind({ kind, name }: AttachedFile): ReadLimits | undefined {
  switch (kind) {
    case 'image':
      // Browsers draw SVG on the main thread, for minutes if it nests `use`.
      return extensionOf(name) === 'svg' ? undefined : PICTURE;
    case 'video':
      return UNPLAYABLE.includes(extensionOf(name)) ? undefined : VIDEO;
    case 'pdf':
      return WHOLE_FILE;
    case 'archive':
      return isZip(name) ? WHOLE_FILE : undefined;
    case 'table':
      return isSeparatedValues(name) ? TEXT : undefined;
    case 'text':
    case 'markdown':
    case 'json':
      return TEXT;
    case 'audio':
    case 'document':
    case 'email':
    case 'other':
      return undefined;
  }
}

/** Maximum number of bytes that the thumbnail of a file costs; `undefined` if it is too large. */
export function maxCostOf({ size }: AttachedFile, { maxBytes, headBytes }: ReadLimits): number | undefined {
  if (size === undefined) return maxBytes;
  if (size <= maxBytes) return size;
  // Where a server sends parts, only the head is read; elsewhere, the read is canceled at its length.
  return headBytes;
}
