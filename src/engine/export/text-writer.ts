import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { UNFINISHED_END } from './export-folder';

/** A text file in the making. It appears under its name when it is complete and on disk. */
export interface TextWriter {
  readonly write: (text: string) => Promise<void>;
  /** Returns size and SHA-256. */
  readonly finish: () => Promise<{ readonly size: number; readonly sha256: string }>;
  /** Removes it, unless it is complete. Never rejects. */
  readonly discard: () => Promise<void>;
}

/** Characters to collect before a write. */
const MAX_HELD = 64 * 1024;

/** Starts a text file. It replaces an older one at the end. */
export async function createTextWriter(path: string): Promise<TextWriter> {
  const partPath = path + UNFINISHED_END;
  await rm(partPath, { force: true });
  const handle = await open(partPath, 'wx');
  const hash = createHash('sha256');
  let held = '';
  let size = 0;
  let isOpen = true;

  async function flush(): Promise<void> {
    const bytes = Buffer.from(held);
    held = '';
    hash.update(bytes);
    size += bytes.length;
    await handle.appendFile(bytes);
  }

  return {
    async write(text) {
      held += text;
      if (held.length >= MAX_HELD) await flush();
    },

    async finish() {
      await flush();
      await handle.sync();
      await handle.close();
      isOpen = false;
      await rename(partPath, path);
      return { size, sha256: hash.digest('hex') };
    },

    async discard() {
      if (!isOpen) return;
      isOpen = false;
      await handle.close().catch(() => undefined);
      await rm(partPath, { force: true }).catch(() => undefined);
    },
  };
}
