import { planTarget } from '../../azure/work-item';
import type { UploadQueue } from '../../upload/queue/upload-queue';
import type { PickedFile, StoredFile, UploadId } from '../../upload/upload';
import { splitKeyOf } from '../../upload/volumes/volume-sets';
import type { FileId, Plan, PlanFile, PlanPair } from '../plan/plan';
import { addTo } from '../plan/plan';
import type { RunItem, RunPair } from './run-state';

/** A file of a run, with its bytes or a reference. A resumed run has neither beside those of its uploads. */
export type RunFile = PlanFile & Partial<Pick<PickedFile, 'source'>>;

/** Bytes that are sent once, for files of the same content. */
interface UniqueContent {
  readonly workItemIds: Set<number>;
  /** `undefined` until it is enqueued. */
  uploadId: UploadId | undefined;
}

/** Content to be enqueued, with its files. */
interface NewContent extends UniqueContent {
  readonly file: PickedFile | StoredFile;
}

/** Uploads of a run, one for each content. */
export interface UniqueUploads {
  /**
   * Enqueues the contents of the pairs to be attached, unless they have an upload. A work item takes a reference only
   * once (REST reference D.6), so a file with a twin on the same work item gets an upload of its own.
   *
   * @returns Upload ids by file, for these pairs.
   */
  readonly enqueue: (pairs: readonly PlanPair[], files: readonly RunFile[]) => ReadonlyMap<FileId, UploadId>;
  /** Whether a file has bytes to send, a reference or an upload. */
  readonly canAttach: (file: RunFile) => boolean;
}

/**
 * Creates the uploads of a run.
 *
 * @param restored Uploads of a resumed run in the queue, by file, with the pairs they are for.
 */
export function createUniqueUploads(
  queue: Pick<UploadQueue, 'add' | 'find'>,
  restored: {
    readonly pairs: readonly PlanPair[];
    readonly uploadOf: ReadonlyMap<FileId, UploadId>;
  } = { pairs: [], uploadOf: new Map() },
): UniqueUploads {
  const byKey = new Map<string, UniqueContent[]>();
  addRestored();

  function addRestored(): void {
    const byUpload = new Map<UploadId, UniqueContent>();
    const itemsOfFile = itemsByFile(restored.pairs);
    for (const [fileId, uploadId] of restored.uploadOf) {
      const content = byUpload.get(uploadId) ?? { uploadId, workItemIds: new Set() };
      byUpload.set(uploadId, content);
      for (const workItemId of itemsOfFile.get(fileId) ?? []) content.workItemIds.add(workItemId);
      addTo(byKey, fileId, content);
    }
  }

  /** Contents of a file that can be linked, now or after a retry. */
  function contentsOf(file: PlanFile): readonly UniqueContent[] {
    return (byKey.get(keyOf(file)) ?? []).filter(({ uploadId }) => {
      if (uploadId === undefined) return true;
      const upload = queue.find(uploadId);
      return upload !== undefined && upload.state.status !== 'cancelled';
    });
  }

  return {
    enqueue(pairs, files) {
      const itemsOfFile = itemsByFile(pairs);
      const added: NewContent[] = [];
      const contentOf = new Map<FileId, UniqueContent>();
      for (const file of files) {
        const workItemIds = itemsOfFile.get(file.id);
        if (!workItemIds) continue;
        let content = contentsOf(file).find((each) => !goesToAny(each, workItemIds));
        const toAdd = content ? undefined : addable(file);
        if (toAdd) {
          const created = { file: toAdd, uploadId: undefined, workItemIds: new Set<number>() };
          added.push(created);
          addTo(byKey, keyOf(file), created);
          content = created;
        }
        if (!content) continue;
        contentOf.set(file.id, content);
        for (const workItemId of workItemIds) content.workItemIds.add(workItemId);
      }
      if (added.length > 0) {
        const ids = queue.add(
          added.map(({ file }) => file),
          planTarget('run'),
        );
        for (const [index, content] of added.entries()) content.uploadId = ids[index];
      }
      return new Map([...contentOf].map(([fileId, { uploadId = '' }]) => [fileId, uploadId]));
    },

    canAttach: (file) => addable(file) !== undefined || contentsOf(file).length > 0,
  };
}

/** Returns the file for the queue; `undefined` without bytes and reference. */
function addable(file: RunFile): PickedFile | StoredFile | undefined {
  const { name, size, folder, source, reference, volumeBytes } = file;
  if (reference) return { name, size, folder, reference };
  return source && { name, size, folder, source, volumeBytes };
}

/** A split file shares no upload with the whole one. */
function keyOf({ id, contentKey, volumeBytes }: PlanFile): string {
  if (contentKey === undefined) return id;
  return volumeBytes ? `${contentKey} ${volumeBytes}` : contentKey;
}

function itemsByFile(pairs: readonly PlanPair[]): ReadonlyMap<FileId, readonly number[]> {
  const items = new Map<FileId, number[]>();
  for (const { fileId, workItemId } of pairs.filter(isToBeAttached)) addTo(items, fileId, workItemId);
  return items;
}

function goesToAny({ workItemIds }: UniqueContent, others: readonly number[]): boolean {
  return others.some((workItemId) => workItemIds.has(workItemId));
}

const NOTHING: RunPair['replaces'] = [];

/** Returns the files to be attached, by work item. */
export function itemsOf(
  { pairs }: Pick<Plan, 'pairs'>,
  uploadOf: ReadonlyMap<FileId, UploadId>,
): ReadonlyMap<number, RunItem> {
  const items = new Map<number, RunPair[]>();
  for (const { fileId, workItemId, name, comment, fate } of pairs.filter(isToBeAttached)) {
    const uploadId = uploadOf.get(fileId) ?? '';
    const replaces = fate.kind === 'replace' ? fate.attachmentIds : NOTHING;
    const splitKey = splitKeyOf(comment);
    addTo(items, workItemId, {
      ...{ fileId, uploadId, name, comment, replaces, reference: undefined, outcome: undefined },
      ...(splitKey !== undefined && { splitKey }),
    });
  }
  return new Map(
    [...items].map(([workItemId, itsPairs]) => [
      workItemId,
      { workItemId, pairs: itsPairs, status: 'waiting', attempt: 1 },
    ]),
  );
}

/** Whether a pair is to be attached by the run. */
export function isToBeAttached({ fate }: PlanPair): boolean {
  return fate.kind === 'attach' || fate.kind === 'replace';
}
