import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Files on the disk to be picked. */
export interface TestFiles {
  readonly names: readonly string[];
  readonly paths: readonly string[];
}

const READ_BYTES = 1024 * 1024;

/**
 * Creates `count` files of a size. They are sparse, zero after their number, and cached by one read, so the
 * disk has no influence on the measurement. Their contents are different.
 */
export async function makeTestFiles(folder: string, count: number, bytesEach: number): Promise<TestFiles> {
  const home = join(folder, `${count} of ${bytesEach}`);
  await mkdir(home, { recursive: true });
  const names = Array.from({ length: count }, (_, at) => `file ${String(at + 1).padStart(4, '0')}.bin`);
  const paths = names.map((name) => join(home, name));
  for (const [at, path] of paths.entries()) {
    const file = await open(path, 'w');
    await file.write(String(at));
    await file.truncate(bytesEach);
    await file.close();
    await once(createReadStream(path, { highWaterMark: READ_BYTES }).resume(), 'close');
  }
  return { names, paths };
}
