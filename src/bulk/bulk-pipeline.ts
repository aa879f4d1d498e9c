import { createIntake } from '../intake/intake';
import type { Intake } from '../intake/intake';
import { createAttachmentEditor } from '../link/edit-attachments';
import { createGroupLinker } from '../link/link-group';
import { createTurns } from '../link/turns';
import { attachmentIdOf } from '../model/attachment';
import type { PickedFile } from '../model/upload';
import type { Relation, WorkItem } from '../model/work-item';
import { attachmentsOf } from '../model/work-item';
import type { Plan, PlanFile, PlanItem } from '../plan/plan';
import type { UploadQueue } from '../queue/upload-queue';
import { createUploadQueue } from '../queue/upload-queue';
import { createManyWorkItems } from '../rest/many-work-items';
import { runSavedQuery } from '../rest/queries';
import { createWorkItems } from '../rest/work-items';
import type { SendingOptions } from '../sending';
import { createSending } from '../sending';
import type { BulkRun } from './bulk-run';
import { createBulkRun } from './bulk-run';

/** The path from files to many work items. */
export interface BulkPipeline {
  readonly intake: Intake;
  /**
   * The work items as a plan looks at them, in the order of `ids`; those that cannot be read carry the reason.
   *
   * @throws StaplerError where nothing can be read at all.
   */
  readonly readItems: (ids: readonly number[]) => Promise<readonly PlanItem[]>;
  /** Numbers of the work items that a saved query finds. @throws StaplerError */
  readonly runQuery: (queryId: string) => Promise<readonly number[]>;
  /** Attaches what the plan says. One run at a time. */
  readonly run: (plan: Plan, files: readonly (PlanFile & PickedFile)[]) => BulkRun;
}

/** Such a path; it shares its connection and what is learned of the server between runs. */
export function createBulkPipeline(options: SendingOptions): BulkPipeline {
  const { surroundings, announce } = options;
  let queue: UploadQueue | undefined;
  const { connection, naming, sending } = createSending(options, (delayMs) => queue?.askedToWait(delayMs));
  const workItems = createWorkItems(connection);
  const many = createManyWorkItems(connection);
  const inTurn = createTurns();
  const groups = createGroupLinker(workItems, many, inTurn, surroundings);
  const editor = createAttachmentEditor(workItems, inTurn, surroundings);

  return {
    intake: createIntake(surroundings),

    async readItems(ids) {
      const found = await many.readMany(ids);
      return ids.map((id) => planItemOf(id, found.get(id)));
    },

    runQuery: (queryId) => runSavedQuery(connection, queryId),

    run(plan, files) {
      queue = createUploadQueue({
        ...sending,
        // What is meant for a plan is linked by its run.
        link: () => Promise.resolve({ revision: 0, failures: new Map() }),
        mayLink: () => Promise.resolve(false),
        commentOf: () => '',
      });
      return createBulkRun({
        plan,
        files,
        queue,
        async linkGroup(group) {
          const outcomes = await groups.linkGroup(group);
          for (const { workItemId, attachments } of group) {
            const workItem = outcomes.get(workItemId)?.workItem;
            if (workItem) naming.check(workItem, attachments);
          }
          return outcomes;
        },
        remove: editor.remove,
        readMany: many.readMany,
        surroundings,
        announce,
      });
    },
  };
}

function planItemOf(id: number, workItem: WorkItem | undefined): PlanItem {
  const unknown = { id, title: '', type: '', state: '', project: '', revision: 0, attachments: [] };
  if (!workItem) return { ...unknown, problem: { kind: 'work-item-missing' } };
  const { title, type, state, project, revision, relations } = workItem;
  const attachments = attachmentsOf(workItem).flatMap(planAttachmentOf);
  const facts = { id, title, type, state, project, revision, attachments };
  return { ...facts, relationCount: relations.length, problem: undefined };
}

function planAttachmentOf({ url, name, attributes }: Relation): PlanItem['attachments'] {
  const attachmentId = attachmentIdOf(url);
  if (attachmentId === undefined) return [];
  const { resourceSize, comment } = attributes;
  return [
    {
      attachmentId,
      name,
      size: Number(resourceSize ?? NaN),
      comment: typeof comment === 'string' ? comment : '',
    },
  ];
}
