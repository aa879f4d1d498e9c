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
export function createUpload(
  id: UploadId,
  batchId: BatchId,
  { name, size, folder }: FileFacts,
  target: LinkTarget,
  state: Upload['state'],
  isHeldBack = false,
): Upload {
  const bytesAccepted = state.status === 'uploaded' ? size : 0;
  return {
    id,
    batchId,
    target,
    file: { name, size, folder },
    state,
    progress: { bytesSent: bytesAccepted, bytesAccepted },
    acceptedNow: bytesAccepted,
    isLinkTried: false,
    ...(isHeldBack && { sameFile: { status: 'comparing' } as const }),
  };
}
