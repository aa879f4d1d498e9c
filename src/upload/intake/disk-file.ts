import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FileUnreadableError } from '../../base/errors';

/** Bytes of one step of a stream. */
const STREAM_BYTES = 256 * 1024;

/** A range of a file on disk, and the facts of the file when it was picked. */
interface DiskRange {
  readonly path: string;
  /** Size of the whole file, in bytes. */
  readonly fileBytes: number;
  /** With its fraction, since files change more than once within a millisecond. */
  readonly modifiedMs: number;
  /** In bytes, `end` exclusive. */
  readonly first: number;
  readonly end: number;
}

/** Returns a class with the methods of `type`, but without its constructor: that one takes 2 KB for each object. */
function withoutBytes<T extends { readonly prototype: Blob }>(type: T): T {
  function Empty(): void {
    // Has no bytes of its own.
  }
  Empty.prototype = type.prototype;
  return Empty as unknown as T;
}

/**
 * A file on disk. Its bytes are read on demand: no handle is open between two reads, and no bytes are held. A read
 * rejects with a `NotReadableError` if the file has changed since, or with a `NotFoundError` if it is gone.
 *
 * Only its own methods read the bytes: `new Blob([file])` would not have them.
 */
export class DiskFile extends withoutBytes(File) {
  readonly #range: DiskRange;

  constructor(path: string, facts: { readonly sizeBytes: number; readonly modifiedMs: number }) {
    super([], '');
    const { sizeBytes, modifiedMs } = facts;
    this.#range = { path, fileBytes: sizeBytes, modifiedMs, first: 0, end: sizeBytes };
  }

  /** As given to `openDiskFile`. */
  get path(): string {
    return this.#range.path;
  }

  override get name(): string {
    return basename(this.#range.path);
  }

  override get lastModified(): number {
    return Math.floor(this.#range.modifiedMs);
  }

  /** Outside of a picked folder. */
  override get webkitRelativePath(): string {
    return '';
  }

  override get type(): string {
    return '';
  }

  override get size(): number {
    return this.#range.fileBytes;
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    return new DiskSlice(sliceOf(this.#range, start, end), type);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return read(this.#range);
  }

  override bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return readBytes(this.#range);
  }

  override text(): Promise<string> {
    return readText(this.#range);
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return streamOf(this.#range);
  }

  /** Called by `console.log`. The method of `File` expects its own constructor. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `DiskFile ${this.path}`;
  }
}

/** Part of a `DiskFile`, or of another part. */
class DiskSlice extends withoutBytes(Blob) {
  readonly #range: DiskRange;
  readonly #type: string;

  constructor(range: DiskRange, type = '') {
    super();
    this.#range = range;
    this.#type = type.toLowerCase();
  }

  override get type(): string {
    return this.#type;
  }

  override get size(): number {
    return lengthOf(this.#range);
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    return new DiskSlice(sliceOf(this.#range, start, end), type);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return read(this.#range);
  }

  override bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return readBytes(this.#range);
  }

  override text(): Promise<string> {
    return readText(this.#range);
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return streamOf(this.#range);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `DiskSlice ${this.#range.path} ${this.#range.first}-${this.#range.end}`;
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

function lengthOf({ first, end }: DiskRange): number {
  return end - first;
}

/** Clamps the ends like `Blob.slice`. */
function sliceOf(range: DiskRange, start = 0, end = lengthOf(range)): DiskRange {
  const length = lengthOf(range);
  const clamp = (at: number): number => {
    const whole = Math.trunc(at) || 0;
    return whole < 0 ? Math.max(length + whole, 0) : Math.min(whole, length);
  };
  const first = clamp(start);
  return { ...range, first: range.first + first, end: range.first + Math.max(first, clamp(end)) };
}

/** @throws DOMException */
async function read(range: DiskRange): Promise<ArrayBuffer> {
  return (await readBytes(range)).buffer;
}

async function readText(range: DiskRange): Promise<string> {
  return new TextDecoder().decode(await readBytes(range));
}

/** @throws DOMException */
async function readBytes(range: DiskRange): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(lengthOf(range));
  try {
    await readInto(bytes, range);
  } catch (cause) {
    throw readError(range, cause);
  }
  return bytes;
}

/** Compares the facts of the file after the read, since it may have been overwritten meanwhile. */
async function readInto(bytes: Uint8Array, range: DiskRange): Promise<void> {
  const { path, fileBytes, modifiedMs, first } = range;
  const handle = await open(path, 'r');
  try {
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, first + filled);
      if (bytesRead === 0) throw new Error('The file was cut off.');
      filled += bytesRead;
    }
    const { size, mtimeMs } = await handle.stat();
    if (size !== fileBytes || mtimeMs !== modifiedMs) throw new Error('The file was changed.');
  } finally {
    await handle.close();
  }
}

/** The errors of browsers, known to `source-guard.ts`. */
function readError({ path }: DiskRange, cause: unknown): DOMException {
  const isGone = (cause as { code?: unknown } | undefined)?.code === 'ENOENT';
  const reason = cause instanceof Error ? cause.message : '';
  return new DOMException(
    `Can't read ${path}. ${reason}`.trimEnd(),
    isGone ? 'NotFoundError' : 'NotReadableError',
  );
}

/** Each step opens the file again, so that an abandoned stream leaves no handle. */
function streamOf(range: DiskRange): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = range.first;
  return new ReadableStream(
    {
      async pull(controller) {
        if (at < range.end) {
          const end = Math.min(at + STREAM_BYTES, range.end);
          controller.enqueue(await readBytes({ ...range, first: at, end }));
          at = end;
        }
        if (at === range.end) controller.close();
      },
    },
    // Reads nothing ahead.
    { highWaterMark: 0 },
  );
}
