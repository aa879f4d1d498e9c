import { isStaplerError } from '../model/errors';
import type { Transport } from '../model/upload';
import { createAttachment } from '../rest/attachments';
import type { Connection } from '../rest/connection';

/**
 * One request for the whole file: the fastest way wherever the server allows it.
 *
 * @param assertReadable Rejects when the file cannot be read. A browser reports a file that vanished while it was
 *   being sent like a broken connection; this tells the two apart.
 */
export function createSimpleTransport(
  connection: Connection,
  assertReadable: (file: { name: string; source: Blob }) => Promise<void>,
): Transport {
  return {
    async send(file, { signal, onProgress }) {
      try {
        const reference = await createAttachment(connection, {
          fileName: file.name,
          body: file.source,
          signal,
          onUploadProgress: (bytesSent) => onProgress({ bytesSent, bytesAccepted: 0 }),
        });
        onProgress({ bytesSent: file.source.size, bytesAccepted: file.source.size });
        return reference;
      } catch (error) {
        if (isStaplerError(error) && error.kind === 'network') await assertReadable(file);
        throw error;
      }
    },
  };
}
