/**
 * File read without extra tasks, so the schedule controls the order of all events. Node reads a `Blob` in several
 * tasks.
 */
export class MemoryFile extends File {
  override readonly webkitRelativePath = '';
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>, name: string) {
    super([bytes], name);
    this.#bytes = bytes;
  }

  override slice(start = 0, end = this.#bytes.length): MemoryFile {
    return new MemoryFile(this.#bytes.slice(start, end), this.name);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(this.#bytes.slice().buffer);
  }
}
