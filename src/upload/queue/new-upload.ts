import type { LinkTarget } from '../../azure/work-item';
import type { BatchId, FileFacts, PickedFile, StoredFile, Upload, UploadId } from '../upload';

/** State of a file just added. A stored one waits for its link. */
export function initialState(file: PickedFile | StoredFile): Upload['state'] {
  return 'reference' in file
    ? { status: 'uploaded', attempt: 1, reference: file.reference }
    : { status: 'queued', attempt: 1 };
}

/** Returns the files with bytes to send, by the ids of their uploads, in the order of `ids`. */
export function filesToSend(
  files: readonly (PickedFile | StoredFile)[],
  ids: readonly UploadId[],
): ReadonlyMap<UploadId, PickedFile> {
  return new Map(
    files.flatMap((file, index) => ('source' in file ? [[ids[index] ?? '', file] as const] : [])),
  );
}

/**
 * Creates an upload.
 *
 * @param isHeldBack Whether nothing is sent until another work item was searched for the file.
 */
function createUpload(
  id: UploadId,
  batchId: BatchId,
  { name, size, folder, comment, volumeBytes }: FileFacts,
  target: LinkTarget,
  state: Upload['state'],
  isHeldBack = false,
): Upload {
  const bytesAccepted = state.status === 'uploaded' ? size : 0;
  return {
    id,
    batchId,
    target,
    file: { name, size, folder, ...(comment && { comment }), ...(volumeBytes && { volumeBytes }) },
    state,
    progress: { bytesSent: bytesAccepted, bytesAccepted },
    acceptedNow: bytesAccepted,
    isLinkTried: false,
    ...(isHeldBack && { sameFile: { status: 'comparing' } as const }),
    ...(state.status === 'queued' && { edit: 'possible' as const }),
  };
}

/** Properties of the uploads of one batch. */
interface BatchFacts<File> {
  readonly target: LinkTarget;
  readonly stateOf: (file: File) => Upload['state'];
  /** Default: none is. */
  readonly isHeldBack?: (file: File) => boolean;
}

/** Creates the uploads of one batch, with new ids. */
export function createUploads<File extends FileFacts>(
  nextId: () => string,
  files: readonly File[],
  { target, stateOf, isHeldBack }: BatchFacts<File>,
): readonly Upload[] {
  const batchId = nextId();
  return files.map((file) =>
    createUpload(nextId(), batchId, file, target, stateOf(file), isHeldBack?.(file)),
  );
}
