import { isStaplerError } from '../../base/errors';
import type { FileToSend, FileTransfer } from '../upload';
import { createAttachment } from '../../azure/rest/attachments';
import type { TransferTools } from './transfer-tools';

/** Files up to this size may share a URL, in bytes. For larger ones a round trip is negligible. */
const MAX_SHARED_URL_BYTES = 1024 * 1024;

/** Sends the whole file in one request, the fastest way if the server allows it. Every attempt starts over. */
export function createSimpleTransfer(tools: TransferTools, file: FileToSend): FileTransfer {
  const { connection, throughput, naming, now } = tools;
  const { name, size, source, isOneOfMany } = file;
  const canShareUrl = isOneOfMany && size <= MAX_SHARED_URL_BYTES;

  return {
    async run({ signal, onProgress }) {
      const post = async (fileName: string | undefined) => {
        const startedAt = now();
        const reference = await createAttachment(connection, {
          fileName,
          body: source,
          signal,
          onUploadProgress: (bytesSent) => onProgress({ bytesSent, bytesAccepted: 0 }),
        });
        throughput.record(size, now() - startedAt);
        return reference;
      };

      if (!canShareUrl || naming.isInUrl) return post(name);
      try {
        return await post(undefined);
      } catch (error) {
        if (!isStaplerError(error) || error.kind !== 'refused') throw error;
        naming.requireUrlName();
        return post(name);
      }
    },
  };
}
