import type { AttachmentReference, LinkableAttachment } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import { nextRetry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import type { ItemLinks } from '../../upload/link/link-group';
import type { LinkOutcome } from '../../upload/link/link-attachments';
import { readComment, writeComment } from '../../upload/intake/folder-mark';
import type { UploadQueue } from '../../upload/queue/upload-queue';
import type { StoredVolume } from '../../upload/upload';
import { readVolumeComment, writeVolumeComment } from '../../upload/volumes/volume-mark';
import { volumeNames } from '../../upload/volumes/volume-names';
import type { PairOutcome, RunItem, RunPair, Uploads } from './run-state';
import { readyPairs } from './run-state';

/** Result of linking the stored files of one work item. */
export interface LinkResult {
  /** New pairs by old pairs. */
  readonly pairs: ReadonlyMap<RunPair, RunPair>;
  /** Delay before transient failures are retried, in milliseconds; `undefined` without such failures. */
  readonly retryDelayMs: number | undefined;
}

const ATTACHED: PairOutcome = { kind: 'attached' };

/** Dependencies of `linkBatch`. */
export interface LinkBatchOptions {
  /** See `GroupLinker`. */
  readonly linkGroup: (group: readonly ItemLinks[]) => Promise<ReadonlyMap<number, LinkOutcome>>;
  /** Removes attachments. @throws StaplerError */
  readonly remove: (workItemId: number, ids: readonly AttachmentReference['id'][]) => Promise<unknown>;
  readonly runtime: Runtime;
  /** Called with the first failed link of the batch; `id` identifies it among its retries. */
  readonly onFailure: UploadQueue['recordFailure'];
}

/**
 * Links all stored files of `batch` and removes the attachments they replace. Never rejects.
 *
 * @returns Results by work item.
 */
export async function linkBatch(
  batch: readonly RunItem[],
  uploads: Uploads,
  options: LinkBatchOptions,
): Promise<ReadonlyMap<number, LinkResult>> {
  const outcomes = await options.linkGroup(
    batch.map((item) => ({ workItemId: item.workItemId, attachments: linkablesOf(item, uploads) })),
  );
  const [failed] = batch.flatMap(({ workItemId }) =>
    [...(outcomes.get(workItemId)?.failures.values() ?? [])].map((error) => ({ workItemId, error })),
  );
  if (failed) options.onFailure(`link ${failed.workItemId}`, toProblem(failed.error));
  const results = new Map<number, LinkResult>();
  for (const item of batch) {
    const outcome = outcomes.get(item.workItemId);
    if (outcome) results.set(item.workItemId, await resultOf(item, uploads, outcome, options));
  }
  return results;
}

/** Returns the stored files of an item without an outcome, and the volumes of split files. */
function linkablesOf(item: RunItem, uploads: Uploads): readonly LinkableAttachment[] {
  return readyPairs(item, uploads).flatMap(({ pair, reference }) => {
    const { name, comment, uploadId, splitKey } = pair;
    if (reference.volumes) return volumesFor(pair, reference.volumes);
    return [{ reference, name, comment, splitKey, size: uploads.get(uploadId)?.file.size ?? 0 }];
  });
}

/** Returns the volumes of a file, with the name and the comment that the plan has for its work item. */
function volumesFor(
  { name, comment: stored, uploadId }: RunPair,
  volumes: readonly StoredVolume[],
): readonly LinkableAttachment[] {
  const names = volumeNames(name, volumes.length, () => false);
  const { comment, folder } = readComment(stored);
  return volumes.map((volume, index) => {
    const mark = readVolumeComment(volume.comment)?.mark;
    return {
      ...volume,
      name: names[index] ?? volume.name,
      comment: writeComment({
        comment: mark ? writeVolumeComment({ comment, mark }) : volume.comment,
        folder,
      }),
      splitKey: uploadId,
    };
  });
}

async function resultOf(
  item: RunItem,
  uploads: Uploads,
  { failures }: LinkOutcome,
  { remove, runtime }: LinkBatchOptions,
): Promise<LinkResult> {
  const pairs = new Map<RunPair, RunPair>();
  let retryDelayMs: number | undefined;
  for (const { pair, reference } of readyPairs(item, uploads)) {
    if (!failures.has(reference.id)) {
      const outcome = pair.replaces.length > 0 ? await replace(item.workItemId, pair, remove) : ATTACHED;
      pairs.set(pair, { ...pair, reference, outcome });
      continue;
    }
    const problem = toProblem(failures.get(reference.id));
    const decision = nextRetry(problem, item.attempt, runtime.random, { waitsForSignIn: true });
    if (decision.action === 'wait') {
      retryDelayMs = Math.max(retryDelayMs ?? 0, decision.delayMs);
      pairs.set(pair, { ...pair, reference });
    } else pairs.set(pair, { ...pair, reference, outcome: { kind: 'failed', phase: 'linking', problem } });
  }
  return { pairs, retryDelayMs };
}

/** Removes the replaced attachments, only now that the new one is linked. */
async function replace(
  workItemId: number,
  { replaces }: RunPair,
  remove: LinkBatchOptions['remove'],
): Promise<PairOutcome> {
  try {
    await remove(workItemId, replaces);
    return ATTACHED;
  } catch (error) {
    return { kind: 'failed', phase: 'removing', problem: toProblem(error) };
  }
}
