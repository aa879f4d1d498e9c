import type { IHasher } from 'hash-wasm';
import type { AttachmentBytes, OpenOptions } from '../../../azure/rest/attachment-bytes';
import type { AttachmentReference } from '../../../azure/work-item';
import { createMutex } from '../../../base/async';
import { StaplerError } from '../../../base/errors';
import { loadModule } from '../../../base/load-module';
import { hasTrait } from '../../../base/problem-traits';
import { FIRST_BYTES, stopsOf } from './content-stops';

/** Longer parts are read one at a time, in bytes. */
const MAX_PARALLEL_BYTES = 4 * 1024 * 1024;

/** An attachment to hash. */
export interface HashableFile {
  readonly reference: AttachmentReference;
  /** In bytes. */
  readonly size: number;
}

/** Opens the stored bytes. See `openAttachment`. */
export type OpenContent = (reference: AttachmentReference, options: OpenOptions) => Promise<AttachmentBytes>;

/** Dependencies of `createContentReader`. */
export interface ContentReaderOptions {
  readonly open: OpenContent;
  /** Runs a reading when the page has room for it, so that none delays what the person waits for. */
  readonly limit: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Options of one reading. */
export interface HashOptions {
  readonly signal: AbortSignal;
  /** Called with the number of bytes received since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** Hashes attachments from their beginning on, in parts. */
export interface ContentReader {
  /**
   * Hashes the bytes up to `end`, one of the `stopsOf` a file, from the last known stop on; further if the server sends
   * more.
   *
   * @throws StaplerError if they cannot be read, CancelledError after an abort.
   */
  readonly read: (file: HashableFile, end: number, options: HashOptions) => Promise<void>;
  /** Returns the hexadecimal SHA-256 of the bytes up to `end`; `undefined` if they were not read. */
  readonly digestAt: (file: HashableFile, end: number) => string | undefined;
  /** Drops what is known about a file. */
  readonly release: (file: HashableFile) => void;
}

/** What is known about the bytes of a file. */
interface Known {
  /** By stop. */
  readonly digests: Map<number, string>;
  /** Number of hashed bytes: the last stop. */
  length: number;
  /** Of the hash after them. It may contain bytes of the file, so it is never stored. */
  state: Uint8Array | undefined;
}

/** Creates a reader. It remembers whether the server sends parts of files. */
export function createContentReader({ open, limit }: ContentReaderOptions): ContentReader {
  const serialize = createMutex();
  const files = new Map<AttachmentReference['id'], Known>();
  let sendsParts: boolean | undefined;

  function knownOf({ reference }: HashableFile): Known {
    const known = files.get(reference.id) ?? { digests: new Map(), length: 0, state: undefined };
    files.set(reference.id, known);
    return known;
  }

  /** Opens a range. A preflight that refuses the header looks like a lost connection. */
  async function openRange(
    { reference, size }: HashableFile,
    range: readonly [number, number],
    { signal, onBytes }: HashOptions,
  ): Promise<AttachmentBytes> {
    const options = { signal, onProgress: countNew(onBytes) };
    const isWhole = range[0] === 0 && range[1] === size - 1;
    if (sendsParts === false || isWhole) return open(reference, options);
    try {
      const bytes = await open(reference, { range, ...options });
      sendsParts = bytes.isPart;
      return bytes;
    } catch (error) {
      if (sendsParts === true || signal.aborted || !hasTrait(error, 'no-answer')) throw error;
      const bytes = await open(reference, options);
      sendsParts = false;
      return bytes;
    }
  }

  async function read(file: HashableFile, end: number, options: HashOptions): Promise<void> {
    const known = knownOf(file);
    // A reading that was paused may still change them.
    const { length: start, state: startState } = known;
    if (start >= end) return;
    const bytes = await openRange(file, [start, end - 1], options);
    const from = bytes.isPart ? start : 0;
    // Without parts, the rest costs nothing more, or all of it would be sent again.
    const isBeginning = end === FIRST_BYTES && !bytes.isHere;
    const to = bytes.isPart || isBeginning ? end : file.size;
    const stops = stopsOf(file.size).filter((stop) => stop > from && stop <= to);
    const hasher = await createHasher();
    if (from > 0 && startState) hasher.load(startState);
    const { digests, length, state } = await hashPieces(hasher, bytes.pieces, from, stops);
    const isCutAt = bytes.isPart || to === file.size;
    if (length < to || (isCutAt && length > to)) throw wrongSize(file, length, to);
    for (const [stop, digest] of digests) known.digests.set(stop, digest);
    if (to > known.length) Object.assign(known, { length: to, state });
  }

  return {
    async read(file, end, options) {
      const isSmall = file.size <= MAX_PARALLEL_BYTES;
      const readWithLimit = (): Promise<void> => limit(() => read(file, end, options));
      // A server without parts sends whole files. A reading waits for the others before it takes room from the page.
      if (isSmall || (sendsParts === true && end <= MAX_PARALLEL_BYTES)) await readWithLimit();
      else await serialize(readWithLimit);
    },
    digestAt: ({ reference }, end) => files.get(reference.id)?.digests.get(end),
    release: ({ reference }) => void files.delete(reference.id),
  };
}

async function createHasher(): Promise<IHasher> {
  const { createSHA256 } = await loadModule(() => import(/* webpackChunkName: "hash" */ 'hash-wasm'));
  return createSHA256();
}

/** Result of `hashPieces`. */
interface Hashed {
  /** By stop. */
  readonly digests: ReadonlyMap<number, string>;
  /** Position of the last byte received, plus one. */
  readonly length: number;
  /** After the last stop. */
  readonly state: Uint8Array | undefined;
}

/**
 * Hashes pieces from the position `from` to the last of `stops`. Reads one piece beyond it at most: the end of the
 * reading ends the transfer.
 */
async function hashPieces(
  hasher: IHasher,
  pieces: AsyncIterable<Uint8Array>,
  from: number,
  stops: readonly number[],
): Promise<Hashed> {
  const digests = new Map<number, string>();
  const open = [...stops];
  let length = from;
  let state: Uint8Array | undefined;
  for await (const piece of pieces) {
    let rest = piece;
    for (let [stop] = open; stop !== undefined && length + rest.byteLength >= stop; [stop] = open) {
      hasher.update(rest.subarray(0, stop - length));
      rest = rest.subarray(stop - length);
      length = stop;
      state = hasher.save();
      digests.set(stop, hasher.digest());
      hasher.load(state);
      open.shift();
    }
    hasher.update(rest);
    length += rest.byteLength;
    if (open.length === 0 && rest.byteLength > 0) break;
  }
  return { digests, length, state };
}

/** Converts totals to differences. */
function countNew(onBytes: (bytes: number) => void): (bytesRead: number) => void {
  let before = 0;
  return (bytesRead) => {
    onBytes(bytesRead - before);
    before = bytesRead;
  };
}

/** The page of a proxy is no attachment. */
function wrongSize({ reference }: HashableFile, received: number, expected: number): StaplerError {
  const message = `The attachment ${reference.id} has ${received} instead of ${expected} bytes.`;
  return new StaplerError('unexpected-answer', message);
}
