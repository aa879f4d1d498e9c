import type { Journal } from '../../upload/recovery/journal/journal';
import type { BatchId, Upload, UploadId } from '../../upload/upload';
import type { FileId, PlanFile, PlanItem, PlanPair } from '../plan/plan';
import { addTo, keyOfPair } from '../plan/plan';
import { writePlan } from './kept-plan';

/** A work item of a plan, as named in the report. */
export type PlannedItem = Pick<PlanItem, 'id' | 'type' | 'title'>;

/** Pairs with their uploads. */
export interface RecordedPairs {
  readonly pairs: readonly PlanPair[];
  readonly uploadOf: ReadonlyMap<FileId, UploadId>;
}

/** Facts for the report of a resumed run. */
export interface ReportFacts {
  readonly files: readonly PlanFile[];
  readonly items: readonly PlannedItem[];
}

/** Record of a run in the journal: the plan beside each batch of its uploads. */
export interface RunRecord {
  /** Sets the plan that a batch has in the journal already. */
  readonly restore: (batchId: BatchId, plan: RecordedPairs) => void;
  /**
   * Records more pairs with the batches of their uploads: the files alone would be useless.
   *
   * @param uploads All uploads of the run.
   */
  readonly add: (added: RecordedPairs, uploads: readonly Upload[], facts: ReportFacts) => void;
  /** Removes the record. */
  readonly dismiss: (uploads: readonly Upload[]) => void;
}

/** Creates the record of a run. */
export function createRunRecord(
  journal: Pick<Journal, 'create' | 'whenCreated' | 'annotate' | 'discard'>,
): RunRecord {
  const plans = new Map<BatchId, RecordedPairs>();
  const dismissed = new Set<UploadId>();

  async function write(batch: readonly Upload[], batchId: BatchId, note: () => Blob): Promise<void> {
    await journal.whenCreated(idsOf(batch));
    await journal.annotate(batchId, note());
  }

  return {
    restore: (batchId, plan) => void plans.set(batchId, plan),

    add({ pairs, uploadOf }, uploads, { files, items }) {
      const used = new Set(uploadOf.values());
      for (const [batchId, batch] of byBatch(uploads.filter(({ id }) => used.has(id)))) {
        // Stored files of a finished run are to be linked again.
        const unrecorded = batch.filter(({ id }) => dismissed.delete(id));
        if (unrecorded.length > 0) journal.create(unrecorded, new Map());
        const plan = merged(plans.get(batchId), { pairs, uploadOf }, new Set(idsOf(batch)));
        plans.set(batchId, plan);
        void write(batch, batchId, () => writePlan(plan, files, items, plan.uploadOf));
      }
    },

    dismiss(uploads) {
      const ids = idsOf(uploads);
      plans.clear();
      for (const id of ids) dismissed.add(id);
      journal.discard(ids);
    },
  };
}

/** Adds the pairs of these uploads, and those without one, to a plan. Each file keeps its upload there. */
function merged(
  before: RecordedPairs = { pairs: [], uploadOf: new Map() },
  { pairs, uploadOf }: RecordedPairs,
  ids: ReadonlySet<UploadId>,
): RecordedPairs {
  const after = new Map(before.uploadOf);
  const added = pairs.filter(({ fileId }) => {
    const id = uploadOf.get(fileId);
    if (id === undefined) return true;
    if (!ids.has(id) || (after.get(fileId) ?? id) !== id) return false;
    after.set(fileId, id);
    return true;
  });
  if (before.pairs.length === 0) return { pairs: added, uploadOf: after };
  const keys = new Set(added.map(keyOfPair));
  return { pairs: [...before.pairs.filter((pair) => !keys.has(keyOfPair(pair))), ...added], uploadOf: after };
}

function byBatch(uploads: readonly Upload[]): ReadonlyMap<BatchId, readonly Upload[]> {
  const batches = new Map<BatchId, Upload[]>();
  for (const upload of uploads) addTo(batches, upload.batchId, upload);
  return batches;
}

function idsOf(uploads: readonly Pick<Upload, 'id'>[]): readonly UploadId[] {
  return uploads.map(({ id }) => id);
}
