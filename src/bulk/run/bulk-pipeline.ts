import { createIntake } from '../../upload/intake/intake';
import type { Intake } from '../../upload/intake/intake';
import { createAttachmentEditor } from '../../upload/link/edit-attachments';
import { createGroupLinker } from '../../upload/link/link-group';
import type { FrameServices } from '../../upload/frame-services';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { Problem } from '../../base/errors';
import type { BatchId, PickedFile, Upload, UploadId } from '../../upload/upload';
import type { Plan, PlanFile, PlanItem } from '../plan/plan';
import type { UploadQueue } from '../../upload/queue/upload-queue';
import { createUploadQueue } from '../../upload/queue/upload-queue';
import { assertWritable } from '../../azure/rest/many-work-items';
import { runSavedQuery } from '../../azure/rest/queries';
import { createUploadTransport } from '../../upload/upload-transport';
import type { BulkRun, BulkRunOptions } from './bulk-run';
import { createBulkRun } from './bulk-run';
import { readPlan, writePlan } from './kept-plan';
import { planItemOf, unreadItem } from './plan-item';
import { itemsOf, send } from './run-pairs';
import type { RunPair, RunState } from './run-state';
import { outcomeOf } from './run-state';
import { findClosed } from './write-check';

/** The path from files to many work items. */
export interface BulkPipeline {
  readonly intake: Intake;
  /**
   * The work items as a plan looks at them, in the order of `ids`; those that cannot be read carry the reason.
   *
   * @throws StaplerError where nothing can be read at all.
   */
  readonly readItems: (ids: readonly number[]) => Promise<readonly PlanItem[]>;
  /** Those of the items that this person may not change, and why. Never rejects. */
  readonly findClosed: (items: readonly PlanItem[]) => Promise<ReadonlyMap<number, Problem>>;
  /** Numbers of the work items that a saved query finds. @throws StaplerError */
  readonly runQuery: (queryId: string) => Promise<readonly number[]>;
  /** Attaches what the plan says. One run at a time. */
  readonly run: (
    plan: Plan,
    files: readonly (PlanFile & PickedFile)[],
    items: readonly PlanItem[],
  ) => PlannedRun;
  /**
   * Goes on with a run whose panel was gone: what is attached by now is seen, and what was sent is not sent again.
   *
   * @returns `undefined` where somebody else has taken it, or nobody understands what was kept of it.
   */
  readonly goOn: (batchId: BatchId) => Promise<PlannedRun | undefined>;
  /** Forgets a run whose panel was gone. */
  readonly forget: (batchId: BatchId) => Promise<void>;
  /** Another panel has these uploads now. */
  readonly letGo: (ids: readonly UploadId[]) => void;
}

/** A run, and what it carries out. */
export interface PlannedRun {
  readonly run: BulkRun;
  readonly plan: Pick<Plan, 'pairs'>;
  readonly files: readonly PlanFile[];
  /** Those of the plan, as far as they are known. */
  readonly items: readonly Pick<PlanItem, 'id' | 'type' | 'title'>[];
  /** The person has seen what came of it. */
  readonly leave: () => void;
}

/** What it is made of. */
export interface BulkPipelineOptions {
  readonly services: FrameServices;
  /** What survives the panel. */
  readonly journal: Journal;
  /** What no other frame begins the ids of its uploads with. */
  readonly idPrefix: string;
}

/** Such a path; its runs share the connection and what was learned of the server. */
export function createBulkPipeline(options: BulkPipelineOptions): BulkPipeline {
  const { services, journal, idPrefix } = options;
  const { runtime, connection, manyWorkItems } = services;
  let queue: UploadQueue | undefined;
  let runs = 0;
  const { naming, queueOptions } = createUploadTransport(services);
  const editor = createAttachmentEditor(services);
  connection.onThrottled((delayMs) => queue?.askedToWait(delayMs));

  function createQueue(): UploadQueue {
    return createUploadQueue({
      ...queueOptions,
      journal,
      idPrefix: `${idPrefix}${++runs}-`,
      // What is meant for a plan is linked by its run.
      link: () => Promise.resolve({ revision: 0, failures: new Map() }),
      mayLink: () => Promise.resolve(false),
      commentOf: () => '',
    });
  }

  /** @param verifyFirst Whether another panel may have tried the links before. */
  function start(
    own: UploadQueue,
    items: BulkRunOptions['items'],
    verifyFirst: boolean,
  ): Pick<PlannedRun, 'run' | 'leave'> {
    queue = own;
    const groups = createGroupLinker(services, { verifyFirst });
    const leave = (): void => journal.discard(own.getSnapshot().map(({ id }) => id));
    const run = createBulkRun({
      items,
      queue,
      onOver(state) {
        if (isOverForGood(state, own.getSnapshot())) leave();
      },
      async linkGroup(group) {
        // Another panel must not send once more what is linked from here on.
        await journal.whenFlushed(own.getSnapshot().map(({ id }) => id));
        const outcomes = await groups.linkGroup(group);
        for (const { workItemId, attachments } of group) {
          const workItem = outcomes.get(workItemId)?.workItem;
          if (workItem) naming.check(workItem, attachments);
        }
        return outcomes;
      },
      remove: editor.remove,
      readMany: manyWorkItems.readMany,
      runtime,
    });
    return { run, leave };
  }

  /** The plan is kept as soon as its batch is, since nobody could make anything of the files alone. */
  async function keep(uploads: readonly Upload[], noteOf: () => Blob): Promise<void> {
    const [first] = uploads;
    if (!first) return;
    await journal.whenCreated(uploads.map(({ id }) => id));
    await journal.annotate(first.batchId, noteOf());
  }

  return {
    intake: createIntake(runtime),

    async readItems(ids) {
      const found = await manyWorkItems.readMany(ids);
      return ids.map((id) => {
        const workItem = found.get(id);
        return workItem ? planItemOf(workItem) : unreadItem(id, { kind: 'work-item-missing' });
      });
    },

    findClosed: (items) => findClosed(items, (item) => assertWritable(connection, item)),
    runQuery: (queryId) => runSavedQuery(connection, queryId),

    run(plan, files, items) {
      const own = createQueue();
      const uploadOf = send(own, plan, files);
      void keep(own.getSnapshot(), () => writePlan(plan, files, items, uploadOf));
      return { ...start(own, itemsOf(plan, uploadOf), false), plan, files, items };
    },

    async goOn(batchId) {
      const [claimed] = await journal.claim([batchId]);
      if (!claimed) return undefined;
      const kept = claimed.note && (await readPlan(claimed.note));
      if (!kept) {
        journal.discard(claimed.batch.uploads.map(({ id }) => id));
        return undefined;
      }
      const own = createQueue();
      own.takeUp(claimed.interrupted);
      const { pairs, files, items, uploadOf } = kept;
      return { ...start(own, itemsOf({ pairs }, uploadOf), true), plan: { pairs }, files, items };
    },

    async forget(batchId) {
      const claimed = await journal.claim([batchId]);
      journal.discard(claimed.flatMap(({ batch }) => batch.uploads.map(({ id }) => id)));
    },

    letGo: (ids) => queue?.letGo(ids),
  };
}

/** Whether nobody would want to go on with it. */
function isOverForGood(state: RunState, uploads: readonly Upload[]): boolean {
  if (state.phase !== 'over') return false;
  const byId = new Map(uploads.map((upload) => [upload.id, upload]));
  const isDone = (pair: RunPair): boolean => outcomeOf(pair, byId)?.kind !== 'failed';
  return state.isCancelled || [...state.items.values()].every(({ pairs }) => pairs.every(isDone));
}
