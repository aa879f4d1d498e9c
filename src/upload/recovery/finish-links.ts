import { retry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import { sleep } from '../../base/async';
import type { PendingAttachment } from './channel/protocol';
import type { Host } from '../../azure/host/host';
import type { RecoveryInbox } from './journal/recovery-inbox';
import type { Linker } from '../link/link-attachments';
import { toProblem } from '../../base/errors';
import { describeAttached, describeNotAttached, describeWorkItem } from '../messages/work-items';

/** Dependencies of `createFinishLinks`. */
export interface FinishLinksOptions {
  /** Created with `verifyFirst`, since the closed form group may have made a link already. */
  readonly linker: Pick<Linker, 'link'>;
  /** Coordinates links between frames. */
  readonly inbox: Pick<RecoveryInbox, 'claimLinks'>;
  readonly host: Pick<Host, 'showToast' | 'refreshForm'>;
  readonly runtime: Runtime;
}

/** Head start of an observer over the next one, in milliseconds. */
const RANK_DELAY_MS = 10_000;

/**
 * Links the files left by a form group, and reports the result in a toast. Never rejects.
 *
 * @param rank Number of observers with precedence; see `Group`. Only the first one shows toasts.
 */
export type FinishLinks = (
  workItemId: number,
  attachments: readonly PendingAttachment[],
  rank: number,
) => Promise<void>;

/** See `FinishLinks`. */
export function createFinishLinks({ linker, inbox, host, runtime }: FinishLinksOptions): FinishLinks {
  return async (workItemId, attachments, rank) => {
    await sleep(runtime, rank * RANK_DELAY_MS);
    const toast = rank === 0 ? host.showToast : () => undefined;
    let type = '';
    const claim = await inbox.claimLinks(attachments);
    const ours = attachments.filter(({ reference }) => !claim.elsewhere.has(reference.id));
    let missing = ours;
    const namesOf = (files: readonly PendingAttachment[]): string[] => files.map(({ name }) => name);

    if (ours.length === 0) return claim.settle([]);
    try {
      const linkMissing = async (): Promise<void> => {
        const { workItem, failures } = await linker.link(workItemId, missing);
        if (workItem) type = workItem.type;
        missing = missing.filter(({ reference }) => failures.has(reference.id));
        const [failed] = missing;
        if (failed) throw failures.get(failed.reference.id);
      };
      await retry(linkMissing, { runtime, waitsForSignIn: true });
    } catch (error) {
      toast(describeNotAttached(namesOf(missing), describeWorkItem(workItemId, type), toProblem(error)));
    }
    const linked = ours.filter((each) => !missing.includes(each));
    await claim.settle(linked.map(({ reference }) => reference.id));
    if (linked.length === 0) return;
    toast(describeAttached(namesOf(linked), describeWorkItem(workItemId, type)));
    // The work item may be open again in a form.
    void host.refreshForm(workItemId);
  };
}
