import pLimit from 'p-limit';
import type { PickedFile } from '../../upload/upload';
import type { FileId, PlanFile } from '../plan/plan';

/** What most files of one size differ in: their first bytes. */
const GLANCE = 4096;

/** So much is read at once, in bytes. */
const SLICE = 4 * 1024 * 1024;

/** So many files are glanced at side by side. */
const AT_ONCE = 32;

/**
 * What tells files of equal bytes, by their ids. Only files that look the same are read wholly; one that is alone with
 * its looks, or that cannot be read, gets no key.
 */
export type ContentKeys = (files: readonly (PlanFile & PickedFile)[]) => Promise<ReadonlyMap<FileId, string>>;

/** Reads nothing of a file twice, so that it may be asked each time that files are added. */
export function createContentKeys(): ContentKeys {
  const looksOf = remembered(readLooks);
  const hashOf = remembered(readHash);
  return async (files) => {
    const keys = new Map<FileId, string>();
    for (const sameSize of groupsOf(files.map((file) => [String(file.size), file]))) {
      const looks = await labelAll(sameSize, AT_ONCE, ({ source }) => looksOf(source));
      for (const alike of groupsOf(looks)) {
        const labelled = await labelAll(
          alike,
          1,
          async ({ source, size }) => `${size} ${await hashOf(source)}`,
        );
        for (const [key, { id }] of labelled) keys.set(id, key);
      }
    }
    return keys;
  };
}

function remembered(read: (source: Blob) => Promise<string>): (source: Blob) => Promise<string> {
  const answers = new WeakMap<Blob, Promise<string>>();
  return (source) => {
    const answer = answers.get(source) ?? read(source);
    answers.set(source, answer);
    return answer;
  };
}

/** Those that can be read, each with its label; so many are read side by side. */
async function labelAll<T>(
  files: readonly T[],
  atOnce: number,
  labelOf: (file: T) => Promise<string>,
): Promise<readonly (readonly [string, T])[]> {
  const limit = pLimit(atOnce);
  const labels = await Promise.allSettled(files.map((file) => limit(labelOf, file)));
  return files.flatMap((file, index) => {
    const label = labels[index];
    return label?.status === 'fulfilled' ? [[label.value, file] as const] : [];
  });
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

/** What a file begins with, as it is: to load what could hash it takes longer than to compare it. */
async function readLooks(source: Blob): Promise<string> {
  return new TextDecoder('latin1').decode(await source.slice(0, GLANCE).arrayBuffer());
}

async function readHash(source: Blob): Promise<string> {
  const { createXXHash128 } = await import(/* webpackChunkName: "hash" */ 'hash-wasm');
  const hasher = await createXXHash128();
  for (let at = 0; at < source.size; at += SLICE)
    hasher.update(new Uint8Array(await source.slice(at, at + SLICE).arrayBuffer()));
  return hasher.digest();
}
