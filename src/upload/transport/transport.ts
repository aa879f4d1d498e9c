import { createAttachment } from '../../azure/rest/attachments';
import type { Connection } from '../../azure/rest/connection';
import { createMutex } from '../../base/async';
import { isCancelled, isStaplerError } from '../../base/errors';
import { hasTrait } from '../../base/problem-traits';
import type { FileToSend, FileTransfer, Transport } from '../upload';
import { createChunkedTransfer } from './chunked-transfer';
import { MIN_CHUNK_BYTES } from './chunks';
import type { Naming, TransferTools } from './transfer-tools';
import { createThroughputEstimator } from './transfer-tools';

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

/** Dependencies and limits of a transport. */
export interface TransportOptions {
  readonly connection: Connection;
  readonly naming: Naming;
  /**
   * Rejects if the file is unreadable or has changed. Browsers report a file deleted or overwritten during the upload
   * like a lost connection; this tells them apart.
   */
  readonly assertUnchanged: (file: { name: string; source: Blob }) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Larger files are sent in chunks, in bytes. Default: 48 MiB. */
  readonly chunkAboveBytes?: number;
  /** Maximum size of a file in one request, in bytes. Default: 130 MB (REST reference A.5). */
  readonly simpleUpToBytes?: number;
}

/** Files with a longer estimated duration are sent in chunks, in milliseconds: too much to send twice. */
const MAX_SIMPLE_MS = 60_000;

/** Lost connections of a simple upload before it switches to chunks. */
const MAX_LOST_CONNECTIONS = 2;

/**
 * Sends a file in one request, the fastest way, or in chunks if it is large, the connection is slow, or the whole
 * file does not get through.
 */
export function createTransport(options: TransportOptions): Transport {
  const { connection, naming, assertUnchanged, now } = options;
  const { chunkAboveBytes = 48 * 1024 * 1024, simpleUpToBytes = 130_000_000 } = options;
  const throughput = createThroughputEstimator();
  const tools: TransferTools = { connection, throughput, naming, now };

  function needsChunks({ size }: FileToSend): boolean {
    const estimatedMs =
      throughput.bytesPerSecond === undefined ? 0 : (size * 1000) / throughput.bytesPerSecond;
    return (
      size > Math.min(chunkAboveBytes, simpleUpToBytes, throughput.maxBodyBytes) ||
      estimatedMs > MAX_SIMPLE_MS
    );
  }

  /** Decides at the start of each attempt, with the throughput known by then. */
  function createTransfer(file: FileToSend): FileTransfer {
    const simple = createSimpleTransfer(tools, file);
    let chunked: FileTransfer | undefined;
    let lostConnections = 0;

    return {
      async run(options) {
        if (file.session || needsChunks(file)) chunked ??= createChunkedTransfer(tools, file);
        try {
          return await (chunked ?? simple).run(options);
        } catch (error) {
          if (isCancelled(error)) throw error;
          const isBroken = hasTrait(error, 'no-answer');
          if (isBroken || !isStaplerError(error)) await assertUnchanged(file);
          // An empty file has no byte range.
          if (chunked || file.size === 0) throw error;
          // A small file is no larger than the smallest chunk.
          if (isBroken && file.size > MIN_CHUNK_BYTES && ++lostConnections === MAX_LOST_CONNECTIONS)
            chunked = createChunkedTransfer(tools, file);
          if (!isStaplerError(error) || error.kind !== 'request-too-large') throw error;
          throughput.recordTooLarge(file.size);
          chunked = createChunkedTransfer(tools, file);
          return chunked.run(options);
        }
      },
    };
  }

  return { begin: (file) => serialized(createTransfer(file)) };
}

/** Starts an attempt after the end of an aborted one, which may take a moment. */
function serialized({ run }: FileTransfer): FileTransfer {
  const serialize = createMutex();
  return { run: (options) => serialize(() => run(options)) };
}
