import type { Upload } from '../../src/upload/upload';
import { attachedFile, attachmentIdIn, type Relation, type Store } from 'azure-devops-emulator';
import type { OnShow } from './form';
import type { Others } from './others';
import { keyOf } from './others';

/** File given to the form, and its target. */
export interface Given {
  readonly name: string;
  readonly sha256: string;
  /** Content of the form at that time; an abandoned draft never gets an `id`. */
  readonly home: OnShow;
  /** Whether the user has removed it again. */
  removal: 'none' | 'not known' | 'done';
  /** Whether it was overwritten on disk. */
  isChanged: boolean;
}

/** Expected and actual state. */
export interface Claims {
  readonly store: Store;
  readonly given: readonly Given[];
  readonly uploads: readonly Upload[];
  readonly others: Others;
  /** Relations removed by mistake before any reader could see them, by work item. */
  readonly unseen: ReadonlyMap<number, number>;
}

/** Compares the server with the expected state. Returns one sentence per difference. */
export function differences(claims: Claims): string[] {
  return [...inFiles(claims), ...inRelations(claims), ...inFields(claims)];
}

function inFiles({ store, given, uploads }: Claims): string[] {
  return given.flatMap((file) => {
    const { name, sha256, home, removal } = file;
    const upload = uploads.find(({ file }) => file.name === name);
    const told = `${name} (${upload ? describe(upload) : 'not in the list'})`;
    const places = store.workItemIds.flatMap((id) =>
      attachmentsOf(store, id).flatMap((relation) =>
        hashOf(store, relation) === sha256 ? [{ id, relation }] : [],
      ),
    );
    const problems = places
      .filter(({ id }) => id !== home.id)
      .map(({ id }) => `${told} is attached to ${id}, not to ${home.id}.`);
    if (places.length > 1) problems.push(`${told} is attached ${places.length} times.`);
    const isLinked = upload?.state.status === 'linked';
    const misnamed = places.filter(({ relation }) => isLinked && relation.attributes['name'] !== name);
    problems.push(
      ...misnamed.map(({ relation }) => `${told} is called ${String(relation.attributes['name'])}.`),
    );
    const isMeantToBe = isLinked && removal === 'none';
    if (removal !== 'not known' && isMeantToBe !== places.length > 0) {
      problems.push(`${told} is ${isMeantToBe ? 'not ' : ''}attached.`);
    }
    if (!isLinked && home.id !== undefined && !mayBeMissing(store, file, upload)) {
      problems.push(`${told} did not arrive at ${home.id}.`);
    }
    return problems;
  });
}

/** Hash of the bytes. Identifies a file under any name on the server. */
function hashOf(store: Store, { url }: Relation): string | undefined {
  return store.attachment(attachmentIdIn(url) ?? '')?.sha256;
}

/** Whether the user canceled it, it was changed on disk, or the work item is full. */
function mayBeMissing(store: Store, { home, isChanged }: Given, upload: Upload | undefined): boolean {
  if (upload?.state.status === 'cancelled') return true;
  if (upload?.state.status !== 'failed') return false;
  const { kind } = upload.state.problem;
  if (kind === 'file-changed' || kind === 'file-unreadable') return isChanged;
  const count = attachmentsOf(store, home.id!).length;
  return kind === 'attachment-limit' && count === store.limits.maxAttachmentsPerItem;
}

function attachmentsOf(store: Store, id: number): readonly Relation[] {
  return store.workItem(id).relations.filter(({ rel }) => rel === attachedFile);
}

function inRelations({ store, given, others, unseen }: Claims): string[] {
  const ours = new Set<unknown>(given.map(({ sha256 }) => sha256));
  return [...others.relations].flatMap(([id, expected]) => {
    const theirs = store
      .workItem(id)
      .relations.filter((relation) => relation.rel !== attachedFile || !ours.has(hashOf(store, relation)))
      .map(keyOf);
    const lost = [...expected].filter((key) => !theirs.includes(key));
    const extra = theirs.filter((key, index) => !expected.has(key) || theirs.indexOf(key) !== index);
    return [
      ...(lost.length > (unseen.get(id) ?? 0) ? [`${id} has lost ${lost.join(', ')}.`] : []),
      ...extra.map((key) => `${id} has got ${key}.`),
    ];
  });
}

function inFields({ store, others }: Claims): string[] {
  return [...others.fields].flatMap(([id, expected]) => {
    const { fields } = store.workItem(id);
    return [...expected]
      .filter(([field, value]) => fields[field] !== value)
      .map(
        ([field, value]) =>
          `${field} of ${id} is ${JSON.stringify(fields[field])}, not ${JSON.stringify(value)}.`,
      );
  });
}

function describe({ state }: Upload): string {
  return state.status === 'failed' ? `failed: ${state.problem.kind}` : state.status;
}
