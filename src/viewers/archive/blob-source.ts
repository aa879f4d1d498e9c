/**
 * Bytes as the zip library reads them, here and there. Its own reader of blobs comes with all that it has, workers and
 * addresses of this machine among it.
 */
export class BlobSource {
  readonly size: number;

  constructor(private readonly bytes: Blob) {
    this.size = bytes.size;
  }

  /** All of it. */
  get readable(): ReadableStream<Uint8Array> {
    return this.createReadable();
  }

  /** A part of it, in bytes; all of it from an offset on where there is no size. */
  createReadable({
    offset = 0,
    size = this.size,
  }: { offset?: number; size?: number } = {}): ReadableStream<Uint8Array> {
    return this.bytes.slice(offset, offset + size).stream();
  }

  /** So many bytes from an offset on; fewer at the end. */
  async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(await this.bytes.slice(offset, offset + length).arrayBuffer());
  }
}
