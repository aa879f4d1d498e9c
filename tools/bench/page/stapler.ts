import { MAX_FILE_BYTES, workItemTarget } from '../../../src/azure/work-item';
import type { PickedFile } from '../../../src/upload/upload';
import type { UploadService } from '../../../src/upload/upload-service';
import { createUploadService } from '../../../src/upload/upload-service';
import { volumeBytesFor } from '../../../src/upload/volumes/volume-plan';
import { enter, singly } from './enter';
import { nextTask } from './next-task';
import { createBenchJournal } from './stapler-journal';
import { createFinish, createHost, createServices, sizesFor } from './stapler-parts';

/** Stapler's engine, without the form around it. */
enter(async ({ baseUrl, batches, settings }) => {
  const finish = createFinish();
  const host = createHost(baseUrl);
  const { journal, ready } = createBenchJournal(settings, (ids) => pipeline.queue.evict(ids));
  const pipeline: UploadService = createUploadService({
    host,
    services: createServices(host, settings),
    ...sizesFor(settings),
    journal,
    canLink: () => Promise.resolve(true),
    onLinked: finish.onLinked,
    onRefreshed: () => undefined,
  });
  await journal.open('bench');
  await ready();
  return async (progressed) => {
    const count = batches.reduce((sum, { files }) => sum + files.length, 0);
    const linked = finish.until(pipeline.queue, count, progressed);
    for (const { workItemId, files } of singly(batches)) {
      await nextTask();
      const picked = await pipeline.intake.fromInput(files);
      const accepted = settings.isSplit ? picked.accepted.map(inVolumes) : picked.accepted;
      pipeline.attach({ ...picked, accepted }, workItemTarget(workItemId), 0);
    }
    await linked;
  };
});

/** As the question about a file over the limit is answered with parts. */
function inVolumes(file: PickedFile): PickedFile {
  return { ...file, volumeBytes: volumeBytesFor(MAX_FILE_BYTES) };
}
