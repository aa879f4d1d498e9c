import type { WorkItem } from '../../azure/work-item';
import { attachmentsOf } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import type { ClaimedBatch } from '../../upload/recovery/journal/claim-interrupted';
import { MAX_CLOCK_SKEW_MS } from '../../upload/recovery/drafts';
import { isStored } from '../../upload/upload-state';
import { volumeNames } from '../../upload/volumes/volume-names';
import { placesOf } from '../../upload/places';
import { fold } from '../plan/plan';
import type { PlanFile, PlanPair } from '../plan/plan';
import { isToBeAttached } from './enqueue-unique';
import type { KeptPlan } from './kept-plan';

/**
 * Returns the pairs of an interrupted run, without those that another panel may have attached. A panel that had lost
 * its journal may have finished unnoticed, and another upload would attach the files twice. Stored files are safe: the
 * link step looks for their references first.
 *
 * Unsent files are skipped if their work item has got one of the same name and size since the run began, and blocked
 * if the work items cannot be read.
 */
export async function withoutLookAlikes(
  { pairs, files, uploadOf }: KeptPlan,
  { batch, interrupted }: Pick<ClaimedBatch, 'batch' | 'interrupted'>,
  readMany: (ids: readonly number[]) => Promise<ReadonlyMap<number, WorkItem>>,
): Promise<readonly PlanPair[]> {
  const unsent = new Set(interrupted.flatMap(({ upload }) => (isStored(upload.state) ? [] : [upload.id])));
  const isUnsent = (pair: PlanPair): boolean =>
    isToBeAttached(pair) && unsent.has(uploadOf.get(pair.fileId) ?? '');
  const ids = new Set(pairs.filter(isUnsent).map(({ workItemId }) => workItemId));
  if (ids.size === 0) return pairs;
  try {
    const workItems = await readMany([...ids]);
    const fileOf = new Map(files.map((file) => [file.id, file]));
    const since = batch.addedAt - MAX_CLOCK_SKEW_MS;
    return pairs.map((pair) => {
      const workItem = isUnsent(pair) ? workItems.get(pair.workItemId) : undefined;
      return workItem && hasLookAlike(workItem, firstPart(pair.name, fileOf.get(pair.fileId)), since)
        ? { ...pair, fate: { kind: 'skip', reason: 'already-there' } }
        : pair;
    });
  } catch (error) {
    const problem = toProblem(error);
    return pairs.map((pair) => (isUnsent(pair) ? { ...pair, fate: { kind: 'blocked', problem } } : pair));
  }
}

/** Name and size of the attachment that tells of a file. */
interface FirstPart {
  readonly name: string;
  readonly size: number | undefined;
}

/** The volumes of a split file are linked together, so the first one tells of all. */
function firstPart(name: string, file: PlanFile | undefined): FirstPart {
  if (!file?.volumeBytes) return { name, size: file?.size };
  const [first = name] = volumeNames(name, placesOf(file), () => false);
  return { name: first, size: file.volumeBytes };
}

/** @param since Time in milliseconds since the epoch. An attachment without a date counts as later. */
function hasLookAlike(workItem: WorkItem, { name, size }: FirstPart, since: number): boolean {
  return attachmentsOf(workItem).some(
    (each) =>
      fold(each.name) === fold(name) &&
      each.attributes['resourceSize'] === size &&
      !(Date.parse(String(each.attributes['resourceCreatedDate'])) < since),
  );
}
