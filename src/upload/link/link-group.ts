import pLimit from 'p-limit';
import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { isStaplerError } from '../../base/errors';
import { hasTrait, isAmbiguous, isSignedOut } from '../../base/problem-traits';
import type { FrameServices } from '../frame-services';
import { addAttachmentsPatch } from './json-patch';
import type { LinkOutcome } from './link-attachments';
import { linkLost, LinkRun, missingFrom } from './link-attachments';

/** Attachments for one of many work items. */
export interface ItemLinks {
  readonly workItemId: number;
  readonly attachments: readonly LinkableAttachment[];
}

/** Links attachments to many work items. */
export interface GroupLinker {
  /**
   * Links each attachment of a group exactly once, in one request if possible. Never rejects, as `Linker.link`.
   *
   * @param group Distinct work items.
   * @returns Outcomes by work item.
   */
  readonly linkGroup: (group: readonly ItemLinks[]) => Promise<ReadonlyMap<number, LinkOutcome>>;
}

/** Work items per request: a lost answer must be cheap to verify (REST reference E.1). */
export const MAX_ITEMS_PER_BATCH = 50;

/** Parallel patches with one request per work item. */
const MAX_PARALLEL_PATCHES = 3;

/** Dependencies of `createGroupLinker`. */
export type GroupLinkerServices = Pick<
  FrameServices,
  'workItems' | 'manyWorkItems' | 'mutex' | 'runtime' | 'capabilities' | 'learned'
>;

/**
 * Creates a linker for groups. It holds the mutexes of all work items of a group while it patches them.
 *
 * @param verifyFirst Whether another frame may have tried the links before.
 */
export function createGroupLinker(services: GroupLinkerServices, { verifyFirst = false } = {}): GroupLinker {
  const { mutex, capabilities, learned } = services;
  /** Pairs of a work item and an attachment with an earlier link attempt. */
  const tried = new Set<string>();

  async function linkGroup(group: readonly ItemLinks[]): Promise<ReadonlyMap<number, LinkOutcome>> {
    const run = new GroupRun(services, group);
    const isTried = group.map(keysOf).map((keys) => verifyFirst || keys.some((key) => tried.has(key)));
    for (const key of group.flatMap(keysOf)) tried.add(key);
    // An earlier attempt may have succeeded although its answer was lost.
    const again = group.filter((_, index) => isTried[index]);
    const open = [...group.filter((_, index) => !isTried[index]), ...(await run.fetchMissing(again))];
    const alone = capabilities.supportsBatch && open.length > 1 ? await run.together(open) : open;
    const limit = pLimit(MAX_PARALLEL_PATCHES);
    await Promise.all(alone.map((links) => limit(() => run.alone(links))));
    // One refused patch may refuse a whole batch, with a readable reason. Otherwise the batch itself is the reason.
    const linked = alone.filter(({ workItemId }) => run.isLinked(workItemId)).length;
    const isWhole = alone.length > 1 && alone.length === open.length;
    if (isWhole && run.refusal && linked >= (run.refusal === 'readable' ? alone.length : 1))
      capabilities.supportsBatch = false;
    else if (run.isBatchTaken && !run.refusal) capabilities.supportsBatch = true;
    return run.outcomes;
  }

  return {
    async linkGroup(group) {
      await learned.whenLoaded();
      return mutex.lockAll(
        group.map(({ workItemId }) => workItemId),
        () => linkGroup(group),
      );
    },
  };
}

/** One call of the linker. */
class GroupRun {
  readonly outcomes: ReadonlyMap<number, LinkRun>;
  /** How a whole batch was refused, if it was. A missing or foreign answer is `hidden` (REST reference F.2). */
  refusal: 'readable' | 'hidden' | undefined;
  /** Whether a batch has changed a work item. */
  isBatchTaken = false;

  constructor(
    private readonly services: GroupLinkerServices,
    group: readonly ItemLinks[],
  ) {
    this.outcomes = new Map(
      group.map(({ workItemId }) => [
        workItemId,
        new LinkRun(services.workItems, workItemId, services.runtime),
      ]),
    );
  }

  isLinked(workItemId: number): boolean {
    return this.outcomes.get(workItemId)?.failures.size === 0;
  }

  /** Returns links without a relation, as far as the work items can be read; all others have failed. */
  async fetchMissing(group: readonly ItemLinks[]): Promise<readonly ItemLinks[]> {
    if (group.length === 0) return [];
    let found: ReadonlyMap<number, WorkItem>;
    try {
      found = await this.services.manyWorkItems.readMany(group.map(({ workItemId }) => workItemId));
    } catch (error) {
      for (const links of group) this.#fail(links, error);
      return [];
    }
    return group.flatMap((links) => {
      const workItem = found.get(links.workItemId);
      // A request for the missing work item alone tells the reason.
      return workItem ? this.#missing(links, workItem) : [links];
    });
  }

  /** Patches all in one request. Resolves with those in need of a request of their own. */
  async together(group: readonly ItemLinks[]): Promise<readonly ItemLinks[]> {
    let open = group;
    for (let tries = 1; ; tries++) {
      try {
        return await this.#patch(open);
      } catch (error) {
        if (hasTrait(error, 'busy') && !isAmbiguous(error)) return this.#failAll(open, error);
        if (!isAmbiguous(error)) {
          this.refusal = 'readable';
          return open;
        }
        open = await this.fetchMissing(open);
        if (open.length < 2) return open;
        // The read succeeded, so neither the token nor the connection is the reason.
        if (isRefusal(error) || (tries > 1 && !isOverloaded(error))) {
          this.refusal = 'hidden';
          return open;
        }
        if (tries > 1) return this.#failAll(open, error);
      }
    }
  }

  /** Patches one work item in a request of its own. */
  async alone({ workItemId, attachments }: ItemLinks): Promise<void> {
    await this.outcomes.get(workItemId)?.link(attachments);
  }

  async #patch(group: readonly ItemLinks[]): Promise<readonly ItemLinks[]> {
    const updates = group.map(({ workItemId, attachments }) => ({
      id: workItemId,
      patch: addAttachmentsPatch(attachments),
    }));
    const answers = await this.services.manyWorkItems.updateMany(updates);
    this.isBatchTaken ||= answers.some((answer) => 'workItem' in answer);
    const doubtful: ItemLinks[] = [];
    const unseen: ItemLinks[] = [];
    group.forEach((links, index) => {
      const answer = answers[index];
      if (!answer) return;
      if ('workItem' in answer) unseen.push(...this.#missing(links, answer.workItem));
      else if (isFinal(answer.error)) this.#fail(links, answer.error);
      else doubtful.push(links);
    });
    // The response to a patch may omit relations; only a read is complete.
    const lost = await this.fetchMissing(unseen);
    for (const links of lost) this.#fail(links, linkLost(links.workItemId, links.attachments));
    return this.fetchMissing(doubtful);
  }

  /** Records the work item and returns its missing links. */
  #missing({ workItemId, attachments }: ItemLinks, workItem: WorkItem): readonly ItemLinks[] {
    const run = this.outcomes.get(workItemId);
    if (run) run.workItem = workItem;
    const missing = missingFrom(workItem, attachments);
    return missing.length > 0 ? [{ workItemId, attachments: missing }] : [];
  }

  #fail({ workItemId, attachments }: ItemLinks, error: unknown): void {
    this.outcomes.get(workItemId)?.fail(attachments, error);
  }

  #failAll(group: readonly ItemLinks[], error: unknown): readonly ItemLinks[] {
    for (const links of group) this.#fail(links, error);
    return [];
  }
}

function keysOf({ workItemId, attachments }: ItemLinks): readonly string[] {
  return attachments.map(({ reference }) => `${workItemId} ${reference.id}`);
}

/** Whether a request for the work item alone would be refused as well, or has to wait. */
function isFinal(error: unknown): boolean {
  return hasTrait(error, 'about-work-item') || (hasTrait(error, 'busy') && !isAmbiguous(error));
}

/** Whether an ambiguous error is a refusal: by the service for its scope, or by a proxy with a page. */
function isRefusal(error: unknown): boolean {
  if (!isStaplerError(error)) return false;
  const { status = 0 } = error.facts;
  return isSignedOut(error) || (error.kind === 'unexpected-answer' && status >= 400 && status < 500);
}

function isOverloaded(error: unknown): boolean {
  return isStaplerError(error) && error.facts.status === 503;
}
