import pLimit from 'p-limit';
import { loadModule } from '../../base/load-module';
import type { PickedFile } from '../../upload/upload';
import type { FileId, PlanFile } from '../plan/plan';

/** First bytes of a file; most files of one size differ in them. */
const PREFIX_BYTES = 4096;

const SLICE_BYTES = 4 * 1024 * 1024;

const MAX_PARALLEL_PREFIXES = 32;

/** Hashing is bound by the CPU. */
const MAX_PARALLEL_HASHES = 1;

/**
 * Returns keys by file, equal for files of equal bytes. Only files of equal size and prefix are read as a whole; unique
 * and unreadable files get no key.
 */
export type ContentKeys = (files: readonly (PlanFile & PickedFile)[]) => Promise<ReadonlyMap<FileId, string>>;

/** Creates a function that remembers the files it has read, so that it can be called after each addition. */
export function createContentKeys(): ContentKeys {
  const prefixOf = memoize(readPrefix);
  const hashOf = memoize(readHash);
  return async (files) => {
    const keys = new Map<FileId, string>();
    for (const sameSize of groupsOf(files.map((file) => [String(file.size), file]))) {
      const prefixes = await labelAll(sameSize, MAX_PARALLEL_PREFIXES, ({ source }) => prefixOf(source));
      for (const alike of groupsOf(prefixes)) {
        const labeled = await labelAll(
          alike,
          MAX_PARALLEL_HASHES,
          async ({ source, size }) => `${size} ${await hashOf(source)}`,
        );
        for (const [key, { id }] of labeled) keys.set(id, key);
      }
    }
    return keys;
  };
}

function memoize(read: (source: Blob) => Promise<string>): (source: Blob) => Promise<string> {
  const results = new WeakMap<Blob, Promise<string>>();
  return (source) => {
    const result = results.get(source) ?? read(source);
    results.set(source, result);
    return result;
  };
}

/** Returns the readable files with their labels. */
async function labelAll<T>(
  files: readonly T[],
  maxParallel: number,
  labelOf: (file: T) => Promise<string>,
): Promise<readonly (readonly [string, T])[]> {
  const limit = pLimit(maxParallel);
  const labels = await Promise.allSettled(files.map((file) => limit(labelOf, file)));
  return files.flatMap((file, index) => {
    const label = labels[index];
    return label?.status === 'fulfilled' ? [[label.value, file] as const] : [];
  });
}

/** Groups files by label, without groups of one. */
function groupsOf<T>(labeled: readonly (readonly [string, T])[]): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const [label, each] of labeled) {
    const group = groups.get(label);
    if (group) group.push(each);
    else groups.set(label, [each]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Returns the first bytes unhashed: loading the hash library takes longer than comparing them. */
async function readPrefix(source: Blob): Promise<string> {
  return new TextDecoder('latin1').decode(await source.slice(0, PREFIX_BYTES).arrayBuffer());
}

async function readHash(source: Blob): Promise<string> {
  const { createXXHash128 } = await loadModule(() => import(/* webpackChunkName: "hash" */ 'hash-wasm'));
  const hasher = await createXXHash128();
  for (let at = 0; at < source.size; at += SLICE_BYTES)
    hasher.update(new Uint8Array(await source.slice(at, at + SLICE_BYTES).arrayBuffer()));
  return hasher.digest();
}
