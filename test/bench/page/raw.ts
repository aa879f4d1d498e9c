import { atOnce } from './at-once';
import { enter } from './enter';
import { link, uploadUrl } from './link';
import type { Linkable } from './link';
import { sendRaw } from './raw-request';

/** The limit: as little as a page can do, the files as they are, one patch for each work item. */
enter(({ baseUrl, batches, settings }) => async (progressed) => {
  const jobs = batches.flatMap(({ workItemId, files }) => {
    const attachments: Linkable[] = [];
    return files.map((file) => ({
      workItemId,
      file,
      attachments,
      isComplete: () => attachments.length === files.length,
    }));
  });
  await atOnce(settings.atOnce ?? 6, jobs, async ({ workItemId, file, attachments, isComplete }) => {
    const answer = await sendRaw({
      method: 'POST',
      url: uploadUrl(baseUrl, settings.oneAddress ? undefined : file.name),
      contentType: 'application/octet-stream',
      body: file,
      onProgress: progressed,
    });
    attachments.push({ url: (answer as { url: string }).url, name: file.name, size: file.size });
    if (isComplete()) await link(baseUrl, workItemId, attachments);
  });
});
