import type { AttachmentReference, LinkableAttachment } from '../../azure/attachment';
import type { FrameServices } from '../frame-services';
import type { LinkOutcome } from './link-run';
import { LinkRun } from './link-run';

/** Links attachments to work items. */
export interface Linker {
  /**
   * Links each attachment exactly once, up to the limit of the work item, in one patch if possible. Never rejects: the
   * outcome has the reason of each failure, and the reference of a failed link can be linked later.
   */
  link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<LinkOutcome>;
}

/**
 * Creates a linker. It holds the mutex of a work item during a patch.
 *
 * @param verifyFirst Whether another frame may have tried the links before.
 * @param tried Ids of references with an earlier link attempt; the caller and the linker add to it.
 */
export function createLinker(
  { workItems, mutex, runtime }: Pick<FrameServices, 'workItems' | 'mutex' | 'runtime'>,
  { verifyFirst = false, tried = new Set<AttachmentReference['id']>() } = {},
): Linker {
  async function link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<LinkOutcome> {
    const run = new LinkRun(workItems, workItemId, runtime);
    // An earlier attempt may have succeeded although its answer was lost.
    const isTried = verifyFirst || attachments.some(({ reference }) => tried.has(reference.id));
    for (const { reference } of attachments) tried.add(reference.id);
    await run.link(isTried ? await run.fetchMissing(attachments) : attachments);
    return run;
  }

  return { link: (workItemId, attachments) => mutex.lock(workItemId, () => link(workItemId, attachments)) };
}
