/** Stored bytes. */
export interface Attachment {
  readonly id: string;
  /** The name given with the upload, if any. */
  readonly fileName: string | null;
  /** Size in bytes. */
  readonly bytes: number;
  readonly sha256: string;
  /** File with the bytes; empty if they are generated. */
  readonly path: string;
  /** ISO time of the last byte. */
  readonly createdDate: string;
}
