import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Paths for files that are needed for a moment. */
export interface TemporaryFiles {
  /** Returns a path that no other file has. */
  readonly nextPath: () => Promise<string>;
  readonly removeAll: () => Promise<void>;
}

/** Creates paths in a folder of their own, which only the person can read. */
export function createTemporaryFiles(): TemporaryFiles {
  let folder: Promise<string> | undefined;
  let count = 0;
  return {
    async nextPath() {
      folder ??= mkdtemp(join(tmpdir(), 'stapler-'));
      return join(await folder, String(++count));
    },
    async removeAll() {
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}
