import type { AttachmentOfItem, Person } from '../work-item';
import type { FormFields } from './form-fields';

/** Event of the work item form. */
export type FormEvent =
  | {
      readonly type: 'loaded';
      /** ≤ 0 for a new item before its first save. */
      readonly workItemId: number;
      readonly isNew: boolean;
      readonly isReadOnly: boolean;
    }
  | {
      /** `changed`: the user or a rule changed a field. */
      readonly type: 'changed' | 'saved' | 'refreshed' | 'reset' | 'unloaded';
      readonly workItemId: number;
    };

/** Outcome of refreshing the form. */
export type RefreshOutcome = 'refreshed' | 'unsaved-edits' | 'other-item' | 'failed';

/** Whether the form has unsaved edits; `unknown` if the work item is not active. */
export type UnsavedEdits = 'some' | 'none' | 'unknown';

/** Outcome of saving the form. */
export type SaveOutcome =
  | { readonly outcome: 'saved' }
  /** Names of the invalid fields, for display; empty if the host does not list them. */
  | { readonly outcome: 'invalid'; readonly fields: readonly string[] }
  /** Another item is active; nothing was saved. */
  | { readonly outcome: 'other-item' }
  /** Unsaved edits remain. `message` is from the host, or empty. */
  | { readonly outcome: 'failed'; readonly message: string };

/** Project of the page around our frame. */
export interface HostProject {
  readonly id: string;
  readonly name: string;
}

/** The Azure DevOps page around our frame. All responses are treated as untrusted. */
export interface Host {
  /**
   * Registers this frame and subscribes to form events.
   *
   * Resolves when the host responds; stays pending if it never does.
   */
  readonly connect: (onFormEvent: (event: FormEvent) => void) => Promise<void>;
  /** Tells the host to show the frame. */
  readonly loadSucceeded: () => void;
  /**
   * Returns a token for one request. @throws StaplerError `signed-out` without a token, HostError without a response.
   */
  readonly getToken: () => Promise<string>;
  /** Base URL of the Work Item Tracking API, with the organization or collection. @throws HostError */
  readonly getBaseUrl: () => Promise<string>;
  /** The signed-in user, available after `connect`. */
  readonly getPerson: () => Person;
  /** Id of the organization or collection, available after `connect`; empty if unknown. */
  readonly getOrganization: () => string;
  /**
   * Attachments per work item, for a check before anything is sent; `Infinity` on Azure DevOps Server, where the server
   * decides. Available after `connect`.
   */
  readonly getAttachmentLimit: () => number;
  /** Limit for the size of a file, in bytes; `Infinity` on Azure DevOps Server. Available after `connect`. */
  readonly getFileLimit: () => number;
  /** Language of the host's pages, such as `de-DE`, available after `connect`; `undefined` if unknown. */
  readonly getCulture: () => string | undefined;
  /** Reloads the work item in the form, unless it has unsaved edits or another item is active. */
  readonly refreshForm: (workItemId: number) => Promise<RefreshOutcome>;
  readonly getUnsavedEdits: (workItemId: number) => Promise<UnsavedEdits>;
  /**
   * Saves the item in the form if it is still active.
   *
   * @param hostId Id used by the host; 0 or negative for a new item.
   */
  readonly saveForm: (hostId: number) => Promise<SaveOutcome>;
  /** Type of the item in the form, such as `Bug`; empty if unknown. */
  readonly getFormItemType: () => Promise<string>;
  /** Loads the access to fields of the form. @throws StaplerError */
  readonly loadFormFields: () => Promise<FormFields>;
  /** Opens a work item like a click in the host. No effect if unsupported. */
  readonly openWorkItem: (workItemId: number) => void;
  /**
   * Opens the panel for attaching files to these work items. A toast explains a missing panel.
   *
   * @param attached Attachments of other work items, as the files to attach. Default: none.
   */
  readonly openBulkPanel: (workItemIds: readonly number[], attached?: readonly AttachmentOfItem[]) => void;
  /**
   * Opens a URL in a new tab with the session of the host's page. That page is not sandboxed, so it may download.
   *
   * @throws HostError if unsupported or without a response.
   */
  readonly openInNewTab: (url: string) => Promise<void>;
  /** Reloads the page around this frame. The browser asks before it loses unsaved edits. No effect if unsupported. */
  readonly reloadPage: () => void;
  /** Shows a message that outlives this frame. No effect if unsupported. */
  readonly showToast: (message: string) => void;
  /** Reads a setting of this user; `undefined` if missing or unavailable. */
  readonly readSetting: (key: string) => Promise<string | undefined>;
  /** Stores a setting of this user, across machines. No effect if unsupported. */
  readonly writeSetting: (key: string, value: string) => void;
  /** Requests a frame height, in CSS pixels. The host may ignore it. */
  readonly resize: (heightPx: number) => void;
}
