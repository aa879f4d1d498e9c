import type { GenericSchema } from 'valibot';
import { array, is, literal, object, optional, union, unknown } from 'valibot';
import { countSchema, finiteSchema, nameSchema, objectOf, textSchema } from '../../../base/schema';
import type { BatchId, UploadId } from '../../upload';
import type { KeptBatch } from './kept-batch';

/** File beside the journal, with the bytes of a stored file. */
export interface FileBeside {
  /** Random, made by `openFileStore`. */
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly checksum: string;
}

/** Content of a store on files. Stored values are `unknown`, as in `JournalStore`. */
export interface FileState {
  readonly batches: Map<BatchId, unknown>;
  readonly files: Map<BatchId, ReadonlyMap<UploadId, FileBeside>>;
  /** Batches by id, and damaged lines by their own keys. */
  readonly setAside: Map<string, { readonly at: number; readonly value: unknown }>;
  readonly leases: Map<string, number>;
}

/** One change of the state. A line of the journal is a list of changes, made together or not at all. */
export type Change =
  | { readonly kind: 'batch'; readonly id: BatchId; readonly batch: unknown }
  /** Changes of a stored batch. A run of 2,000 files is saved many times. */
  | {
      readonly kind: 'uploads';
      readonly id: BatchId;
      /** All members of the batch but `uploads`. */
      readonly head: unknown;
      readonly changed: readonly Identified[];
      readonly removed: readonly UploadId[];
    }
  | { readonly kind: 'no-batch'; readonly id: BatchId }
  | { readonly kind: 'file'; readonly id: BatchId; readonly uploadId: UploadId; readonly file: FileBeside }
  | { readonly kind: 'no-file'; readonly id: BatchId; readonly uploadId: UploadId }
  | { readonly kind: 'set-aside'; readonly key: string; readonly at: number; readonly value?: unknown }
  | { readonly kind: 'no-set-aside'; readonly key: string }
  | { readonly kind: 'lease'; readonly owner: string; readonly until: number }
  | { readonly kind: 'no-lease'; readonly owner: string };

interface Identified {
  readonly id: UploadId;
}

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

const identifiedSchema = objectOf<Identified>({ id: textSchema });

const changesSchema: GenericSchema<readonly Change[]> = array(
  union([
    objectOf<ChangeOf<'batch'>>({ kind: literal('batch'), id: textSchema, batch: unknown() }),
    objectOf<ChangeOf<'uploads'>>({
      kind: literal('uploads'),
      id: textSchema,
      head: object({}),
      changed: array(identifiedSchema),
      removed: array(textSchema),
    }),
    objectOf<ChangeOf<'no-batch'>>({ kind: literal('no-batch'), id: textSchema }),
    objectOf<ChangeOf<'file'>>({
      kind: literal('file'),
      id: textSchema,
      uploadId: textSchema,
      file: objectOf<FileBeside>({
        name: nameSchema,
        type: textSchema,
        size: countSchema,
        checksum: nameSchema,
      }),
    }),
    objectOf<ChangeOf<'no-file'>>({ kind: literal('no-file'), id: textSchema, uploadId: textSchema }),
    objectOf<ChangeOf<'set-aside'>>({
      kind: literal('set-aside'),
      key: textSchema,
      at: finiteSchema,
      value: optional(unknown()),
    }),
    objectOf<ChangeOf<'no-set-aside'>>({ kind: literal('no-set-aside'), key: textSchema }),
    objectOf<ChangeOf<'lease'>>({ kind: literal('lease'), owner: textSchema, until: finiteSchema }),
    objectOf<ChangeOf<'no-lease'>>({ kind: literal('no-lease'), owner: textSchema }),
  ]),
);

/** Returns the changes of a line, or `undefined` for a line of another version. */
export function readChanges(value: unknown): readonly Change[] | undefined {
  return is(changesSchema, value) ? value : undefined;
}

/** Creates an empty state, or a copy. */
export function copyState(from?: FileState): FileState {
  return {
    batches: new Map(from?.batches),
    files: new Map(from?.files),
    setAside: new Map(from?.setAside),
    leases: new Map(from?.leases),
  };
}

/** Changes `state`. Returns whether the change fits it. */
export function applyChange({ batches, files, setAside, leases }: FileState, change: Change): boolean {
  switch (change.kind) {
    case 'batch':
      batches.set(change.id, change.batch);
      return true;
    case 'uploads': {
      const uploads = uploadsOf(batches.get(change.id));
      if (uploads) batches.set(change.id, { ...(change.head as object), uploads: patched(uploads, change) });
      return uploads !== undefined;
    }
    case 'no-batch':
      files.delete(change.id);
      batches.delete(change.id);
      return true;
    case 'file':
      files.set(change.id, new Map(files.get(change.id)).set(change.uploadId, change.file));
      return true;
    case 'no-file': {
      const rest = [...(files.get(change.id) ?? [])].filter(([uploadId]) => uploadId !== change.uploadId);
      if (rest.length > 0) files.set(change.id, new Map(rest));
      else files.delete(change.id);
      return true;
    }
    case 'set-aside':
      setAside.set(change.key, { at: change.at, value: change.value });
      return true;
    case 'no-set-aside':
      setAside.delete(change.key);
      return true;
    case 'lease':
      leases.set(change.owner, change.until);
      return true;
    case 'no-lease':
      leases.delete(change.owner);
      return true;
  }
}

function patched(uploads: readonly Identified[], { changed, removed }: ChangeOf<'uploads'>): Identified[] {
  const latest = new Map(changed.map((upload) => [upload.id, upload]));
  const gone = new Set(removed);
  return uploads.filter(({ id }) => !gone.has(id)).map((upload) => latest.get(upload.id) ?? upload);
}

/** Uploads of a stored batch; `undefined` if it is unreadable. */
function uploadsOf(batch: unknown): readonly Identified[] | undefined {
  const uploads = memberOf(batch, 'uploads');
  return Array.isArray(uploads) && uploads.every((each) => is(identifiedSchema, each)) ? uploads : undefined;
}

/** Member of a stored batch. */
export function memberOf(batch: unknown, name: keyof KeptBatch): unknown {
  return typeof batch === 'object' && batch !== null ? (batch as Record<string, unknown>)[name] : undefined;
}

/** Returns the change that makes `after` of a stored batch. */
export function changeOf(before: unknown, after: KeptBatch): Change {
  const { id, uploads, ...head } = after;
  const known = new Map(uploadsOf(before)?.map((upload) => [upload.id, upload]));
  const ids = new Set(uploads.map((upload) => upload.id));
  const kept = [...known.keys()].filter((each) => ids.has(each));
  const isSameOrder =
    kept.length === uploads.length && uploads.every((upload, index) => upload.id === kept[index]);
  if (!isSameOrder) return { kind: 'batch', id, batch: after };
  return {
    kind: 'uploads',
    id,
    head: { id, ...head },
    changed: uploads.filter((upload) => !isEqual(known.get(upload.id), upload)),
    removed: [...known.keys()].filter((each) => !ids.has(each)),
  };
}

/** Whether both are stored as the same text. Most uploads are the same object. */
function isEqual(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Returns the changes that make `state` of an empty one. */
export function changesTo({ batches, files, setAside, leases }: FileState): readonly Change[] {
  return [
    ...[...batches].map(([id, batch]): Change => ({ kind: 'batch', id, batch })),
    ...[...files].flatMap(([id, ofBatch]) =>
      [...ofBatch].map(([uploadId, file]): Change => ({ kind: 'file', id, uploadId, file })),
    ),
    ...[...setAside].map(([key, entry]): Change => ({ kind: 'set-aside', key, ...entry })),
    ...[...leases].map(([owner, until]): Change => ({ kind: 'lease', owner, until })),
  ];
}

/** Names of the files beside the journal. */
export function namesBeside({ files }: FileState): ReadonlySet<string> {
  return new Set([...files.values()].flatMap((ofBatch) => [...ofBatch.values()].map(({ name }) => name)));
}
