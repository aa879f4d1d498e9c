import type { LinkableAttachment } from '../model/attachment';
import { attachmentIdOf } from '../model/attachment';
import { isAmbiguous, isStaplerError, ServerError } from '../model/errors';
import type { WorkItem } from '../model/work-item';
import type { WorkItems } from '../rest/work-items';
import { addAttachmentsPatch } from './json-patch';

/** How often a patch is built anew after others changed the work item meanwhile. */
const MOST_REBUILDS = 3;

/** Links attachments to work items. */
export interface Linker {
  /**
   * Links all `attachments` in one patch, each exactly once, and resolves with the work item as it is then.
   *
   * @throws StaplerError when at least one is not linked; the references stay good for another try.
   */
  link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<WorkItem>;
}

/** A linker that sends one patch at a time to a work item, since patches that meet collide (REST reference D.6). */
export function createLinker(workItems: WorkItems): Linker {
  const lastPatch = new Map<number, Promise<unknown>>();
  const tried = new Set<string>();

  /** A link that was tried before may have been made although no answer came: look before asking again. */
  async function linkUntried(
    workItemId: number,
    attachments: readonly LinkableAttachment[],
  ): Promise<WorkItem> {
    let missing = attachments;
    if (attachments.some(({ reference }) => tried.has(reference.id))) {
      const now = await workItems.read(workItemId);
      missing = missingFrom(now, attachments);
      if (missing.length === 0) return now;
    }
    for (const { reference } of attachments) tried.add(reference.id);
    return linkAttachments(workItems, workItemId, missing);
  }

  return {
    link(workItemId, attachments) {
      const before = lastPatch.get(workItemId) ?? Promise.resolve();
      const result = before.then(() => linkUntried(workItemId, attachments));
      const settled = result.catch(() => undefined);
      lastPatch.set(workItemId, settled);
      void settled.then(() => {
        if (lastPatch.get(workItemId) === settled) lastPatch.delete(workItemId);
      });
      return result;
    },
  };
}

/**
 * One patch, and then the truth: an answer that was lost is no failure, and a refusal is none where the link is
 * there already. So after anything but a plain refusal the work item is read again and only what is missing is
 * linked.
 */
async function linkAttachments(
  workItems: WorkItems,
  workItemId: number,
  attachments: readonly LinkableAttachment[],
): Promise<WorkItem> {
  let missing = attachments;
  for (let rebuilds = 0; ; rebuilds++) {
    try {
      const answer = await workItems.update(workItemId, addAttachmentsPatch(missing));
      if (missingFrom(answer, attachments).length === 0) return answer;
      return await confirm(workItems, workItemId, attachments);
    } catch (error) {
      if (!isWorthALook(error)) throw error;
      const now = await workItems.read(workItemId);
      const stillMissing = missingFrom(now, attachments);
      if (stillMissing.length === 0) return now;
      const mayRebuild =
        isRebuildable(error) || stillMissing.length < missing.length || (isLost(error) && rebuilds === 0);
      if (!mayRebuild || rebuilds === MOST_REBUILDS) throw error;
      missing = stillMissing;
    }
  }
}

/** The answer to a patch may leave relations out; what counts is what a read shows. */
async function confirm(
  workItems: WorkItems,
  workItemId: number,
  attachments: readonly LinkableAttachment[],
): Promise<WorkItem> {
  const now = await workItems.read(workItemId);
  const lost = missingFrom(now, attachments);
  if (lost.length === 0) return now;
  const names = lost.map(({ name }) => name).join(', ');
  throw new ServerError(
    'link-lost',
    `The work item ${workItemId} accepted the patch and does not show: ${names}`,
  );
}

/** Those whose attachment no relation of `workItem` points at. */
function missingFrom(
  workItem: WorkItem,
  attachments: readonly LinkableAttachment[],
): readonly LinkableAttachment[] {
  const linked = new Set(
    workItem.relations.filter(({ rel }) => rel === 'AttachedFile').map(({ url }) => attachmentIdOf(url)),
  );
  return attachments.filter(({ reference }) => !linked.has(reference.id));
}

function isWorthALook(error: unknown): boolean {
  return isAmbiguous(error) || isRebuildable(error);
}

/** The patch itself was fine; the work item had changed, or one of several links was there before. */
function isRebuildable(error: unknown): boolean {
  return isStaplerError(error) && (error.kind === 'conflict' || error.kind === 'already-linked');
}

/** Nothing came back, as when CORS hides a 401: the read in between has renewed the token, so one more try is fair. */
function isLost(error: unknown): boolean {
  return isStaplerError(error) && (error.kind === 'network' || error.kind === 'timeout');
}
