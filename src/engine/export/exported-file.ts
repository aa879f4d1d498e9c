import { optional, picklist, pipe, regex, string } from 'valibot';
import {
  countSchema,
  finiteSchema,
  nameSchema,
  objectOf,
  positiveSchema,
  textSchema,
} from '../../base/schema';

/** Sources of exported files: attachments, files that only texts use, removed attachments, comments. */
const FILE_SOURCES = ['attachment', 'text', 'removed', 'comments'] as const;

/** One of `FILE_SOURCES`. */
export type FileSource = (typeof FILE_SOURCES)[number];

/** A file that is in the folder of an export. */
export interface ExportedFile {
  readonly workItemId: number;
  /** Identity within the work item. */
  readonly key: string;
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
  readonly source: FileSource;
  /** Modification time on this disk, in milliseconds since the epoch. */
  readonly modifiedMs: number;
}

/** Schema of `ExportedFile`. */
export const exportedFileSchema = objectOf<ExportedFile>({
  workItemId: positiveSchema,
  key: nameSchema,
  path: nameSchema,
  name: textSchema,
  comment: textSchema,
  attachmentId: textSchema,
  size: countSchema,
  sha256: pipe(string(), regex(/^[0-9a-f]{64}$/)),
  at: optional(finiteSchema),
  by: textSchema,
  source: picklist(FILE_SOURCES),
  modifiedMs: finiteSchema,
});
