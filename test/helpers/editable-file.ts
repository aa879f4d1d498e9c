import { contentOf } from './transfer';

/** File on a disk: a program can overwrite it after it was picked. */
export interface EditableFile {
  /** The picked file. As in Firefox, it keeps its size, and reads return the bytes on the disk. */
  readonly source: File;
  /** Overwrites bytes from `at` on. */
  readonly overwrite: (at: number, bytes: string) => void;
  /** Makes each read fail, as in Chromium after a change (`NotReadableError`) or a removal (`NotFoundError`). */
  readonly failReads: (name: 'NotReadableError' | 'NotFoundError' | undefined) => void;
  /** Changes the date of the picked file. */
  readonly touch: () => void;
  /** Number of bytes read so far. */
  readonly bytesRead: () => number;
}

/** Creates a file with `size` different bytes. */
export function editableFile(name: string, size: number): EditableFile {
  const disk = contentOf(size);
  let failure: string | undefined;
  let lastModified = 1;
  let bytesRead = 0;

  const part = (first: number, last: number): Partial<File> => ({
    size: last - first,
    slice: (from = 0, to = size) => part(first + from, Math.min(last, first + to)) as Blob,
    async arrayBuffer() {
      await Promise.resolve();
      if (failure !== undefined) throw new DOMException('Cannot be read.', failure);
      bytesRead += last - first;
      return disk.slice(first, last).buffer;
    },
  });
  const source = Object.defineProperty(part(0, size), 'lastModified', { get: () => lastModified });

  return {
    source: Object.assign(source, { name }) as File,
    overwrite: (at, bytes) => disk.set(new TextEncoder().encode(bytes), at),
    failReads: (reason) => void (failure = reason),
    touch: () => {
      lastModified++;
    },
    bytesRead: () => bytesRead,
  };
}
