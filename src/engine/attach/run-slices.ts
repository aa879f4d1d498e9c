import type { AttachmentReference } from '../../azure/work-item';
import type { FileId, PlanItem, PlanPair } from '../../bulk/plan/plan';
import type { ReportRow } from '../../bulk/plan/report';
import type { BulkService } from '../../bulk/run/bulk-service';
import type { RunFile } from '../../bulk/run/enqueue-unique';
import { isToBeAttached } from '../../bulk/run/enqueue-unique';
import type { PlannedRun } from '../../bulk/run/planned-run';
import { reportOfRun } from '../../bulk/run/run-facts';
import { byId, isThere } from '../../bulk/run/run-state';

/** Files of one run. The journal is written for each run, and its state is kept in memory. */
const MAX_PAIRS_PER_RUN = 2_000;

/** Rows of a run after its end, and the attachments that it made. */
export interface FinishedRun {
  readonly rows: readonly ReportRow[];
  readonly attached: ReadonlyMap<PlanPair['workItemId'], ReadonlyMap<FileId, string>>;
}

/** A plan and what it needs to run. */
export interface PlannedWork {
  readonly pairs: readonly PlanPair[];
  readonly files: readonly RunFile[];
  readonly items: readonly PlanItem[];
}

/**
 * Runs a plan in slices of whole work items, one after the other. A file that an earlier slice has sent is only linked.
 *
 * @param untilOver Waits for the end of a run.
 * @returns A row for each pair.
 */
export async function runSlices(
  service: Pick<BulkService, 'run'>,
  { pairs, files, items }: PlannedWork,
  untilOver: (run: PlannedRun) => Promise<void>,
): Promise<FinishedRun> {
  const stored = new Map<FileId, AttachmentReference>();
  const rows: ReportRow[] = [];
  const attached = new Map<number, ReadonlyMap<FileId, string>>();
  for (const slice of slicesOf(pairs)) {
    const ids = new Set(slice.map(({ workItemId }) => workItemId));
    const needed = new Set(slice.map(({ fileId }) => fileId));
    const planned = service.run(
      { pairs: slice, unmatched: [], unusedRows: [] },
      files.filter(({ id }) => needed.has(id)).map((file) => withReference(file, stored.get(file.id))),
      items.filter(({ id }) => ids.has(id)),
    );
    await untilOver(planned);
    const finished = finishedRun(planned);
    rows.push(...finished.rows);
    // A work item is in one slice only.
    for (const [workItemId, ofItem] of finished.attached) attached.set(workItemId, ofItem);
    for (const [fileId, reference] of referencesOf(planned)) stored.set(fileId, reference);
    planned.dismiss();
  }
  return { rows, attached };
}

/** Reads the result of a run. */
export function finishedRun(planned: PlannedRun): FinishedRun {
  const { run } = planned;
  const state = run.getSnapshot();
  return {
    rows: reportOfRun(planned, state, byId(run.queue.getSnapshot())),
    attached: new Map(
      [...state.items].map(([workItemId, { pairs }]) => [
        workItemId,
        new Map(
          pairs.flatMap((pair) =>
            isThere(pair) && pair.reference ? [[pair.fileId, pair.reference.id]] : [],
          ),
        ),
      ]),
    ),
  };
}

/** References of the attached files of a run. */
function referencesOf({ run }: PlannedRun): ReadonlyMap<FileId, AttachmentReference> {
  const references = new Map<FileId, AttachmentReference>();
  for (const { pairs } of run.getSnapshot().items.values())
    for (const pair of pairs)
      if (isThere(pair) && pair.reference) references.set(pair.fileId, pair.reference);
  return references;
}

function withReference(file: RunFile, reference: AttachmentReference | undefined): RunFile {
  return reference ? { ...file, reference } : file;
}

/** Cuts a plan between work items. */
function slicesOf(pairs: readonly PlanPair[]): readonly (readonly PlanPair[])[] {
  const byItem = new Map<number, PlanPair[]>();
  for (const pair of pairs) {
    const list = byItem.get(pair.workItemId);
    if (list) list.push(pair);
    else byItem.set(pair.workItemId, [pair]);
  }
  const slices: PlanPair[][] = [];
  let count = Infinity;
  for (const ofItem of byItem.values()) {
    const links = ofItem.filter(isToBeAttached).length;
    if (count + links > MAX_PAIRS_PER_RUN) {
      slices.push([]);
      count = 0;
    }
    slices.at(-1)?.push(...ofItem);
    count += links;
  }
  return slices;
}
