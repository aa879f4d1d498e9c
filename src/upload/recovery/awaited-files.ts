import type { Journal } from './journal/journal';
import { canTakeFile } from '../upload-state';
import type { LinkTarget } from '../../azure/work-item';
import { sameTarget } from '../../azure/work-item';
import type { Picked, UploadService } from '../upload-service';
import type { ComeBack } from './come-back';

/** Who knows of uploads that wait for their files. */
export interface Awaiting {
  readonly comeBack: Pick<ComeBack, 'isAwaited' | 'goOn'>;
  readonly journal: Pick<Journal, 'match'>;
  readonly queue: Pick<UploadService['queue'], 'getSnapshot' | 'supply' | 'resume' | 'retry'>;
}

/** Lets files that were dropped before go to the uploads that were left then; the others are new. */
export async function withoutAwaited(
  picked: Picked,
  target: LinkTarget,
  { comeBack, journal, queue }: Awaiting,
): Promise<Picked> {
  const { accepted } = picked;
  const goneOnWith = comeBack.isAwaited(accepted) ? await comeBack.goOn() : [];
  const waiting = queue
    .getSnapshot()
    .filter(
      (upload) =>
        sameTarget(upload.target, target) &&
        canTakeFile(upload.state) &&
        (upload.state.status === 'needs-file' || goneOnWith.includes(upload.id)),
    );
  if (waiting.length === 0) return picked;
  const found = await journal.match(
    accepted,
    waiting.map(({ id }) => id),
  );
  for (const [file, id] of found) queue.supply(id, file.source);
  // Whoever drops a file again wants it to go on, also where it was paused or has failed before.
  queue.resume([...found.values()]);
  queue.retry([...found.values()]);
  return { ...picked, accepted: accepted.filter((file) => !found.has(file)) };
}
