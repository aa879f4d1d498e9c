/** What the form tells: which work item it shows and what became of it. */
export type FormEvent =
  | {
      readonly type: 'loaded';
      /** ≤ 0 for a new item that was never saved. */
      readonly workItemId: number;
      readonly isNew: boolean;
      readonly isReadOnly: boolean;
    }
  | { readonly type: 'saved' | 'refreshed' | 'reset' | 'unloaded'; readonly workItemId: number };

/** What came of asking the form to show what we attached. */
export type RefreshOutcome = 'refreshed' | 'unsaved-edits' | 'other-item' | 'failed';

/** The page of Azure DevOps that our frame stands in, as far as Stapler talks to it. No answer is taken for granted. */
export interface Host {
  /**
   * Introduces this frame and begins to pass on the form's events.
   *
   * Resolves when the host has answered, however late that is; a host that never answers leaves it pending.
   */
  readonly connect: (onFormEvent: (event: FormEvent) => void) => Promise<void>;
  /** Tells the host that the frame may be shown. */
  readonly loadSucceeded: () => void;
  /** A token for one request. @throws StaplerError `signed-out` when there is none, HostError for no answer. */
  readonly getToken: () => Promise<string>;
  /** Base of the Work Item Tracking API, with the organisation or collection. @throws HostError */
  readonly getBaseUrl: () => Promise<string>;
  /** Lets the form read the work item again, unless that would touch unsaved edits or another item. */
  readonly refreshForm: (workItemId: number) => Promise<RefreshOutcome>;
  /** `Bug`: the type of the item in the form; empty when the host does not say. */
  readonly getFormItemType: () => Promise<string>;
  /** Asks for a frame of this height, in CSS pixels. The host may ignore it. */
  readonly resize: (heightPx: number) => void;
}
