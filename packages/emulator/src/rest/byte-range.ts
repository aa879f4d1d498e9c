import { malformed } from './refusals';

/** Range of a chunk; `last` is inclusive (REST reference A.3). */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
  readonly total: number;
}

/** Reads `Content-Range: bytes 0-39999/50000`; the total is always given. */
export function readContentRange(header: string | undefined): ByteRange | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header ?? '');
  const [first, last, total] = (match ?? []).slice(1).map(Number);
  if (first === undefined || last === undefined || total === undefined || first > last || last >= total) {
    return undefined;
  }
  return { first, last, total };
}

/** The same, for those who cannot do without; throws the refusal. */
export function parseContentRange(header: string | undefined): ByteRange {
  const range = readContentRange(header);
  if (range === undefined) throw malformed(`The Content-Range header "${header ?? ''}" is not valid.`);
  return range;
}
