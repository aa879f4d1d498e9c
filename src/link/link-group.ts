import type { LinkableAttachment } from '../model/attachment';
import type { ProblemKind } from '../model/errors';
import { isAmbiguous, isStaplerError } from '../model/errors';
import type { Surroundings } from '../model/surroundings';
import type { WorkItem } from '../model/work-item';
import type { ManyWorkItems } from '../rest/many-work-items';
import type { WorkItems } from '../rest/work-items';
import { addAttachmentsPatch } from './json-patch';
import type { LinkOutcome } from './link-run';
import { linkLost, LinkRun, missingFrom } from './link-run';
import type { InTurn } from './turns';
import { allInTurn } from './turns';

/** What is to be linked to one of many work items. */
export interface ItemLinks {
  readonly workItemId: number;
  readonly attachments: readonly LinkableAttachment[];
}

/** Links attachments to many work items. */
export interface GroupLinker {
  /**
   * Links to each of some work items, none of them named twice, each attachment exactly once; by one request if
   * nothing stands in the way. Never rejects, as `Linker.link`.
   *
   * @returns What came of it, by work item.
   */
  readonly linkGroup: (group: readonly ItemLinks[]) => Promise<ReadonlyMap<number, LinkOutcome>>;
}

/** So many work items are patched by one request at most: an answer that is lost shall be cheap (REST reference E.1). */
export const MOST_ITEMS = 50;

/** So many are patched side by side where it takes a request for each. */
const AT_ONCE = 3;

/** Refusals that are one work item's own, whoever asks and however. */
const PLAIN: ReadonlySet<ProblemKind> = new Set([
  'work-item-missing',
  'no-permission',
  'rule-broken',
  'revision-limit',
]);

/** What waits for its time, not for another way to ask. */
const BUSY: ReadonlySet<ProblemKind> = new Set(['throttled', 'server-busy']);

/**
 * A linker that leaves a work item to one patch at a time.
 *
 * @param inTurn Shared with whoever else changes work items.
 * @param looksFirst Whether somebody else may have tried the links before.
 * @param habits What was learned of the server: nobody knows whether every one takes a batch from an extension
 *   (REST reference E.1).
 */
export function createGroupLinker(
  workItems: WorkItems,
  many: ManyWorkItems,
  inTurn: InTurn,
  surroundings: Pick<Surroundings, 'later' | 'random'>,
  { looksFirst = false, habits = { takesBatches: true } } = {},
): GroupLinker {
  /** Pairs of a work item and an attachment of which a link was tried before. */
  const tried = new Set<string>();
  async function linkGroup(group: readonly ItemLinks[]): Promise<ReadonlyMap<number, LinkOutcome>> {
    const run = new GroupRun(workItems, many, surroundings, group);
    const isTried = group.map(keysOf).map((keys) => looksFirst || keys.some((key) => tried.has(key)));
    for (const key of group.flatMap(keysOf)) tried.add(key);
    // A link that was tried before may have been made although no answer came: look before asking again.
    const again = group.filter((_, index) => isTried[index]);
    const open = [...group.filter((_, index) => !isTried[index]), ...(await run.look(again))];
    const alone = habits.takesBatches && open.length > 1 ? await run.together(open) : open;
    await eachOf(alone, (links) => run.alone(links));
    // One that cannot be patched may be why all were refused; where each can be, it was the batch itself.
    const isWhole = alone.length > 1 && alone.length === open.length;
    if (isWhole && run.wasRefused && alone.every(({ workItemId }) => run.isLinked(workItemId)))
      habits.takesBatches = false;
    return run.outcomes;
  }

  return {
    linkGroup: (group) =>
      allInTurn(
        inTurn,
        group.map(({ workItemId }) => workItemId),
        () => linkGroup(group),
      ),
  };
}

/** One call of the linker. */
class GroupRun {
  readonly outcomes: ReadonlyMap<number, LinkRun>;
  /** Whether a request for all was refused as a whole. */
  wasRefused = false;

  constructor(
    workItems: WorkItems,
    private readonly many: ManyWorkItems,
    surroundings: Pick<Surroundings, 'later' | 'random'>,
    group: readonly ItemLinks[],
  ) {
    this.outcomes = new Map(
      group.map(({ workItemId }) => [workItemId, new LinkRun(workItems, workItemId, surroundings)]),
    );
  }

  isLinked(workItemId: number): boolean {
    return this.outcomes.get(workItemId)?.failures.size === 0;
  }

  /** What is not linked of these, where that can be seen; all others have failed. */
  async look(group: readonly ItemLinks[]): Promise<readonly ItemLinks[]> {
    if (group.length === 0) return [];
    let found: ReadonlyMap<number, WorkItem>;
    try {
      found = await this.many.readMany(group.map(({ workItemId }) => workItemId));
    } catch (error) {
      for (const links of group) this.#fail(links, error);
      return [];
    }
    return group.flatMap((links) => {
      const workItem = found.get(links.workItemId);
      // Asked for it alone, the server says what is wrong with one that is not there.
      return workItem ? this.#missing(links, workItem) : [links];
    });
  }

  /** Patches all by one request. Resolves with those that have to be asked for one by one. */
  async together(group: readonly ItemLinks[]): Promise<readonly ItemLinks[]> {
    let open = group;
    for (let tries = 1; ; tries++) {
      try {
        return await this.#patch(open);
      } catch (error) {
        if (isBusy(error) && !isAmbiguous(error)) return this.#failAll(open, error);
        if (!isAmbiguous(error)) {
          this.wasRefused = true;
          return open;
        }
        open = await this.look(open);
        // The look was answered, so that it is not the token which is refused.
        if (isSignedOut(error)) {
          this.wasRefused = true;
          return open;
        }
        if (open.length < 2) return open;
        if (tries > 1) return this.#failAll(open, error);
      }
    }
  }

  /** Patches one as if there were no others. */
  async alone({ workItemId, attachments }: ItemLinks): Promise<void> {
    await this.outcomes.get(workItemId)?.link(attachments);
  }

  async #patch(group: readonly ItemLinks[]): Promise<readonly ItemLinks[]> {
    const updates = group.map(({ workItemId, attachments }) => ({
      id: workItemId,
      patch: addAttachmentsPatch(attachments),
    }));
    const answers = await this.many.updateMany(updates);
    const doubtful: ItemLinks[] = [];
    const unseen: ItemLinks[] = [];
    group.forEach((links, index) => {
      const answer = answers[index];
      if (!answer) return;
      if ('workItem' in answer) unseen.push(...this.#missing(links, answer.workItem));
      else if (isFinal(answer.error)) this.#fail(links, answer.error);
      else doubtful.push(links);
    });
    // The answer to a patch may leave relations out; what counts is what a read shows.
    const lost = await this.look(unseen);
    for (const links of lost) this.#fail(links, linkLost(links.workItemId, links.attachments));
    return this.look(doubtful);
  }

  /** Takes note of what the work item shows. */
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

/** Whether asking for the one work item alone would be answered the same, or has to wait. */
function isFinal(error: unknown): boolean {
  return isStaplerError(error) && (PLAIN.has(error.kind) || error.kind === 'throttled');
}

function isBusy(error: unknown): boolean {
  return isStaplerError(error) && BUSY.has(error.kind);
}

function isSignedOut(error: unknown): boolean {
  return isStaplerError(error) && error.kind === 'signed-out';
}

/** Runs `task` for each, a few at a time. */
async function eachOf<T>(all: readonly T[], task: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const lane = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await task(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
