import type { BulkService } from '../../bulk/run/bulk-service';
import type { PlannedRun } from '../../bulk/run/planned-run';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { SentFile } from './local-file';
import type { FinishedRun } from './run-slices';
import { finishedRun } from './run-slices';

/** Dependencies of `resumeRuns`. */
export interface ResumeOptions {
  readonly service: Pick<BulkService, 'resume'>;
  readonly journal: Pick<Journal, 'state' | 'match'>;
  /** Returns the files that may have been interrupted. */
  readonly readFiles: () => Promise<readonly SentFile[]>;
  readonly untilOver: (run: PlannedRun) => Promise<void>;
}

/** Finishes the runs that an earlier process of the same command left. Files that changed meanwhile are left out. */
export async function resumeRuns(options: ResumeOptions): Promise<readonly FinishedRun[]> {
  const { service, journal, readFiles, untilOver } = options;
  let files: readonly SentFile[] | undefined;
  const resumed: FinishedRun[] = [];
  for (const { id } of journal.state.getSnapshot().interruptedPlans) {
    const planned = await service.resume(id);
    if (!planned) continue;
    files ??= await readFiles();
    await supplyFiles(planned, journal, files);
    await untilOver(planned);
    resumed.push(finishedRun(planned));
    planned.dismiss();
  }
  return resumed;
}

/** Gives waiting uploads their files, and cancels those without one. */
async function supplyFiles(
  { run: { queue } }: PlannedRun,
  journal: ResumeOptions['journal'],
  files: readonly SentFile[],
): Promise<void> {
  const waiting = queue.getSnapshot().filter(({ state }) => state.status === 'needs-file');
  const found = await journal.match(
    files.filter(({ problem }) => !problem),
    waiting.map(({ id }) => id),
  );
  const supplied = new Set<string>();
  for (const [file, id] of found) {
    queue.supply(id, file.source);
    supplied.add(id);
  }
  queue.cancel(waiting.flatMap(({ id }) => (supplied.has(id) ? [] : [id])));
}
