/** Attached file of a work item, as it is read. */
export interface FileEntry {
  /** GUID of the attachment, lower case. */
  readonly id: string;
  /** Its URL up to the GUID. */
  readonly place: string;
  readonly name: string;
  /** In bytes; `NaN` if unknown. */
  readonly size: number;
  /** As stored, with the folder. */
  readonly comment: string;
  /** Time of attaching, in milliseconds since the epoch; `NaN` if unknown. */
  readonly addedAt: number;
  /** Display name of the author; empty while unknown. */
  readonly addedBy: string;
  /** Whether a field of the work item uses the file. */
  readonly isInText: boolean;
}

/** Work item with attached files, as it is read. */
export interface ItemEntry {
  readonly id: number;
  readonly revision: number;
  readonly title: string;
  readonly type: string;
  readonly state: string;
  readonly area: string;
  readonly files: readonly FileEntry[];
}
