import { createBulkRun } from '../../src/bulk/run/bulk-run';
import { createUniqueUploads, itemsOf } from '../../src/bulk/run/enqueue-unique';
import { outcomeOf } from '../../src/bulk/run/run-state';
import { createAttachmentEditor } from '../../src/upload/link/edit-attachments';
import { createGroupLinker } from '../../src/upload/link/link-group';
import type { PickedFile } from '../../src/upload/upload';
import type { Plan, PlanFile, PlannedAction, PlanPair } from '../../src/bulk/plan/plan';
import { servicesForMany } from './frame-services';
import type { ModelService } from './model-service';
import type { TestQueue, TestQueueOptions } from './upload-queue';
import { createTestQueue } from './upload-queue';
import { pickedFile } from './uploads';

/** A dropped file whose id is its name. */
export function planFile(name: string, contentKey?: string): PlanFile & PickedFile {
  return { ...pickedFile(name), id: name, ...(contentKey !== undefined && { contentKey }) };
}

/** A pair to be attached under the name of its file. */
export function pair(fileId: string, workItemId: number, fate: PlannedAction = { kind: 'attach' }): PlanPair {
  return { fileId, workItemId, name: fileId, comment: '', fate };
}

/** A plan of these pairs. */
export function planOfPairs(...pairs: readonly PlanPair[]): Plan {
  return { pairs, unmatched: [], unusedRows: [] };
}

/** A run against a service in memory. The test finishes its uploads. */
export function beginRun(
  service: ModelService,
  files: readonly (PlanFile & PickedFile)[],
  plan: Plan,
  options: TestQueueOptions = {},
) {
  const test: TestQueue = createTestQueue(options);
  const { runtime } = test;
  const services = servicesForMany(service, runtime);
  const groups = createGroupLinker(services);
  const editor = createAttachmentEditor(services);
  const run = createBulkRun({
    items: itemsOf(plan, createUniqueUploads(test.queue).enqueue(plan.pairs, files)),
    queue: test.queue,
    linkGroup: groups.linkGroup,
    remove: editor.remove,
    readMany: service.readMany,
    onOver: () => undefined,
    runtime,
  });

  /** `a@7 attached`, `b@8 failed linking network`: each pair, in the order of the work items. */
  function outcomes(): string[] {
    const state = run.getSnapshot();
    const uploads = new Map(test.queue.getSnapshot().map((upload) => [upload.id, upload]));
    return [...state.items.values()].flatMap(({ workItemId, pairs }) =>
      pairs.map((each) => {
        const outcome = outcomeOf(each, uploads);
        const why = outcome?.kind === 'failed' ? ` ${outcome.phase} ${outcome.problem.kind}` : '';
        return `${each.fileId}@${workItemId} ${outcome?.kind ?? 'open'}${why}`;
      }),
    );
  }

  return { ...test, run, outcomes };
}
