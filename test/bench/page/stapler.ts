import { workItemTarget } from '../../../src/model/work-item';
import { createPipeline } from '../../../src/pipeline';
import { enter } from './enter';
import { nextTask } from './next-task';
import { createFinish, createHost, sizesFor, SURROUNDINGS } from './stapler-parts';

/** Stapler's engine, without the form around it. */
enter(({ baseUrl, batches, settings }) => {
  const finish = createFinish();
  const pipeline = createPipeline({
    host: createHost(baseUrl),
    ...SURROUNDINGS,
    ...sizesFor(settings),
    mayLink: () => Promise.resolve(true),
    onLinked: finish.onLinked,
    onRefreshed: () => undefined,
  });
  return async (progressed) => {
    const count = batches.reduce((sum, { files }) => sum + files.length, 0);
    const linked = finish.until(pipeline.queue, count, progressed);
    for (const { workItemId, files } of batches) {
      await nextTask();
      pipeline.attach(await pipeline.intake.fromInput(files), workItemTarget(workItemId), 0);
    }
    await linked;
  };
});
