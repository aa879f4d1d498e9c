import type { PickedFile } from '../model/upload';
import type { FileId, PlanFile } from '../plan/plan';

/** So much of either end of a file tells most files apart, in bytes. */
const GLANCE = 4096;

/** So much is read at once, in bytes. */
const SLICE = 4 * 1024 * 1024;

/**
 * What tells files of equal bytes, by their ids. Only files that look the same are read wholly; one that is alone with
 * its looks, or that cannot be read, gets no key.
 */
export async function contentKeysOf(
  files: readonly (PlanFile & PickedFile)[],
): Promise<ReadonlyMap<FileId, string>> {
  const keys = new Map<FileId, string>();
  for (const sameSize of groupsOf(files.map((file) => [String(file.size), file]))) {
    const looks = await labelAll(sameSize, ({ source }) => looksOf(source));
    for (const alike of groupsOf(looks)) {
      const labelled = await labelAll(alike, async ({ source, size }) => `${size} ${await hashOf(source)}`);
      for (const [key, { id }] of labelled) keys.set(id, key);
    }
  }
  return keys;
}

/** Those that can be read, each with its label. */
async function labelAll<T>(
  files: readonly T[],
  labelOf: (file: T) => Promise<string>,
): Promise<readonly (readonly [string, T])[]> {
  const labelled: [string, T][] = [];
  for (const file of files) {
    const label = await labelOf(file).catch(() => undefined);
    if (label !== undefined) labelled.push([label, file]);
  }
  return labelled;
}

/** Those that share their label with another. */
function groupsOf<T>(labelled: readonly (readonly [string, T])[]): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const [label, each] of labelled) {
    const group = groups.get(label);
    if (group) group.push(each);
    else groups.set(label, [each]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** What a file begins and ends with. */
async function looksOf(source: Blob): Promise<string> {
  const { xxhash128 } = await import(/* webpackChunkName: "hash" */ 'hash-wasm');
  const ends = new Blob([source.slice(0, GLANCE), source.slice(Math.max(0, source.size - GLANCE))]);
  return xxhash128(new Uint8Array(await ends.arrayBuffer()));
}

async function hashOf(source: Blob): Promise<string> {
  const { createXXHash128 } = await import(/* webpackChunkName: "hash" */ 'hash-wasm');
  const hasher = await createXXHash128();
  for (let at = 0; at < source.size; at += SLICE)
    hasher.update(new Uint8Array(await source.slice(at, at + SLICE).arrayBuffer()));
  return hasher.digest();
}
