import type { AttachmentReference, LinkableAttachment } from '../model/attachment';
import type { Surroundings } from '../model/surroundings';
import type { WorkItems } from '../rest/work-items';
import type { LinkOutcome } from './link-run';
import { LinkRun } from './link-run';
import type { InTurn } from './turns';

/** Links attachments to work items. */
export interface Linker {
  /**
   * Links `attachments`, each exactly once and as many as the work item takes, in one patch if nothing stands in the
   * way. Never rejects: what is not linked is told with its reason, and its reference stays good for another try.
   */
  link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<LinkOutcome>;
}

/**
 * A linker that leaves a work item to one patch at a time.
 *
 * @param inTurn Shared with whoever else changes work items.
 * @param looksFirst Whether somebody else may have tried the links before.
 * @param tried References of which a link was tried before, by their ids; more may come in, and more are added.
 */
export function createLinker(
  workItems: WorkItems,
  inTurn: InTurn,
  surroundings: Pick<Surroundings, 'later' | 'random'>,
  { looksFirst = false, tried = new Set<AttachmentReference['id']>() } = {},
): Linker {
  async function link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<LinkOutcome> {
    const run = new LinkRun(workItems, workItemId, surroundings);
    // A link that was tried before may have been made although no answer came: look before asking again.
    const isTried = looksFirst || attachments.some(({ reference }) => tried.has(reference.id));
    for (const { reference } of attachments) tried.add(reference.id);
    await run.link(isTried ? await run.look(attachments) : attachments);
    return run;
  }

  return { link: (workItemId, attachments) => inTurn(workItemId, () => link(workItemId, attachments)) };
}
