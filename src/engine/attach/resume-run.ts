import type { FileId, PlanPair } from '../../bulk/plan/plan';
import type { ReportRow } from '../../bulk/plan/report';
import type { BulkService } from '../../bulk/run/bulk-service';
import type { PlannedRun } from '../../bulk/run/planned-run';
import { isThere } from '../../bulk/run/run-state';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { OpenedFile } from './local-file';
import { rowsOf } from './run-slices';

/** Rows of an interrupted run, and the attachments that it made. */
export interface ResumedRun {
  readonly rows: readonly ReportRow[];
  readonly attached: ReadonlyMap<PlanPair['workItemId'], ReadonlyMap<FileId, string>>;
}

/** Dependencies of `resumeRuns`. */
export interface ResumeOptions {
  readonly service: Pick<BulkService, 'resume'>;
  readonly journal: Pick<Journal, 'state' | 'match'>;
  readonly files: readonly OpenedFile[];
  readonly untilOver: (run: PlannedRun) => Promise<void>;
}

/** Finishes the runs that an earlier process of the same command left. Files that changed meanwhile are left out. */
export async function resumeRuns(options: ResumeOptions): Promise<readonly ResumedRun[]> {
  const { service, journal, untilOver } = options;
  const resumed: ResumedRun[] = [];
  for (const { id } of journal.state.getSnapshot().interruptedPlans) {
    const planned = await service.resume(id);
    if (!planned) continue;
    await supplyFiles(planned, options);
    await untilOver(planned);
    resumed.push({ rows: rowsOf(planned), attached: attachedIn(planned) });
    planned.dismiss();
  }
  return resumed;
}

/** Gives waiting uploads their files, and cancels those without one. */
async function supplyFiles(
  { run: { queue } }: PlannedRun,
  { journal, files }: Pick<ResumeOptions, 'journal' | 'files'>,
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

function attachedIn({ run }: PlannedRun): ResumedRun['attached'] {
  return new Map(
    [...run.getSnapshot().items].map(([workItemId, { pairs }]) => [
      workItemId,
      new Map(
        pairs.flatMap((pair) => (isThere(pair) && pair.reference ? [[pair.fileId, pair.reference.id]] : [])),
      ),
    ]),
  );
}
