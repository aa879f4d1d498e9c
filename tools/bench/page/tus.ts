import { Upload } from 'tus-js-client';
import { atOnce } from './at-once';
import { enter } from './enter';
import { link } from './link';
import { AUTHORIZATION } from './raw-request';

/** tus-js-client against a tus server, with a link for each uploaded file on each work item. */
enter(({ baseUrl, batches, settings }) => async (progressed) => {
  const jobs = batches.flatMap(({ workItemIds, files }) => files.map((file) => ({ workItemIds, file })));
  const links: Promise<void>[] = [];
  await atOnce(settings.atOnce ?? 6, jobs, async ({ workItemIds, file }) => {
    const url = await send(`${baseUrl}tus`, file, progressed);
    const attachment = { url, name: file.name, size: file.size };
    links.push(...workItemIds.map((id) => link(baseUrl, id, [attachment])));
  });
  await Promise.all(links);
});

function send(endpoint: string, file: File, progressed: () => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint,
      headers: AUTHORIZATION,
      metadata: { filename: file.name },
      retryDelays: null,
      // Nothing is to be kept for another visit.
      storeFingerprintForResuming: false,
      onProgress: progressed,
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
    });
    upload.start();
  });
}
