import { isStaplerError } from '../model/errors';
import type { FileToSend, Sending } from '../model/upload';
import { createAttachment } from '../rest/attachments';
import type { SendingTools } from './sending-tools';

/** A file up to this size may share its URL with others; for a larger one a round trip is nothing. In bytes. */
const MOST_TO_SHARE = 1024 * 1024;

/** One request for the whole file: the fastest way wherever the server allows it. Another attempt begins anew. */
export function createSimpleSending(tools: SendingTools, file: FileToSend): Sending {
  const { connection, line, naming, now } = tools;
  const { name, size, source, isOneOfMany } = file;
  const mayShare = isOneOfMany && size <= MOST_TO_SHARE;

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
        line.note(size, now() - startedAt);
        return reference;
      };

      if (!mayShare || naming.isInUrl) return post(name);
      try {
        return await post(undefined);
      } catch (error) {
        if (!isStaplerError(error) || error.kind !== 'refused') throw error;
        naming.refused();
        return post(name);
      }
    },
  };
}
