import { decodeBase64 } from '../../../base/bytes';
import { pdfData } from './pdf-data';

type DataKind = keyof typeof pdfData;

/** Request of the library for a data file. */
export interface DataRequest {
  readonly kind: DataKind;
  readonly filename: string;
}

/** Instance that serves the requests of the library for one document. */
export interface BinaryData {
  /** @throws Error if the file is unknown or could not be loaded. */
  readonly fetch: (request: DataRequest) => Promise<Uint8Array>;
}

/**
 * Returns a class for the library that serves its data files.
 *
 * @param onMissing Called for each file that could not be loaded.
 */
export function binaryDataFactory(
  onMissing: (kind: DataKind) => void,
  load: Readonly<Record<DataKind, (name: string) => Promise<{ readonly default: string }>>> = pdfData,
): new () => BinaryData {
  return class implements BinaryData {
    async fetch({ kind, filename }: DataRequest): Promise<Uint8Array> {
      try {
        const bytes = decodeBase64((await load[kind](filename)).default);
        if (!bytes) throw new Error('The data file is damaged.');
        return bytes;
      } catch (error) {
        onMissing(kind);
        throw error;
      }
    }
  };
}
