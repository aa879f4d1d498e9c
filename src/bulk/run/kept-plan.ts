import type { GenericSchema } from 'valibot';
import { array, is, literal, optional, picklist, strictTuple, union } from 'valibot';
import {
  countSchema,
  nameSchema,
  objectOf,
  positiveSchema,
  problemSchema,
  textSchema,
} from '../../base/schema';
import type { UploadId } from '../../upload/upload';
import type { FileId, Plan, PlanFile, PlanItem, PlannedAction, PlanPair } from '../plan/plan';

/** A plan as the journal keeps it beside the files of its run. What came of it the work items tell. */
export interface KeptPlan {
  readonly pairs: readonly PlanPair[];
  readonly files: readonly PlanFile[];
  /** As they are told in the report. */
  readonly items: readonly Pick<PlanItem, 'id' | 'type' | 'title'>[];
  /** Which upload has the bytes of which file. */
  readonly uploadOf: ReadonlyMap<FileId, UploadId>;
}

/** The format that is written today. Whatever cannot be read as such is not gone on with. */
const FORMAT = 1;

/** As it is written. */
interface Written extends Omit<KeptPlan, 'uploadOf'> {
  readonly format: typeof FORMAT;
  readonly uploads: readonly (readonly [FileId, UploadId])[];
}

/** The plan as bytes. */
export function writePlan(
  { pairs }: Pick<Plan, 'pairs'>,
  files: readonly PlanFile[],
  items: KeptPlan['items'],
  uploadOf: ReadonlyMap<FileId, UploadId>,
): Blob {
  const needed = new Set(pairs.map(({ fileId }) => fileId));
  const meant = new Set(pairs.map(({ workItemId }) => workItemId));
  const written: Written = {
    format: FORMAT,
    pairs,
    files: files.flatMap(({ id, name, size, folder, volumeBytes }) =>
      needed.has(id) ? [{ id, name, size, folder, volumeBytes }] : [],
    ),
    items: items.flatMap(({ id, type, title }) => (meant.has(id) ? [{ id, type, title }] : [])),
    uploads: [...uploadOf].filter(([id, upload]) => needed.has(id) && upload !== ''),
  };
  return new Blob([JSON.stringify(written)], { type: 'application/json' });
}

/** The plan that was written; `undefined` where that cannot be told for sure. */
export async function readPlan(note: Blob): Promise<KeptPlan | undefined> {
  try {
    const value: unknown = JSON.parse(await note.text());
    if (!is(writtenSchema, value)) return undefined;
    const { pairs, files, items, uploads } = value;
    return { pairs, files, items, uploadOf: new Map(uploads) };
  } catch {
    return undefined;
  }
}

const actionSchema: GenericSchema<PlannedAction> = union([
  objectOf<PlannedAction & { kind: 'attach' }>({ kind: literal('attach') }),
  objectOf<PlannedAction & { kind: 'replace' }>({
    kind: literal('replace'),
    attachmentIds: array(textSchema),
  }),
  objectOf<PlannedAction & { kind: 'skip' }>({
    kind: literal('skip'),
    reason: picklist(['already-there', 'same-name', 'same-content', 'file-too-large']),
  }),
  objectOf<PlannedAction & { kind: 'blocked' }>({ kind: literal('blocked'), problem: problemSchema }),
]);

const pairSchema = objectOf<PlanPair>({
  fileId: nameSchema,
  workItemId: positiveSchema,
  name: nameSchema,
  comment: textSchema,
  fate: actionSchema,
});

const fileSchema = objectOf<Pick<PlanFile, 'id' | 'name' | 'size' | 'folder' | 'volumeBytes'>>({
  id: nameSchema,
  name: nameSchema,
  size: countSchema,
  folder: textSchema,
  volumeBytes: optional(positiveSchema),
});

const itemSchema = objectOf<KeptPlan['items'][number]>({
  id: positiveSchema,
  type: textSchema,
  title: textSchema,
});

const writtenSchema = objectOf<Written>({
  format: literal(FORMAT),
  pairs: array(pairSchema),
  files: array(fileSchema),
  items: array(itemSchema),
  uploads: array(strictTuple([nameSchema, nameSchema])),
});
