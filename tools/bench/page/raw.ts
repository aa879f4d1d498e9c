import { atOnce } from './at-once';
import type { Batch } from './enter';
import { enter } from './enter';
import { link, uploadUrl } from './link';
import type { Linkable } from './link';
import { sendRaw } from './raw-request';

/** The limit: as little as a page can do, each file once and as it is, one patch for each work item. */
enter(({ baseUrl, batches, settings }) => async (progressed) => {
  const count = settings.atOnce ?? 6;
  const jobs = (settings.perPair ? batches.flatMap(pairsOf) : batches).flatMap(({ workItemIds, files }) => {
    const attachments: Linkable[] = [];
    return files.map((file) => ({
      workItemIds,
      file,
      attachments,
      isComplete: () => attachments.length === files.length,
    }));
  });
  await atOnce(count, jobs, async ({ workItemIds, file, attachments, isComplete }) => {
    const answer = await sendRaw({
      method: 'POST',
      url: uploadUrl(baseUrl, settings.oneAddress ? undefined : file.name),
      contentType: 'application/octet-stream',
      body: settings.sliced ? file.slice() : file,
      onProgress: progressed,
    });
    attachments.push({ url: (answer as { url: string }).url, name: file.name, size: file.size });
    if (isComplete()) await atOnce(count, workItemIds, (id) => link(baseUrl, id, attachments));
  });
});

/** Each file and each of its work items, as if there were no others. */
function pairsOf({ workItemIds, files }: Batch): Batch[] {
  return files.flatMap((file) => workItemIds.map((id) => ({ workItemIds: [id], files: [file] })));
}
