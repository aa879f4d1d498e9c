import type { Journal } from './journal/journal';
import { canTakeFile } from '../upload-state';
import type { LinkTarget } from '../../azure/work-item';
import { sameTarget } from '../../azure/work-item';
import type { Picked, UploadService } from '../upload-service';
import type { ResumeInterrupted } from './resume-interrupted';

/** Dependencies of `matchPickedFiles`. */
export interface MatchPickedFilesOptions {
  readonly interruptedUploads: Pick<ResumeInterrupted, 'isAwaited' | 'resume'>;
  readonly journal: Pick<Journal, 'match'>;
  readonly queue: Pick<UploadService['queue'], 'getSnapshot' | 'supply' | 'resume' | 'retry'>;
}

/** Supplies picked files to the interrupted uploads they belong to. Resolves with the remaining, new files. */
export async function matchPickedFiles(
  picked: Picked,
  target: LinkTarget,
  { interruptedUploads, journal, queue }: MatchPickedFilesOptions,
): Promise<Picked> {
  const { accepted } = picked;
  const resumed = interruptedUploads.isAwaited(accepted) ? await interruptedUploads.resume() : [];
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
