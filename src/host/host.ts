import type { Person } from '../model/person';

/** What the form tells: which work item it shows and what became of it. */
export type FormEvent =
  | {
      readonly type: 'loaded';
      /** ≤ 0 for a new item that was never saved. */
      readonly workItemId: number;
      readonly isNew: boolean;
      readonly isReadOnly: boolean;
    }
  | {
      /** `changed`: a field got another value, by a person or by a rule. */
      readonly type: 'changed' | 'saved' | 'refreshed' | 'reset' | 'unloaded';
      readonly workItemId: number;
    };

/** What came of asking the form to show what we attached. */
export type RefreshOutcome = 'refreshed' | 'unsaved-edits' | 'other-item' | 'failed';

/** Whether a work item has edits in the form that are not saved; `unknown` where it is not the active one. */
export type UnsavedEdits = 'some' | 'none' | 'unknown';

/** What came of asking the form to save. */
export type SaveOutcome =
  | { readonly outcome: 'saved' }
  /** It cannot be saved as it is. Names of the fields, as people read them; none where the host does not say. */
  | { readonly outcome: 'invalid'; readonly fields: readonly string[] }
  /** Another item is active, so that this one was left alone. */
  | { readonly outcome: 'other-item' }
  /** It still has unsaved edits. The host's words, if it gave any. */
  | { readonly outcome: 'failed'; readonly message: string };

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
  /** Who is signed in, once the host has answered. */
  readonly getPerson: () => Person;
  /** What tells this organisation or collection from others, once the host has answered; empty where it does not say. */
  readonly getOrganisation: () => string;
  /** `de-DE`: what the person reads the host's pages in, once the host has answered; `undefined` where it does not say. */
  readonly getCulture: () => string | undefined;
  /** Lets the form read the work item again, unless that would touch unsaved edits or another item. */
  readonly refreshForm: (workItemId: number) => Promise<RefreshOutcome>;
  readonly getUnsavedEdits: (workItemId: number) => Promise<UnsavedEdits>;
  /**
   * Saves the item in the form, if it is still this one.
   *
   * @param hostId The host's number for it; 0 or negative for a new one.
   */
  readonly saveForm: (hostId: number) => Promise<SaveOutcome>;
  /** `Bug`: the type of the item in the form; empty when the host does not say. */
  readonly getFormItemType: () => Promise<string>;
  /** Opens a work item as the host does when a person clicks on one. A host that cannot do that does nothing. */
  readonly openWorkItem: (workItemId: number) => void;
  /** Opens the panel that attaches many files to these work items. A host that cannot do that does nothing. */
  readonly openBulkPanel: (workItemIds: readonly number[]) => void;
  /**
   * Opens an address in a tab of its own, as whoever is signed in to the host's page, which is no frame and may download.
   *
   * @throws HostError when the host cannot do that, or does not answer.
   */
  readonly openInNewTab: (url: string) => Promise<void>;
  /** Shows a message that outlives this frame. A host that cannot do that does nothing. */
  readonly showToast: (message: string) => void;
  /** What `writeSetting` kept for this user of this extension; `undefined` where there is nothing or no way to know. */
  readonly readSetting: (key: string) => Promise<string | undefined>;
  /** Keeps a setting for this user, on every machine. A host that cannot do that does nothing. */
  readonly writeSetting: (key: string, value: string) => void;
  /** Asks for a frame of this height, in CSS pixels. The host may ignore it. */
  readonly resize: (heightPx: number) => void;
}
