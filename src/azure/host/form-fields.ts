/** Reason why fields of the form cannot be used: another work item is active, or the host gave no usable response. */
export type FormRefusal = 'other-item' | 'failed';

/** Text of a field in the form. */
export interface FormText {
  /** With unsaved edits. */
  readonly current: string;
  /** As the form read it from the server, possibly converted. */
  readonly stored: string;
  /** Revision of the work item in the form; `NaN` if unknown. */
  readonly revision: number;
}

/**
 * Fields of the work item in the form. Each call first checks that the work item is the active one, and none rejects.
 */
export interface FormFields {
  /** Returns the reference names of the fields of its type. */
  readonly list: (workItemId: number) => Promise<ReadonlySet<string> | FormRefusal>;
  readonly read: (workItemId: number, field: string) => Promise<FormText | FormRefusal>;
  /**
   * Sets a text, as an unsaved edit of the user. Only another `read` can tell whether the host took it: a rejection
   * without a value looks like success.
   */
  readonly write: (
    workItemId: number,
    field: string,
    text: string,
  ) => Promise<'sent' | 'read-only' | FormRefusal>;
}
