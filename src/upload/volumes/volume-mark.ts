import { MAX_COMMENT_LENGTH } from '../../azure/work-item';

/** Facts about a split file, the same in the marks of all its volumes. */
export interface SplitFacts {
  /** Number of volumes, at least 2. */
  readonly count: number;
  /** Size of the whole file, in bytes. */
  readonly totalBytes: number;
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string;
}

/** Mark of a volume, kept in the comment of its attachment. */
export interface VolumeMark extends SplitFacts {
  /** 1-based. */
  readonly number: number;
  /** CRC-32 of this volume, hexadecimal. Tells which volume is damaged. */
  readonly crc32: string;
}

/** Comment of a volume. */
export interface VolumeComment {
  /** Comment of the user; may be empty. */
  readonly comment: string;
  readonly mark: VolumeMark;
}

/** The comment of the user, the sentence for people, and the mark. All but the first have a fixed form. */
const STORED =
  /^(?:(.*) )?Part \d+ of \d+ of a larger file\. [^[\]]*\[stapler (\d+)\/(\d+) (\d+) sha256:([0-9a-f]{64}) crc32:([0-9a-f]{8})\]$/s;

/**
 * Returns the comment to store for a volume. It is in English: the same comment is for everyone who opens the work item.
 * A long comment of the user is cut.
 */
export function writeVolumeComment({ comment, mark }: VolumeComment): string {
  const { number, count, totalBytes, sha256, crc32 } = mark;
  const part = `Part ${number} of ${count} of a larger file. To join them: 7-Zip, cat or copy /b. `;
  const stored = `${part}[stapler ${number}/${count} ${totalBytes} sha256:${sha256} crc32:${crc32}]`;
  if (comment === '') return stored;
  const room = MAX_COMMENT_LENGTH - stored.length - 1;
  // The cut may split a surrogate pair.
  const kept =
    comment.length <= room ? comment : `${comment.slice(0, room - 1).replace(/[\ud800-\udbff]$/, '')}…`;
  return `${kept} ${stored}`;
}

/** Reads a stored comment without its folder. Returns `undefined` if it has no valid mark at its end. */
export function readVolumeComment(stored: string): VolumeComment | undefined {
  const [, comment = '', number, count, totalBytes, sha256 = '', crc32 = ''] = STORED.exec(stored) ?? [];
  const mark = {
    ...{ number: Number(number), count: Number(count), totalBytes: Number(totalBytes) },
    ...{ sha256, crc32 },
  };
  return isMark(mark) ? { comment, mark } : undefined;
}

/** Whether a file of this size can have this volume. */
function isMark({ number, count, totalBytes }: VolumeMark): boolean {
  return (
    Number.isSafeInteger(totalBytes) && count >= 2 && number >= 1 && number <= count && count <= totalBytes
  );
}
