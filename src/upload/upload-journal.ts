import type { Upload, UploadId, UploadSession } from './upload';

/** Stores the state of uploads for other frames. A failing journal never fails an upload. */
export interface UploadJournal {
  /** Creates the entries of a new batch. */
  readonly create: (uploads: readonly Upload[], sources: ReadonlyMap<UploadId, Blob>) => void;
  /** Updates the entry of an upload. */
  readonly update: (upload: Upload) => void;
  /** Updates the upload session. `undefined`: the server discarded it, and the upload starts again. */
  readonly updateSession: (id: UploadId, session: UploadSession | undefined) => void;
  /** Removes the stored bytes of an upload at once, and stores none before the next `updateFile`. */
  readonly dropFile: (id: UploadId) => void;
  /** Sets the file, picked again by the user. */
  readonly updateFile: (id: UploadId, source: Blob) => void;
  /** Discards the entries of finished uploads. */
  readonly discard: (ids: readonly UploadId[]) => void;
  /** Resolves after the first write of these entries. Awaited before any byte is sent. */
  readonly whenCreated: (ids: readonly UploadId[]) => Promise<void>;
  /** Resolves once all changes of these entries are written. Awaited before a step that depends on them. */
  readonly whenFlushed: (ids: readonly UploadId[]) => Promise<void>;
}

const done = Promise.resolve();
const nothing = (): void => undefined;

/** Journal without storage. */
export const NO_JOURNAL: UploadJournal = {
  create: nothing,
  update: nothing,
  updateSession: nothing,
  dropFile: nothing,
  updateFile: nothing,
  discard: nothing,
  whenCreated: () => done,
  whenFlushed: () => done,
};

/** Upload left by another frame, ready to resume. */
export interface InterruptedUpload {
  readonly upload: Upload;
  /** `undefined` if the bytes were not stored and the user has to pick the file again. */
  readonly source: Blob | undefined;
  readonly session: UploadSession | undefined;
}
