import { RangedFile } from '../../upload/intake/ranged-file';
import type { HeldFile, HeldFiles } from './held-files';

/** A file as it leaves, changed by the rules. Its bytes are created again from the file on disk when they are read. */
export class ChangedFile extends RangedFile {
  /** The file on disk. */
  readonly origin: File;

  /**
   * @param sizeBytes Size after the change.
   * @param create Returns the same bytes each time, or rejects if the file on disk has changed.
   */
  constructor(origin: File, sizeBytes: number, create: () => Promise<HeldFile>, held: HeldFiles) {
    const key = {};
    super({
      name: origin.name,
      modifiedMs: origin.lastModified,
      sizeBytes,
      async read(start, end) {
        const content = await held.find(key, create);
        if (content.size !== sizeBytes) throw new DOMException('The file was changed.', 'NotReadableError');
        return new Uint8Array(await content.slice(start, end).arrayBuffer());
      },
    });
    this.origin = origin;
  }
}

/** Returns the file on disk that a source was made from; `undefined` if the source is the file itself. */
export function originOf(source: Blob): File | undefined {
  return source instanceof ChangedFile ? source.origin : undefined;
}
