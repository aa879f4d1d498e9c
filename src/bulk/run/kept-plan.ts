import { isProblem } from '../../upload/recovery/journal/read-batch';
import { isCount, isName, isOneOf, isText, isTexts, shape } from '../../base/shape';
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
  items: readonly PlanItem[],
  uploadOf: ReadonlyMap<FileId, UploadId>,
): Blob {
  const needed = new Set(pairs.map(({ fileId }) => fileId));
  const meant = new Set(pairs.map(({ workItemId }) => workItemId));
  const written: Written = {
    format: FORMAT,
    pairs,
    files: files.flatMap(({ id, name, size, folder }) =>
      needed.has(id) ? [{ id, name, size, folder }] : [],
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
    if (!isWritten(value)) return undefined;
    const { pairs, files, items, uploads } = value;
    return { pairs, files, items, uploadOf: new Map(uploads) };
  } catch {
    return undefined;
  }
}

const isId = (value: unknown): boolean => isCount(value) && value > 0;
const listOf =
  (isOne: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(isOne);

const isAttach = shape<PlannedAction & { kind: 'attach' }>({ kind: isOneOf('attach') });
const isReplace = shape<PlannedAction & { kind: 'replace' }>({
  kind: isOneOf('replace'),
  attachmentIds: isTexts,
});
const isSkip = shape<PlannedAction & { kind: 'skip' }>({
  kind: isOneOf('skip'),
  reason: isOneOf('already-there', 'same-content'),
});
const isBlocked = shape<PlannedAction & { kind: 'blocked' }>({
  kind: isOneOf('blocked'),
  problem: isProblem,
});

const isPair = shape<PlanPair>({
  fileId: isName,
  workItemId: isId,
  name: isName,
  comment: isText,
  fate: (fate) => isAttach(fate) || isReplace(fate) || isSkip(fate) || isBlocked(fate),
});

const isWritten = shape<Written>({
  format: (format) => format === FORMAT,
  pairs: listOf(isPair),
  files: listOf(
    shape<Omit<PlanFile, 'contentKey'>>({ id: isName, name: isName, size: isCount, folder: isText }),
  ),
  items: listOf(shape<KeptPlan['items'][number]>({ id: isId, type: isText, title: isText })),
  uploads: listOf(
    (entry) => Array.isArray(entry) && entry.length === 2 && entry.every((each) => isName(each)),
  ),
});
