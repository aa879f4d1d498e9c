import type { AttachmentOfItem } from '../../azure/work-item';
import { assertWritable } from '../../azure/rest/many-work-items';
import { runSavedQuery } from '../../azure/rest/queries';
import type { Problem } from '../../base/errors';
import { retry } from '../../base/retry';
import type { FrameServices } from '../../upload/frame-services';
import type { Intake } from '../../upload/intake/intake';
import { createIntake } from '../../upload/intake/intake';
import { createAttachmentEditor } from '../../upload/link/edit-attachments';
import { createGroupLinker } from '../../upload/link/link-group';
import { createNameRepair } from '../../upload/link/repair-names';
import { followFileLimit } from '../../upload/queue/follow-file-limit';
import type { UploadQueue, UploadQueueOptions } from '../../upload/queue/upload-queue';
import { createUploadQueue } from '../../upload/queue/upload-queue';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { BatchId, Upload, UploadId } from '../../upload/upload';
import type { UploadSizes } from '../../upload/upload-transport';
import { createUploadTransport } from '../../upload/upload-transport';
import type { FileId, Plan, PlanItem, PlanPair } from '../plan/plan';
import type { BulkRun, BulkRunOptions } from './bulk-run';
import { createBulkRun } from './bulk-run';
import type { RunFile } from './enqueue-unique';
import { createUniqueUploads, itemsOf } from './enqueue-unique';
import { readPlan } from './kept-plan';
import { withoutLookAlikes } from './look-alikes';
import { planItemOf, unreadItem } from './plan-item';
import type { PlannedRun } from './planned-run';
import { createPlannedRun } from './planned-run';
import type { AttachedFiles } from './read-attached';
import { readAttached } from './read-attached';
import type { RunRecord } from './run-record';
import { createRunRecord } from './run-record';
import type { RunPair, RunState } from './run-state';
import { byId, outcomeOf } from './run-state';
import { findReadOnly } from './write-check';

/** Attaches files to many work items. */
export interface BulkService {
  readonly intake: Intake;
  /**
   * Reads work items for a plan, in the order of `ids`. Unreadable ones carry the reason.
   *
   * @throws StaplerError if none can be read.
   */
  readonly readItems: (ids: readonly number[]) => Promise<readonly PlanItem[]>;
  /** Finds work items the user may not change, with the reasons. Never rejects. */
  readonly findReadOnly: (items: readonly PlanItem[]) => Promise<ReadonlyMap<number, Problem>>;
  /** Returns the ids of the work items of a saved query. @throws StaplerError */
  readonly runQuery: (queryId: string) => Promise<readonly number[]>;
  /** See `readAttached`. @throws StaplerError */
  readonly readAttached: (wanted: readonly AttachmentOfItem[]) => Promise<AttachedFiles>;
  /** Starts a run of the plan. One run at a time. */
  readonly run: (plan: Plan, files: readonly RunFile[], items: readonly PlanItem[]) => PlannedRun;
  /**
   * Resumes the run of a closed panel: finds the attached files and sends only the missing ones.
   *
   * @returns `undefined` if another panel has taken it, or its record is unreadable.
   */
  readonly resume: (batchId: BatchId) => Promise<PlannedRun | undefined>;
  /** Discards the run of a closed panel. */
  readonly discard: (batchId: BatchId) => Promise<void>;
  /** Gives up uploads claimed by another panel. */
  readonly evict: (ids: readonly UploadId[]) => void;
}

/** Attempts to read work items or a query before the panel shows the problem; a few seconds. */
const MAX_READ_ATTEMPTS = 4;

/** Dependencies of `createBulkService`. */
export interface BulkServiceOptions {
  readonly services: FrameServices;
  readonly journal: Journal;
  /** Prefix of upload ids, unique to this frame. */
  readonly idPrefix: string;
  /** Whether the end of a run waits for a sign-in. Default: true. */
  readonly waitsForSignIn?: boolean;
  /** See `UploadQueueOptions`. */
  readonly limits?: UploadQueueOptions['limits'];
  /** See `UploadSizes`. */
  readonly sizes?: UploadSizes;
}

/** Creates a service. Its runs share the connection and the learned capabilities of the server. */
export function createBulkService(options: BulkServiceOptions): BulkService {
  const { services, journal, idPrefix, waitsForSignIn = true, limits, sizes } = options;
  const { runtime, connection, manyWorkItems } = services;
  let queue: UploadQueue | undefined;
  let runs = 0;
  const { naming, queueOptions, probe } = createUploadTransport(services, sizes);
  const editor = createAttachmentEditor(services);
  const repairNames = createNameRepair(services, naming.check);
  connection.onThrottled((delayMs) => queue?.throttle(delayMs));

  function createQueue(): UploadQueue {
    queue = createUploadQueue({
      ...queueOptions,
      probe,
      journal,
      ...(limits && { limits }),
      idPrefix: `${idPrefix}${++runs}-`,
    });
    followFileLimit(queue, services.fileLimit);
    return queue;
  }

  /** @param verifyFirst Whether another panel may have tried the links before. */
  function start(
    own: UploadQueue,
    items: BulkRunOptions['items'],
    record: RunRecord,
    verifyFirst: boolean,
  ): BulkRun {
    const groups = createGroupLinker(services, { verifyFirst });
    return createBulkRun({
      items,
      queue: own,
      onOver(state) {
        if (isOverForGood(state, own.getSnapshot())) record.dismiss(own.getSnapshot());
      },
      async linkGroup(group) {
        // Flush first: another panel must not send linked files again.
        await journal.whenFlushed(idsOf(own.getSnapshot()));
        const outcomes = new Map(await groups.linkGroup(group));
        for (const { workItemId, attachments } of group) {
          const outcome = outcomes.get(workItemId);
          if (outcome) outcomes.set(workItemId, await repairNames(workItemId, attachments, outcome));
        }
        return outcomes;
      },
      remove: editor.remove,
      readMany: manyWorkItems.readMany,
      waitsForSignIn,
      runtime,
    });
  }

  /** Retries a read for a few seconds; the panel offers to try again after that. */
  function patiently<T>(read: () => Promise<T>): Promise<T> {
    return retry(read, { runtime, maxAttempts: MAX_READ_ATTEMPTS });
  }

  async function readItems(ids: readonly number[]): Promise<readonly PlanItem[]> {
    const found = await patiently(() => manyWorkItems.readMany(ids));
    return ids.map((id) => {
      const workItem = found.get(id);
      return workItem
        ? planItemOf(workItem, services.getAttachmentLimit())
        : unreadItem(id, { kind: 'work-item-missing' });
    });
  }

  const reads: Pick<BulkService, 'readItems' | 'findReadOnly'> = {
    readItems,
    findReadOnly: (items) => findReadOnly(items, (item) => assertWritable(connection, item)),
  };

  return {
    intake: createIntake(runtime),

    ...reads,
    runQuery: (queryId) => patiently(() => runSavedQuery(connection, queryId)),
    readAttached: (wanted) => patiently(() => readAttached(wanted, manyWorkItems.readMany)),

    run(plan, files, items) {
      const own = createQueue();
      const uploads = createUniqueUploads(own);
      const uploadOf = uploads.enqueue(plan.pairs, files);
      const record = createRunRecord(journal);
      record.add({ pairs: plan.pairs, uploadOf }, own.getSnapshot(), { files, items });
      const run = start(own, itemsOf(plan, uploadOf), record, false);
      return createPlannedRun({ ...reads, run, files, uploads, record }, plan.pairs, items);
    },

    async resume(batchId) {
      const [claimed] = await journal.claim([batchId]);
      if (!claimed) return undefined;
      const kept = claimed.note && (await readPlan(claimed.note));
      if (!kept) {
        journal.discard(idsOf(claimed.batch.uploads));
        return undefined;
      }
      const { files, items, uploadOf } = kept;
      const pairs = await withoutLookAlikes(kept, claimed, manyWorkItems.readMany);
      const own = createQueue();
      const needed = uploadsOf(pairs, uploadOf);
      own.restore(claimed.interrupted.filter(({ upload }) => needed.has(upload.id)));
      journal.discard(idsOf(claimed.batch.uploads).filter((id) => !needed.has(id)));
      const uploads = createUniqueUploads(own, { pairs, uploadOf });
      const record = createRunRecord(journal);
      record.restore(batchId, { pairs, uploadOf });
      const run = start(own, itemsOf({ pairs }, uploadOf), record, true);
      return createPlannedRun({ ...reads, run, files, uploads, record }, pairs, items);
    },

    async discard(batchId) {
      const claimed = await journal.claim([batchId]);
      journal.discard(claimed.flatMap(({ batch }) => idsOf(batch.uploads)));
    },

    evict: (ids) => queue?.evict(ids),
  };
}

function idsOf(uploads: readonly Pick<Upload, 'id'>[]): readonly UploadId[] {
  return uploads.map(({ id }) => id);
}

/** Returns the uploads with a file to attach, now or in a retry. */
function uploadsOf(
  pairs: readonly PlanPair[],
  uploadOf: ReadonlyMap<FileId, UploadId>,
): ReadonlySet<UploadId | undefined> {
  return new Set(pairs.flatMap(({ fate, fileId }) => (fate.kind === 'skip' ? [] : [uploadOf.get(fileId)])));
}

/** Whether a retry is pointless: the run was canceled, or has no failures. */
function isOverForGood(state: RunState, uploads: readonly Upload[]): boolean {
  if (state.phase !== 'over') return false;
  const known = byId(uploads);
  const isDone = (pair: RunPair): boolean => outcomeOf(pair, known)?.kind !== 'failed';
  return (
    state.activePhase === 'cancelling' || [...state.items.values()].every(({ pairs }) => pairs.every(isDone))
  );
}
