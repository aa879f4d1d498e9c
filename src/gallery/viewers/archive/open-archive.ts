import type { Entry, FileEntry } from '@zip.js/zip.js/lib/zip-core-reader.js';
import { ZipReader } from '@zip.js/zip.js/lib/zip-core-reader.js';
import { createPause } from '../../../base/steps';
import { ViewerProblem } from '../viewer-problem';

/** One entry of an archive, with the facts declared there. */
export interface ArchiveEntry {
  /** Position in the archive, 0-based. */
  readonly index: number;
  /** Unchecked path; it may point outside the archive. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly isEncrypted: boolean;
  /** Declared size of the content, in bytes. */
  readonly size: number;
  /** Modification time; `undefined` if missing or invalid. */
  readonly modified: Date | undefined;
  /**
   * Extracts the content. `undefined` for folders and encrypted entries.
   *
   * @throws DOMException If the bytes cannot be read.
   * @throws ViewerProblem If it is damaged, larger than declared, or above the size limit.
   */
  readonly extract: ((signal: AbortSignal) => Promise<Blob>) | undefined;
  /**
   * Streams the content until its end, or until `write` resolves with `false`. `undefined` as `extract`.
   *
   * @throws ViewerProblem If it is damaged, or larger than declared. Also what `write` throws.
   */
  readonly read: ((write: WriteChunk, signal: AbortSignal) => Promise<void>) | undefined;
}

/** Receives the next bytes of an entry. Resolves with `false` to stop. */
export type WriteChunk = (chunk: Uint8Array<ArrayBuffer>) => boolean | Promise<boolean>;

/** Entries of an archive. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  /** Whether the archive has more entries than listed. */
  readonly isTruncated: boolean;
}

/** Maximum number of listed entries. Real archives have fewer; one with millions is made to exhaust the memory. */
const MAX_ENTRIES = 200_000;

/** Maximum size of an extracted entry, in bytes: it is held as a whole until saved. */
const MAX_CONTENT_BYTES = 1024 * 1024 * 1024;

/** Tolerant, to list entries with invalid names as well: names are made safe before use. */
const OPTIONS = { strictness: 'tolerant', useWebWorkers: false } as const;

/**
 * Reads the directory at the end of a zip archive, without the contents.
 *
 * @throws ViewerProblem If the bytes are not a zip archive.
 */
export async function openArchive(
  bytes: Blob,
  signal: AbortSignal,
  maxEntries = MAX_ENTRIES,
): Promise<Archive> {
  const entries: ArchiveEntry[] = [];
  const pause = createPause(signal);
  try {
    for await (const entry of new ZipReader(new BlobSource(bytes), OPTIONS).getEntriesGenerator()) {
      signal.throwIfAborted();
      if (entries.length === maxEntries) return { entries, isTruncated: true };
      entries.push(describeEntry(entry, entries.length));
      await pause();
    }
  } catch (error) {
    signal.throwIfAborted();
    // Rejects if the file cannot be read, as in workers of a sandboxed frame of WebKit: then it can be an archive.
    await bytes.slice(0, 1).arrayBuffer();
    throw new ViewerProblem('no-archive', { cause: error });
  }
  return { entries, isTruncated: false };
}

function describeEntry(entry: Entry, index: number): ArchiveEntry {
  const { filename, directory, encrypted, uncompressedSize, lastModDate } = entry;
  return {
    index,
    path: filename,
    isFolder: directory,
    isEncrypted: encrypted,
    size: uncompressedSize,
    modified: Number.isNaN(lastModDate.getTime()) ? undefined : lastModDate,
    ...(entry.directory || encrypted
      ? { extract: undefined, read: undefined }
      : {
          extract: (signal) => extract(entry, signal),
          read: (write, signal) => read(entry, write, signal),
        }),
  };
}

async function extract(entry: FileEntry, signal: AbortSignal): Promise<Blob> {
  if (entry.uncompressedSize > MAX_CONTENT_BYTES) throw new ViewerProblem('entry-too-large');
  const pieces: Blob[] = [];
  // The browser may move blobs to disk.
  await read(entry, (chunk) => pieces.push(new Blob([chunk])) > 0, signal);
  // Without a type, Chromium would add `.txt` to the name of a saved text without extension.
  return new Blob(pieces, { type: 'application/octet-stream' });
}

async function read(entry: FileEntry, write: WriteChunk, signal: AbortSignal): Promise<void> {
  let ended: { readonly error?: unknown } | undefined;
  const target = new WritableStream<Uint8Array<ArrayBuffer>>({
    async write(chunk) {
      try {
        if (await write(chunk)) return;
        ended = {};
      } catch (error) {
        ended = { error };
      }
      // Stops the decompression.
      throw new Error('No more bytes are needed.');
    },
  });
  try {
    // Fails as soon as the output exceeds the declared size, as in a zip bomb.
    await entry.getData(target, { signal, checkCrc32: true, useWebWorkers: false });
  } catch (error) {
    signal.throwIfAborted();
    if (ended && 'error' in ended) throw ended.error;
    if (!ended) throw new ViewerProblem('entry-damaged', { cause: error });
  }
}

/**
 * Random access to a blob for the zip library. The library's own reader would add its workers and object URLs to the
 * chunk.
 */
class BlobSource {
  readonly size: number;

  constructor(private readonly bytes: Blob) {
    this.size = bytes.size;
  }

  /** Stream of all bytes. */
  get readable(): ReadableStream<Uint8Array> {
    return this.createReadable();
  }

  /** Streams `size` bytes from `offset`, or all remaining ones by default. */
  createReadable({
    offset = 0,
    size = this.size,
  }: { offset?: number; size?: number } = {}): ReadableStream<Uint8Array> {
    return this.bytes.slice(offset, offset + size).stream();
  }

  /** Reads up to `length` bytes from `offset`. */
  async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(await this.bytes.slice(offset, offset + length).arrayBuffer());
  }
}
