import type { LinkTarget } from '../../azure/work-item';
import { sameTarget } from '../../azure/work-item';
import type { FileFacts, PickedFile } from '../upload';
import type { Picked, UploadService } from '../upload-service';
import { canTakeFile } from '../upload-state';
import type { Journal } from './journal/journal';
import type { ResumeInterrupted } from './resume-interrupted';

/** Dependencies of `matchPickedFiles`. */
export interface MatchPickedFilesOptions {
  readonly interruptedUploads: Pick<ResumeInterrupted, 'isAwaited' | 'resume'>;
  readonly journal: Pick<Journal, 'match'>;
  readonly queue: Pick<UploadService['queue'], 'getSnapshot' | 'supply' | 'resume' | 'retry' | 'remove'>;
}

/** Supplies picked files to the interrupted uploads they belong to. Resolves with the remaining, new files. */
export async function matchPickedFiles(
  picked: Picked,
  target: LinkTarget,
  { interruptedUploads, journal, queue }: MatchPickedFilesOptions,
): Promise<Picked> {
  const { accepted } = picked;
  replaceChanged(accepted, target, queue);
  const resumed = interruptedUploads.isAwaited(accepted, target)
    ? await interruptedUploads.resume(target)
    : [];
  const waiting = queue
    .getSnapshot()
    .filter(
      (upload) =>
        sameTarget(upload.target, target) &&
        canTakeFile(upload.state) &&
        (upload.state.status === 'needs-file' || resumed.includes(upload.id)),
    );
  if (waiting.length === 0) return picked;
  const found = await journal.match(
    accepted,
    waiting.map(({ id }) => id),
  );
  for (const [file, id] of found) queue.supply(id, file.source);
  // Dropping a file again also resumes a paused upload and retries a failed one.
  queue.resume([...found.values()]);
  queue.retry([...found.values()]);
  return { ...picked, accepted: accepted.filter((file) => !found.has(file)) };
}

/** Removes the failed upload of each file that is picked in its new version, so that its new row replaces the old one. */
function replaceChanged(
  files: readonly PickedFile[],
  target: LinkTarget,
  queue: Pick<UploadService['queue'], 'getSnapshot' | 'remove'>,
): void {
  const pathOf = ({ folder, name }: FileFacts): string => `${folder}/${name}`;
  const paths = new Set(files.flatMap((file) => [pathOf(file), `/${file.name}`]));
  queue.remove(
    queue
      .getSnapshot()
      .filter(
        ({ state, file, ...upload }) =>
          state.status === 'failed' &&
          state.problem.kind === 'file-changed' &&
          sameTarget(upload.target, target) &&
          paths.has(pathOf(file)),
      )
      .map(({ id }) => id),
  );
}
