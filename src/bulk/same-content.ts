import type { PickedFile } from '../model/upload';
import type { FileId, PlanFile } from '../plan/plan';

/** So much is read at once, in bytes. */
const SLICE = 4 * 1024 * 1024;

/**
 * What tells files of equal bytes, by their ids. Only files of one size are read, and those wholly; one that is alone
 * with its size, or that cannot be read, gets no key.
 */
export async function contentKeysOf(
  files: readonly (PlanFile & PickedFile)[],
): Promise<ReadonlyMap<FileId, string>> {
  const keys = new Map<FileId, string>();
  const bySize = new Map<number, (PlanFile & PickedFile)[]>();
  for (const file of files) bySize.set(file.size, [...(bySize.get(file.size) ?? []), file]);
  for (const alike of bySize.values()) {
    if (alike.length < 2) continue;
    for (const { id, source, size } of alike) {
      const hash = await hashOf(source).catch(() => undefined);
      if (hash !== undefined) keys.set(id, `${size} ${hash}`);
    }
  }
  return keys;
}

async function hashOf(source: Blob): Promise<string> {
  const { createXXHash128 } = await import(/* webpackChunkName: "hash" */ 'hash-wasm');
  const hasher = await createXXHash128();
  for (let at = 0; at < source.size; at += SLICE)
    hasher.update(new Uint8Array(await source.slice(at, at + SLICE).arrayBuffer()));
  return hasher.digest();
}
