import type { Entry, FileEntry } from '@zip.js/zip.js/lib/zip-core-reader.js';
import { ZipReader } from '@zip.js/zip.js/lib/zip-core-reader.js';
import { ViewerProblem } from '../viewer-problem';
import { BlobSource } from './blob-source';

/** One entry of an archive, as the archive itself tells. */
export interface ArchiveEntry {
  /** Its place in the archive, 0-based. */
  readonly index: number;
  /** Whatever the archive says; it may lead anywhere. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly isEncrypted: boolean;
  /** Declared size of its content, in bytes. */
  readonly size: number;
  /** Its modification time; `undefined` where the archive has none that makes sense. */
  readonly modified: Date | undefined;
  /**
   * Its content; `undefined` where there is none that can be had.
   *
   * @throws ViewerProblem where it is damaged, larger than declared, or too large for us.
   */
  readonly extract: ((signal: AbortSignal) => Promise<Blob>) | undefined;
}

/** What is in an archive. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  /** Whether there are more entries, which are not listed. */
  readonly isCut: boolean;
}

/** Entries that are listed. A real archive has fewer; one that claims millions is made to fill the memory. */
const MOST_ENTRIES = 200_000;

/** The largest content that is taken out of an archive, in bytes: it is kept as a whole until it is saved. */
const LARGEST_CONTENT = 1024 * 1024 * 1024;

/** An entry that cannot be written is none of ours to judge: names are shown, and made safe when they are used. */
const OPTIONS = { strictness: 'tolerant', useWebWorkers: false } as const;

/**
 * Reads the list of a zip archive, which stands at its end; nothing of what is in it.
 *
 * @throws ViewerProblem where the bytes are no zip archive.
 */
export async function openArchive(
  bytes: Blob,
  signal: AbortSignal,
  mostEntries = MOST_ENTRIES,
): Promise<Archive> {
  const entries: ArchiveEntry[] = [];
  try {
    for await (const entry of new ZipReader(new BlobSource(bytes), OPTIONS).getEntriesGenerator()) {
      signal.throwIfAborted();
      if (entries.length === mostEntries) return { entries, isCut: true };
      entries.push(describeEntry(entry, entries.length));
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new ViewerProblem('no-archive', { cause: error });
  }
  return { entries, isCut: false };
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
    extract: entry.directory || encrypted ? undefined : (signal) => extract(entry, signal),
  };
}

async function extract(entry: FileEntry, signal: AbortSignal): Promise<Blob> {
  if (entry.uncompressedSize > LARGEST_CONTENT) throw new ViewerProblem('entry-too-large');
  const pieces: Blob[] = [];
  const collect = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(chunk) {
      // The browser may put what is a blob on disk.
      pieces.push(new Blob([chunk]));
    },
  });
  try {
    // It ends as soon as more comes out than the archive declares, as of a bomb.
    await entry.getData(collect, { signal, checkCrc32: true, useWebWorkers: false });
  } catch (error) {
    signal.throwIfAborted();
    throw new ViewerProblem('entry-damaged', { cause: error });
  }
  return new Blob(pieces);
}
