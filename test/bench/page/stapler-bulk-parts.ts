import type { BulkPipeline, PlannedRun } from '../../../src/bulk/bulk-pipeline';
import { createBulkPipeline } from '../../../src/bulk/bulk-pipeline';
import { outcomeOf } from '../../../src/bulk/run-state';
import type { Batch, Work } from './enter';
import type { BenchJournal } from './stapler-journal';
import { createBenchJournal } from './stapler-journal';
import { createHost, SURROUNDINGS } from './stapler-parts';

/** The path to many work items, with the journal that it writes to. */
export interface BulkParts extends BenchJournal {
  readonly host: ReturnType<typeof createHost>;
  readonly pipeline: BulkPipeline;
}

/** Such a path, as the bulk panel makes it. */
export function createBulkParts({ baseUrl, settings }: Work): BulkParts {
  const host = createHost(baseUrl);
  const { journal, ready } = createBenchJournal(settings, (ids) => pipeline.letGo(ids));
  const pipeline: BulkPipeline = createBulkPipeline({ host, ...SURROUNDINGS, journal, idPrefix: '' });
  return { host, pipeline, journal, ready };
}

/** The one batch that there is. */
export function onlyBatch({ batches }: Work): Batch {
  const [batch, ...others] = batches;
  if (!batch || others.length > 0) throw new Error('The bulk panel has one plan at a time.');
  return batch;
}

/** Resolves when a run is over and has attached everything; it is told of progress. */
export function untilOver({ run }: PlannedRun, progressed: () => void): Promise<void> {
  let bytesBefore = 0;
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const state = run.getSnapshot();
      if (state.phase !== 'over') return;
      const uploads = new Map(run.queue.getSnapshot().map((upload) => [upload.id, upload]));
      const failed = [...state.items.values()]
        .flatMap(({ pairs }) => pairs.map((pair) => outcomeOf(pair, uploads, state)))
        .find((outcome) => outcome?.kind !== 'attached');
      if (failed) reject(new Error(`Failed: ${JSON.stringify(failed)}`));
      else resolve();
    };
    run.subscribe(() => {
      progressed();
      look();
    });
    run.queue.subscribe(() => {
      const bytes = run.queue.getSnapshot().reduce((sum, { progress }) => sum + progress.bytesSent, 0);
      if (bytes > bytesBefore) progressed();
      bytesBefore = bytes;
    });
  });
}
