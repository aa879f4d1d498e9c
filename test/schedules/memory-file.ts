/** Bytes on disk, shared by a file and its parts. */
interface Content {
  bytes: Uint8Array<ArrayBuffer>;
  modifiedAt: number;
  /** Whether the browser refuses to read it. */
  isUnreadable: boolean;
}

/**
 * File read without extra tasks, so the schedule controls the order of all events. Node reads a `Blob` in several
 * tasks.
 */
export class MemoryFile extends File {
  override readonly webkitRelativePath = '';
  readonly #content: Content;
  readonly #start: number;

  constructor(content: Uint8Array<ArrayBuffer> | Content, name: string, start = 0, size?: number) {
    const shared =
      content instanceof Uint8Array ? { bytes: content, modifiedAt: 0, isUnreadable: false } : content;
    super([shared.bytes.slice(start, start + (size ?? shared.bytes.length))], name);
    this.#content = shared;
    this.#start = start;
  }

  override get lastModified(): number {
    return this.#content.modifiedAt;
  }

  override slice(start = 0, end = this.size): MemoryFile {
    return new MemoryFile(this.#content, this.name, this.#start + start, Math.max(0, end - start));
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    const { bytes, isUnreadable } = this.#content;
    if (isUnreadable) return Promise.reject(new DOMException('It was changed.', 'NotReadableError'));
    return Promise.resolve(bytes.slice(this.#start, this.#start + this.size).buffer);
  }

  /** Copy of the bytes on disk, as a database stores it. Rejects if the browser refuses to read the file. */
  copy(): Promise<MemoryFile> {
    const { bytes, modifiedAt, isUnreadable } = this.#content;
    if (isUnreadable) return Promise.reject(new DOMException('It was changed.', 'DataError'));
    return Promise.resolve(new MemoryFile({ bytes, modifiedAt, isUnreadable }, this.name));
  }

  /**
   * Overwrites the file on disk.
   *
   * @param bytes As many as before.
   * @param isUnreadable Whether the browser refuses to read it from now on, as Chromium does; Firefox reads the new
   *   bytes.
   */
  overwrite(bytes: Uint8Array<ArrayBuffer>, isUnreadable: boolean): void {
    Object.assign(this.#content, { bytes, isUnreadable, modifiedAt: this.#content.modifiedAt + 1 });
  }
}
