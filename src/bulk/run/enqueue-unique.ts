import { planTarget } from '../../azure/work-item';
import type { UploadQueue } from '../../upload/queue/upload-queue';
import type { PickedFile, UploadId } from '../../upload/upload';
import type { FileId, Plan, PlanFile, PlanPair } from '../plan/plan';
import { addTo } from '../plan/plan';
import type { RunItem, RunPair } from './run-state';

/** Bytes that are sent once, for files of the same content. */
interface UniqueContent {
  readonly file: PickedFile;
  readonly fileIds: FileId[];
  readonly workItemIds: Set<number>;
}

/**
 * Enqueues each content of the plan once. A work item takes a reference only once (REST reference D.6), so a file with
 * a twin on the same work item gets an upload of its own.
 *
 * @returns Upload ids by file.
 */
export function enqueueUnique(
  queue: UploadQueue,
  plan: Pick<Plan, 'pairs'>,
  files: readonly (PlanFile & PickedFile)[],
): ReadonlyMap<FileId, UploadId> {
  const contents = uniqueContentsOf(plan, files);
  const ids = queue.add(
    contents.map(({ file }) => file),
    planTarget('run'),
  );
  return new Map(contents.flatMap(({ fileIds }, index) => fileIds.map((id) => [id, ids[index] ?? ''])));
}

function uniqueContentsOf(
  { pairs }: Pick<Plan, 'pairs'>,
  files: readonly (PlanFile & PickedFile)[],
): readonly UniqueContent[] {
  const itemsOfFile = new Map<FileId, number[]>();
  for (const { fileId, workItemId } of pairs.filter(isToBeAttached)) addTo(itemsOfFile, fileId, workItemId);
  const byKey = new Map<string, UniqueContent[]>();
  const contents: UniqueContent[] = [];
  for (const file of files) {
    const { id, contentKey = id } = file;
    const workItemIds = itemsOfFile.get(id);
    if (!workItemIds) continue;
    const shared = byKey.get(contentKey)?.find((content) => !goesToAny(content, workItemIds));
    const content = shared ?? { file, fileIds: [], workItemIds: new Set() };
    content.fileIds.push(id);
    for (const workItemId of workItemIds) content.workItemIds.add(workItemId);
    if (shared) continue;
    addTo(byKey, contentKey, content);
    contents.push(content);
  }
  return contents;
}

function goesToAny({ workItemIds }: UniqueContent, others: readonly number[]): boolean {
  return others.some((workItemId) => workItemIds.has(workItemId));
}

/** Returns the files to be attached, by work item. */
export function itemsOf(
  { pairs }: Pick<Plan, 'pairs'>,
  uploadOf: ReadonlyMap<FileId, UploadId>,
): ReadonlyMap<number, RunItem> {
  const items = new Map<number, RunPair[]>();
  for (const { fileId, workItemId, name, comment, fate } of pairs.filter(isToBeAttached)) {
    const uploadId = uploadOf.get(fileId) ?? '';
    const replaces = fate.kind === 'replace' ? fate.attachmentIds : [];
    const open = { reference: undefined, outcome: undefined };
    addTo(items, workItemId, { fileId, uploadId, name, comment, replaces, ...open });
  }
  return new Map(
    [...items].map(([workItemId, itsPairs]) => [
      workItemId,
      { workItemId, pairs: itsPairs, status: 'waiting', attempt: 1 },
    ]),
  );
}

function isToBeAttached({ fate }: PlanPair): boolean {
  return fate.kind === 'attach' || fate.kind === 'replace';
}
