/** Sources of exported files: attachments, files that only texts use, removed attachments, comments. */
export const FILE_SOURCES = ['attachment', 'text', 'removed', 'comments'] as const;

/** One of `FILE_SOURCES`. */
export type ExportedFrom = (typeof FILE_SOURCES)[number];

/** A file of an export, with its facts from Azure DevOps. */
export interface ExportedFacts {
  readonly workItemId: number;
  /** From the folder of the export, with slashes. */
  readonly path: string;
  /** Name in Azure DevOps. */
  readonly name: string;
  /** As it is stored, with the mark of the folder. */
  readonly comment: string;
  /** GUID; empty for a file that is no attachment. */
  readonly attachmentId: string;
  /** In bytes. */
  readonly size: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Time of attaching, in milliseconds since the epoch. */
  readonly at?: number | undefined;
  /** Display name of the author; empty if unknown. */
  readonly by: string;
  readonly source: ExportedFrom;
}
