import pLimit from 'p-limit';
import { readAttachment } from '../../azure/rest/attachments';
import { memoize } from '../../base/memoize';
import { retry } from '../../base/retry';
import type { FileId, PlanAttachment, PlanInput, PlanItem, PlanPair } from '../../bulk/plan/plan';
import { addTo, fold } from '../../bulk/plan/plan';
import type { RunFile } from '../../bulk/run/enqueue-unique';
import { withoutNumber } from '../../upload/intake/attachment-name';
import type { Engine } from '../engine';
import { sha256Of } from './hash-file';

/** Largest attachment that is downloaded to be compared, in bytes: the limit of Azure DevOps Services. */
const MAX_COMPARED_BYTES = 60_000_000;

/** Downloads at a time. Each is held in memory. */
const MAX_PARALLEL_READS = 2;

/** Attachments that files of a plan are already, by work item and file: see `PlanInput`. */
export type Attached = NonNullable<PlanInput['attached']>;

/**
 * Finds the files of a plan that their work items have already: under the same name, numbers aside, and with the same
 * SHA-256. The hash of an attachment is known if this computer has attached it. Otherwise one of the same size is
 * downloaded; beyond 60 MB, the same name and size have to suffice.
 *
 * @throws StaplerError if an attachment cannot be read.
 */
export async function findAttached(
  { services, contents }: Pick<Engine, 'services' | 'contents'>,
  pairs: readonly Pick<PlanPair, 'workItemId' | 'fileId' | 'name'>[],
  files: readonly RunFile[],
  items: readonly PlanItem[],
): Promise<Attached> {
  const { connection, runtime } = services;
  const fileOf = new Map(files.map((file) => [file.id, file]));
  const hashOf = memoize((id: FileId) => sha256Of(fileOf.get(id)?.source ?? new Blob()));
  const limit = pLimit(MAX_PARALLEL_READS);

  const hashOfAttachment = memoize(async (id: string) => {
    const known = contents.find(id);
    if (known) return known.sha256;
    return limit(async () => {
      const read = (): Promise<Blob> =>
        readAttachment(connection, { id, url: '' }, new AbortController().signal);
      const sha256 = await sha256Of(await retry(read, { runtime }));
      return sha256;
    });
  });

  async function isSame(file: RunFile, { attachmentId, name, size }: PlanAttachment): Promise<boolean> {
    const known = contents.find(attachmentId);
    if (known && known.size !== file.size) return false;
    if (!known && !Number.isNaN(size) && size !== file.size) return false;
    if (!known && file.size > MAX_COMPARED_BYTES) return fold(name) === fold(file.name);
    return (await hashOfAttachment(attachmentId)) === (await hashOf(file.id));
  }

  const byName = new Map(items.map((item) => [item.id, attachmentsByName(item)]));
  const found = new Map<number, Map<FileId, string>>();
  await Promise.all(
    pairs.map(async ({ workItemId, fileId, name }) => {
      const file = fileOf.get(fileId);
      if (!file?.source) return;
      const namesakes = byName.get(workItemId)?.get(keyOf(name)) ?? [];
      for (const attachment of namesakes) {
        if (!(await isSame({ ...file, name }, attachment))) continue;
        const ofItem = found.get(workItemId) ?? new Map<FileId, string>();
        found.set(workItemId, ofItem.set(fileId, attachment.attachmentId));
        return;
      }
    }),
  );
  return found;
}

function attachmentsByName({ attachments }: PlanItem): ReadonlyMap<string, readonly PlanAttachment[]> {
  const byName = new Map<string, PlanAttachment[]>();
  for (const attachment of attachments) addTo(byName, keyOf(attachment.name), attachment);
  return byName;
}

function keyOf(name: string): string {
  return fold(withoutNumber(name));
}
