import type { Upload, UploadId, UploadSession } from './upload';

/**
 * Keeps what must survive the frame. Whatever goes wrong with that is the journal's business: none of its calls fails
 * an upload.
 */
export interface UploadJournal {
  /** Uploads of one batch begin, or go on after their frame was gone. */
  readonly create: (uploads: readonly Upload[], sources: ReadonlyMap<UploadId, Blob>) => void;
  /** An upload is not what it was. */
  readonly update: (upload: Upload) => void;
  /** `undefined`: the server has no use for what it has, and everything is sent again. */
  readonly updateSession: (id: UploadId, session: UploadSession | undefined) => void;
  /** The file was picked again. */
  readonly updateFile: (id: UploadId, source: Blob) => void;
  /** Nobody needs to know of these any more. */
  readonly discard: (ids: readonly UploadId[]) => void;
  /**
   * Resolves once the entries of these uploads were written for the first time: nothing is sent of an upload that
   * nobody would find again.
   */
  readonly whenCreated: (ids: readonly UploadId[]) => Promise<void>;
  /** Resolves once everything that was told of these uploads is kept: to be awaited before what follows from it. */
  readonly whenFlushed: (ids: readonly UploadId[]) => Promise<void>;
}

const done = Promise.resolve();
const nothing = (): void => undefined;

/** For where nothing needs to survive. */
export const NO_JOURNAL: UploadJournal = {
  create: nothing,
  update: nothing,
  updateSession: nothing,
  updateFile: nothing,
  discard: nothing,
  whenCreated: () => done,
  whenFlushed: () => done,
};

/** An upload that a frame left, as another one goes on with it. */
export interface InterruptedUpload {
  readonly upload: Upload;
  /** The bytes; `undefined` where they were not kept and the file has to be picked again. */
  readonly source: Blob | undefined;
  readonly session: UploadSession | undefined;
}
