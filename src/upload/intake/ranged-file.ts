/** Bytes of one step of a stream. */
const STREAM_BYTES = 256 * 1024;

/** Bytes that are read on demand. */
export interface ByteSource {
  readonly name: string;
  /** In milliseconds since the epoch, with a fraction. */
  readonly modifiedMs: number;
  /** In bytes. */
  readonly sizeBytes: number;
  /** Returns a range inside of the size, `end` exclusive. @throws DOMException */
  readonly read: (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;
}

/** Range of a source, `end` exclusive. */
interface ByteRange {
  readonly source: ByteSource;
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
 * A file whose bytes are read on demand, and not held.
 *
 * Only its own methods read the bytes: `new Blob([file])` would not have them.
 */
export class RangedFile extends withoutBytes(File) {
  readonly #range: ByteRange;

  constructor(source: ByteSource) {
    super([], '');
    this.#range = { source, first: 0, end: source.sizeBytes };
  }

  override get name(): string {
    return this.#range.source.name;
  }

  override get lastModified(): number {
    return Math.floor(this.#range.source.modifiedMs);
  }

  /** Outside of a picked folder. */
  override get webkitRelativePath(): string {
    return '';
  }

  override get type(): string {
    return '';
  }

  override get size(): number {
    return lengthOf(this.#range);
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    return new FileSlice(sliceOf(this.#range, start, end), type);
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
    return `RangedFile ${this.name}`;
  }
}

/** Part of a `RangedFile`, or of another part. */
class FileSlice extends withoutBytes(Blob) {
  readonly #range: ByteRange;
  readonly #type: string;

  constructor(range: ByteRange, type = '') {
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
    return new FileSlice(sliceOf(this.#range, start, end), type);
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
    return `FileSlice ${this.#range.source.name} ${this.#range.first}-${this.#range.end}`;
  }
}

function lengthOf({ first, end }: ByteRange): number {
  return end - first;
}

/** Clamps the ends like `Blob.slice`. */
function sliceOf(range: ByteRange, start = 0, end = lengthOf(range)): ByteRange {
  const length = lengthOf(range);
  const clamp = (at: number): number => {
    const whole = Math.trunc(at) || 0;
    return whole < 0 ? Math.max(length + whole, 0) : Math.min(whole, length);
  };
  const first = clamp(start);
  return { ...range, first: range.first + first, end: range.first + Math.max(first, clamp(end)) };
}

/** @throws DOMException */
function readBytes({ source, first, end }: ByteRange): Promise<Uint8Array<ArrayBuffer>> {
  return source.read(first, end);
}

/** @throws DOMException */
async function read(range: ByteRange): Promise<ArrayBuffer> {
  return (await readBytes(range)).buffer;
}

async function readText(range: ByteRange): Promise<string> {
  return new TextDecoder().decode(await readBytes(range));
}

function streamOf(range: ByteRange): ReadableStream<Uint8Array<ArrayBuffer>> {
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
