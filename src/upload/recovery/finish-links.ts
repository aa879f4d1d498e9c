import { retry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import { sleep } from '../../base/sleep';
import type { PendingAttachment } from './channel/protocol';
import type { Host } from '../../azure/host/host';
import type { RecoveryInbox } from './journal/recovery-inbox';
import type { Linker } from '../link/link-attachments';
import { toProblem } from '../../base/errors';
import { describeAttached, describeNotAttached, describeWorkItem } from '../messages/work-items';

/** What links are finished with. */
export interface FinishLinksOptions {
  /** One that looks before it links: the group that is gone may have made the link. */
  readonly linker: Pick<Linker, 'link'>;
  /** Where it stands who makes which link. */
  readonly leftovers: Pick<RecoveryInbox, 'claimLinks'>;
  readonly host: Pick<Host, 'showToast' | 'refreshForm'>;
  readonly runtime: Runtime;
}

/** How long an observer gives each that goes before it, in milliseconds. */
const TURN_MS = 10_000;

/**
 * Links what a group left, and tells the person once, who does not see the group any more.
 *
 * @param turn How many observers go before this one; see `Group`. Then it says nothing, as they have.
 */
export type FinishLinks = (
  workItemId: number,
  attachments: readonly PendingAttachment[],
  turn: number,
) => Promise<void>;

/** See `FinishLinks`, which never rejects. */
export function createFinishLinks({ linker, leftovers, host, runtime }: FinishLinksOptions): FinishLinks {
  return async (workItemId, attachments, turn) => {
    await sleep(runtime, turn * TURN_MS);
    const say = turn === 0 ? host.showToast : () => undefined;
    let type = '';
    const taken = await leftovers.claimLinks(attachments);
    const ours = attachments.filter(({ reference }) => !taken.elsewhere.has(reference.id));
    let missing = ours;
    const namesOf = (those: readonly PendingAttachment[]): string[] => those.map(({ name }) => name);

    if (ours.length === 0) return taken.settle([]);
    try {
      const linkMissing = async (): Promise<void> => {
        const { workItem, failures } = await linker.link(workItemId, missing);
        if (workItem) type = workItem.type;
        missing = missing.filter(({ reference }) => failures.has(reference.id));
        const [failed] = missing;
        if (failed) throw failures.get(failed.reference.id);
      };
      await retry(linkMissing, { runtime });
    } catch (error) {
      say(describeNotAttached(namesOf(missing), describeWorkItem(workItemId, type), toProblem(error)));
    }
    const linked = ours.filter((each) => !missing.includes(each));
    await taken.settle(linked.map(({ reference }) => reference.id));
    if (linked.length === 0) return;
    say(describeAttached(namesOf(linked), describeWorkItem(workItemId, type)));
    // Somebody may have opened it again meanwhile.
    void host.refreshForm(workItemId);
  };
}
