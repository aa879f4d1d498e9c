import type { LinkTarget } from '../azure/work-item';
import { sameTarget } from '../azure/work-item';
import type { FileFacts, Upload } from './upload';
import { isOver } from './upload-state';

/** Returns the number of attachments that a file becomes. */
export function placesOf({ size, volumeBytes }: Pick<FileFacts, 'size' | 'volumeBytes'>): number {
  return volumeBytes ? Math.ceil(size / volumeBytes) : 1;
}

/** Counts the attachments that a work item gets by uploads that are not over. */
export function pendingPlaces(uploads: readonly Upload[], target: LinkTarget): number {
  return uploads
    .filter((upload) => sameTarget(upload.target, target) && !isOver(upload.state))
    .reduce((sum, { file }) => sum + placesOf(file), 0);
}
