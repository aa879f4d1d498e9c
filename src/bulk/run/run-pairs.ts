import { MAX_ITEMS_PER_BATCH } from '../../upload/link/link-group';
import type { LinkableAttachment } from '../../azure/attachment';
import { attachmentIdOf } from '../../azure/attachment';
import type { PickedFile, UploadId } from '../../upload/upload';
import type { WorkItem } from '../../azure/work-item';
import { attachmentsOf, planTarget } from '../../azure/work-item';
import type { FileId, Plan, PlanFile, PlanPair } from '../plan/plan';
import { addTo } from '../plan/plan';
import type { UploadQueue } from '../../upload/queue/upload-queue';
import type { RunItem, RunPair, RunState, Uploads } from './run-state';
import { isThere, outcomeOf, readyReference } from './run-state';

/** So many links are made by one request at most. */
const MOST_LINKS = 2_000;

/**
 * Queues each content that the plan needs, once, and tells which upload has the bytes of which file. A work item takes
 * a reference only once (REST reference D.6): a file that is to be there beside its twin is sent for itself.
 */
export function send(
  queue: UploadQueue,
  { pairs }: Pick<Plan, 'pairs'>,
  files: readonly (PlanFile & PickedFile)[],
): ReadonlyMap<FileId, UploadId> {
  const itemsOfFile = new Map<FileId, number[]>();
  for (const { fileId, workItemId } of pairs.filter(isToBeDone)) addTo(itemsOfFile, fileId, workItemId);
  const contents = new Map<string, Shipment[]>();
  const shipments: Shipment[] = [];
  for (const file of files) {
    const { id, contentKey = id } = file;
    const workItemIds = itemsOfFile.get(id);
    if (!workItemIds) continue;
    const shared = contents.get(contentKey)?.find((shipment) => !goesToAny(shipment, workItemIds));
    const shipment = shared ?? { file, fileIds: [], workItemIds: new Set() };
    shipment.fileIds.push(id);
    for (const workItemId of workItemIds) shipment.workItemIds.add(workItemId);
    if (shared) continue;
    addTo(contents, contentKey, shipment);
    shipments.push(shipment);
  }
  const ids = queue.add(
    shipments.map(({ file }) => file),
    planTarget('run'),
  );
  return new Map(shipments.flatMap(({ fileIds }, index) => fileIds.map((id) => [id, ids[index] ?? ''])));
}

/** Bytes that are sent once, for files of the same content. */
interface Shipment {
  readonly file: PickedFile;
  readonly fileIds: FileId[];
  readonly workItemIds: Set<number>;
}

function goesToAny({ workItemIds }: Shipment, others: readonly number[]): boolean {
  return others.some((workItemId) => workItemIds.has(workItemId));
}

/** The pairs of the plan that are to be done, by work item. */
export function itemsOf(
  plan: Pick<Plan, 'pairs'>,
  uploadOf: ReadonlyMap<FileId, UploadId>,
): ReadonlyMap<number, RunItem> {
  const items = new Map<number, RunPair[]>();
  for (const pair of plan.pairs.filter(isToBeDone)) {
    const { fileId, workItemId, name, comment, fate } = pair;
    const uploadId = uploadOf.get(fileId) ?? '';
    const replaces = fate.kind === 'replace' ? fate.attachmentIds : [];
    const pairs = items.get(workItemId) ?? [];
    pairs.push({ fileId, uploadId, name, comment, replaces, reference: undefined, outcome: undefined });
    items.set(workItemId, pairs);
  }
  return new Map(
    [...items].map(([workItemId, pairs]) => [
      workItemId,
      { workItemId, pairs, status: 'waiting', attempt: 1 },
    ]),
  );
}

/** As many work items as go into one request; one at least. */
export function firstGroup(due: readonly RunItem[], uploads: Uploads): readonly RunItem[] {
  const group: RunItem[] = [];
  let links = 0;
  for (const item of due) {
    links += item.pairs.filter((pair) => readyReference(pair, uploads)).length;
    if (group.length === MAX_ITEMS_PER_BATCH || (group.length > 0 && links > MOST_LINKS)) break;
    group.push(item);
  }
  return group;
}

/** What is to be linked of an item whose bytes are stored. */
export function linkablesOf({ pairs }: RunItem, uploads: Uploads): readonly LinkableAttachment[] {
  return pairs.flatMap((pair) => {
    const reference = readyReference(pair, uploads);
    if (!reference) return [];
    const { name, comment, uploadId } = pair;
    return [{ reference, name, comment, size: uploads.get(uploadId)?.file.size ?? 0 }];
  });
}

/** Pairs of which nothing has come yet. */
export function openPairs({ items }: RunState, uploads: Uploads): ReadonlySet<RunPair> {
  return new Set(
    [...items.values()].flatMap(({ pairs }) => pairs.filter((pair) => !outcomeOf(pair, uploads))),
  );
}

/** Work items to which a link was tried. */
export function triedOn({ items }: RunState): readonly number[] {
  return [...items.values()]
    .filter(({ pairs }) => pairs.some(({ reference }) => reference))
    .map(({ workItemId }) => workItemId);
}

/** Where work items show something else than what is known of them. */
export interface Surprises {
  /** They were attached and are not there. */
  readonly lost: ReadonlySet<RunPair>;
  /** Their links have failed, as far as anybody knew, and they are there. */
  readonly found: ReadonlySet<RunPair>;
}

/** Compares what is shown with what is known. */
export function surprisesIn(shown: ReadonlyMap<number, WorkItem>, { items }: RunState): Surprises {
  const lost = new Set<RunPair>();
  const found = new Set<RunPair>();
  for (const { workItemId, pairs } of items.values()) {
    const workItem = shown.get(workItemId);
    const there = new Set(workItem && attachmentsOf(workItem).map(({ url }) => attachmentIdOf(url)));
    for (const pair of pairs) {
      if (!pair.reference) continue;
      const isShown = there.has(pair.reference.id);
      if (isThere(pair) && !isShown) lost.add(pair);
      if (!isThere(pair) && isShown) found.add(pair);
    }
  }
  return { lost, found };
}

function isToBeDone({ fate }: PlanPair): boolean {
  return fate.kind === 'attach' || fate.kind === 'replace';
}
