import { connectAs, getCulture, notifyLoaded } from './sdk-connection';
import { explainMissingPanel, openBulkPanel, showMessage, showToast } from './sdk-layout';

/** Host of an action: an invisible page loaded at the first click (host reference 2.3). */
export interface ActionHost {
  /** Registers this frame; `execute` is called at each click with the context of the menu. */
  readonly connect: (execute: (context: unknown) => Promise<void>) => Promise<void>;
  /** See `Host`. */
  readonly getCulture: () => string | undefined;
  /** Opens the panel for attaching files to these work items; resolves when it is open. @throws HostError */
  readonly openBulkPanel: (workItemIds: readonly number[]) => Promise<void>;
  /** Shows a toast about a panel that did not open. @throws HostError */
  readonly explainMissingPanel: () => Promise<void>;
  /** Shows a dialog until the user closes it. @throws HostError */
  readonly showMessage: (title: string, text: string) => Promise<void>;
  /** Shows a toast. @throws HostError */
  readonly showToast: (message: string) => Promise<void>;
}

/**
 * Creates the host of an action with the official SDK. Independent of `sdk-host.ts` to keep the page small.
 *
 * @param contributionIds Short ids of the actions, as in the manifest. The actions of a page share its frame.
 */
export function createActionHost(contributionIds: readonly string[]): ActionHost {
  return {
    async connect(execute) {
      await connectAs(contributionIds, { execute });
      notifyLoaded();
    },
    getCulture,
    openBulkPanel,
    explainMissingPanel,
    showMessage,
    showToast,
  };
}
