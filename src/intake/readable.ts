import { FileUnreadableError } from '../model/errors';

/**
 * Proves that the bytes can be had by reading the first of them. A file that was moved, deleted or changed since it
 * was picked fails here, and so does a folder that a browser passed off as a file.
 *
 * @throws FileUnreadableError when they cannot.
 */
export async function assertReadable(file: { name: string; source: Blob }): Promise<void> {
  try {
    await file.source.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new FileUnreadableError(file.name, { cause });
  }
}
