import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FileUnreadableError } from '../../base/errors';
import type { ByteSource } from './ranged-file';
import { RangedFile } from './ranged-file';

/** Facts of a file when it was picked. */
interface DiskFacts {
  readonly sizeBytes: number;
  /** With its fraction, since files change more than once within a millisecond. */
  readonly modifiedMs: number;
}

/**
 * A file on disk. Its bytes are read on demand: no handle is open between two reads, and no bytes are held. A read
 * rejects with a `NotReadableError` if the file has changed since, or with a `NotFoundError` if it is gone.
 */
export class DiskFile extends RangedFile {
  /** As given to `openDiskFile`. */
  readonly path: string;

  constructor(path: string, facts: DiskFacts) {
    super(new DiskSource(path, facts));
    this.path = path;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `DiskFile ${this.path}`;
  }
}

/**
 * Returns a file with the size and the modification time that it has now. Reads no bytes.
 *
 * @throws FileUnreadableError if it is missing or not a regular file.
 */
export async function openDiskFile(path: string): Promise<DiskFile> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new FileUnreadableError(basename(path), { cause });
  });
  if (!facts.isFile()) throw new FileUnreadableError(basename(path));
  return new DiskFile(path, { sizeBytes: facts.size, modifiedMs: facts.mtimeMs });
}

/** A file on disk. Each read opens it again, so that an abandoned stream leaves no handle. */
class DiskSource implements ByteSource {
  readonly sizeBytes: number;
  readonly modifiedMs: number;

  constructor(
    readonly path: string,
    { sizeBytes, modifiedMs }: DiskFacts,
  ) {
    this.sizeBytes = sizeBytes;
    this.modifiedMs = modifiedMs;
  }

  get name(): string {
    return basename(this.path);
  }

  /** @throws DOMException */
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(end - start);
    try {
      await this.#readInto(bytes, start);
    } catch (cause) {
      throw readError(this.path, cause);
    }
    return bytes;
  }

  /** Compares the facts of the file after the read, since it may have been overwritten meanwhile. */
  async #readInto(bytes: Uint8Array, first: number): Promise<void> {
    const handle = await open(this.path, 'r');
    try {
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, first + filled);
        if (bytesRead === 0) throw new Error('The file was cut off.');
        filled += bytesRead;
      }
      const { size, mtimeMs } = await handle.stat();
      if (size !== this.sizeBytes || mtimeMs !== this.modifiedMs) throw new Error('The file was changed.');
    } finally {
      await handle.close();
    }
  }
}

/** The errors of browsers, known to `source-guard.ts`. */
function readError(path: string, cause: unknown): DOMException {
  const isGone = (cause as { code?: unknown } | undefined)?.code === 'ENOENT';
  const reason = cause instanceof Error ? cause.message : '';
  return new DOMException(
    `Can't read ${path}. ${reason}`.trimEnd(),
    isGone ? 'NotFoundError' : 'NotReadableError',
  );
}
