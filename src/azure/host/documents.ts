/** Documents of the signed-in person or the organization in the data of the extension, in one collection. */
export interface Documents {
  /** Reads all documents. @throws HostError */
  readonly list: () => Promise<readonly unknown[]>;
  /** Reads a document; `undefined` if there is none. @throws HostError */
  readonly read: (id: string) => Promise<unknown>;
  /**
   * Writes a document.
   *
   * @param value JSON, well below a megabyte.
   * @throws HostError if it cannot be written, or if another frame has written it after this one.
   */
  readonly write: (id: string, value: object) => Promise<void>;
  /** Removes a document. A missing one is not an error. @throws HostError */
  readonly remove: (id: string) => Promise<void>;
}
