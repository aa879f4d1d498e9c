import { FileUnreadableError } from '../model/errors';

/**
 * Verifies that a file is readable by reading its first byte. Fails for a file moved, deleted or changed since it was
 * picked, and for a folder disguised as a file by the browser.
 *
 * @throws FileUnreadableError
 */
export async function assertReadable(file: { name: string; source: Blob }): Promise<void> {
  try {
    await file.source.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new FileUnreadableError(file.name, { cause });
  }
}
