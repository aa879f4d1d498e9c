import type { BulkService } from '../../../src/bulk/run/bulk-service';
import { createBulkService } from '../../../src/bulk/run/bulk-service';
import type { PlannedRun } from '../../../src/bulk/run/planned-run';
import { outcomeOf } from '../../../src/bulk/run/run-state';
import type { Host } from '../../../src/azure/host/host';
import type { HttpStack } from '../../../src/azure/rest/http-stack';
import type { Phase } from './contract';
import type { Batch, Work } from './enter';
import type { BenchJournal } from './stapler-journal';
import { createBenchJournal } from './stapler-journal';
import { createHost, createServices } from './stapler-parts';
import { xhrHttpStack } from '../../../src/azure/rest/xhr-http-stack';

/** Engine for many work items, with its journal. */
export interface BulkParts extends BenchJournal {
  readonly host: Host;
  readonly service: BulkService;
  /** Resolves when a run is over and has attached everything; it is told of progress. */
  readonly untilOver: (
    planned: PlannedRun,
    progressed: () => void,
    begins: (phase: Phase) => void,
  ) => Promise<void>;
}

/** Such a path, as the bulk panel makes it. */
export function createBulkParts({ baseUrl, settings }: Work): BulkParts {
  const host = createHost(baseUrl);
  const { journal, ready } = createBenchJournal(settings, (ids) => service.evict(ids));
  let look: () => void = () => undefined;
  const stack: HttpStack = {
    async send(request) {
      try {
        return await xhrHttpStack.send(request);
      } finally {
        // A run ends with the answer to its last caller, before the screen is updated.
        setTimeout(() => look());
      }
    },
  };
  const service: BulkService = createBulkService({
    services: createServices(host, { stack }),
    journal,
    idPrefix: '',
  });
  return {
    host,
    service,
    journal,
    ready,
    untilOver: (planned, progressed, begins) =>
      new Promise((resolve, reject) => {
        let isChecking = false;
        look = () => {
          const { phase } = planned.run.getSnapshot();
          if (phase !== 'running' && !isChecking) begins('checking');
          isChecking = phase !== 'running';
          const failure = failureOf(planned);
          if (failure !== undefined) reject(new Error(`Failed: ${failure}`));
          else if (phase === 'over') resolve();
        };
        watchProgress(planned, progressed);
        planned.run.subscribe(look);
      }),
  };
}

/** The only batch. */
export function onlyBatch({ batches }: Work): Batch {
  const [batch, ...others] = batches;
  if (!batch || others.length > 0) throw new Error('The bulk panel has one plan at a time.');
  return batch;
}

function watchProgress({ run }: PlannedRun, progressed: () => void): void {
  let bytesBefore = 0;
  run.subscribe(progressed);
  run.queue.subscribe(() => {
    const bytes = run.queue.getSnapshot().reduce((sum, { progress }) => sum + progress.bytesSent, 0);
    if (bytes > bytesBefore) progressed();
    bytesBefore = bytes;
  });
}

/** Files without an attachment at the end; `undefined` before it, or without such files. */
function failureOf({ run }: PlannedRun): string | undefined {
  const state = run.getSnapshot();
  if (state.phase !== 'over') return undefined;
  const uploads = new Map(run.queue.getSnapshot().map((upload) => [upload.id, upload]));
  const outcomes = [...state.items.values()].flatMap(({ pairs }) =>
    pairs.map((pair) => outcomeOf(pair, uploads)),
  );
  const failed = outcomes.find((outcome) => outcome?.kind !== 'attached');
  return failed && JSON.stringify(failed);
}
