import { connectAs, getCulture, notifyLoaded } from './sdk-connection';
import { openBulkPanel, showMessage, showToast } from './sdk-layout';

/** The host of an action: a page that nobody sees, loaded at the first click on it (host reference 2.3). */
export interface ActionHost {
  /** Introduces this frame; `execute` is called at each click, and told what the click was on. */
  readonly connect: (execute: (context: unknown) => Promise<void>) => Promise<void>;
  /** See `Host`. */
  readonly getCulture: () => string | undefined;
  /** Opens the panel that attaches many files to these work items. @throws HostError */
  readonly openBulkPanel: (workItemIds: readonly number[]) => Promise<void>;
  /** Says something in the middle of the page, until the person has read it. @throws HostError */
  readonly showMessage: (title: string, text: string) => Promise<void>;
  /** Says something for a while. @throws HostError */
  readonly showToast: (message: string) => Promise<void>;
}

/**
 * Such a host by way of the official SDK, and with nothing of `sdk-host.ts`: the page must be small.
 *
 * @param contributionIds Short ids of the actions, as in the manifest. Those of one page share its frame.
 */
export function createActionHost(contributionIds: readonly string[]): ActionHost {
  return {
    async connect(execute) {
      await connectAs(contributionIds, { execute });
      notifyLoaded();
    },
    getCulture,
    openBulkPanel,
    showMessage,
    showToast,
  };
}
