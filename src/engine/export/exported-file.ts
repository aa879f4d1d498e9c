import { optional, picklist, pipe, regex, string } from 'valibot';
import {
  countSchema,
  finiteSchema,
  nameSchema,
  objectOf,
  positiveSchema,
  textSchema,
} from '../../base/schema';
import type { ExportedFacts } from '../../gallery/export/exported-facts';
import { FILE_SOURCES } from '../../gallery/export/exported-facts';

/** A file that is in the folder of an export. */
export interface ExportedFile extends ExportedFacts {
  /** Identity within the work item. */
  readonly key: string;
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
