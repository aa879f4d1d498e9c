import { loadModule } from '../base/load-module';

/** Bytes to hash, and the ends of the parts to hash them up to, ascending, in bytes. */
export interface FileToHash {
  readonly bytes: Blob;
  readonly stops: readonly number[];
}

/** Bytes per step. */
const STEP_BYTES = 4 * 1024 * 1024;

/**
 * Returns the hexadecimal SHA-256 of the bytes before each stop.
 *
 * @throws DOMException if the file is unreadable.
 */
export async function hashFile({ bytes, stops }: FileToHash): Promise<readonly string[]> {
  const { createSHA256 } = await loadModule(() => import(/* webpackChunkName: "hash" */ 'hash-wasm'));
  const hasher = await createSHA256();
  const digests: string[] = [];
  let at = 0;
  for (const stop of stops) {
    for (; at < stop; at = Math.min(stop, at + STEP_BYTES)) {
      const part = bytes.slice(at, Math.min(stop, at + STEP_BYTES));
      hasher.update(new Uint8Array(await part.arrayBuffer()));
    }
    const state = hasher.save();
    digests.push(hasher.digest());
    hasher.load(state);
  }
  return digests;
}
