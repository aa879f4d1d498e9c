import { createAttachment } from '../../azure/rest/attachments';
import type { Connection } from '../../azure/rest/connection';
import type { AttachmentReference } from '../../azure/work-item';
import { createMutex } from '../../base/async';
import { isCancelled, isStaplerError } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import { hasTrait } from '../../base/problem-traits';
import type { Learned } from '../learned';
import type { FileToSend, FileTransfer, SendOptions, Transport } from '../upload';
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

      if (!canShareUrl || !naming.tryWithoutName()) return post(name);
      try {
        const reference = await post(undefined);
        naming.recordUnnamed(reference);
        return reference;
      } catch (error) {
        naming.recordFailure();
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
  readonly learned: Learned;
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

/** Lost connections of a first chunk without a sent byte before one request is tried instead. */
const MAX_LOST_FIRST_CHUNKS = 2;

/** Lost connections of a simple upload before it switches to chunks. */
const MAX_LOST_CONNECTIONS = 2;

/**
 * Sends a file in one request, the fastest way, or in chunks if it is large, the connection is slow, or the whole
 * file does not get through.
 */
export function createTransport(options: TransportOptions): Transport {
  const { connection, naming, learned, assertUnchanged, now } = options;
  const { chunkAboveBytes = 48 * 1024 * 1024, simpleUpToBytes = 130_000_000 } = options;
  const throughput = createThroughputEstimator();
  const tools: TransferTools = { connection, throughput, naming, now };

  /** Whether the preflight refuses `Content-Range`, and the file fits into one request. */
  function mustAvoidChunks({ size }: FileToSend): boolean {
    return learned.answers().contentRange === false && size <= simpleUpToBytes;
  }

  function needsChunks(file: FileToSend): boolean {
    if (mustAvoidChunks(file)) return false;
    const { size } = file;
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
    let lostFirstChunks = 0;
    let isFallback = false;

    /** Browsers report a header that the preflight refuses like a lost connection, before any byte is sent. */
    function isRefusedHeader(error: unknown): boolean {
      if (!isStaplerError(error) || error.kind !== 'network') return false;
      return ++lostFirstChunks === MAX_LOST_FIRST_CHUNKS && file.size <= simpleUpToBytes;
    }

    async function run(options: SendOptions): Promise<AttachmentReference> {
      await learned.whenLoaded();
      if (!isFallback && (file.session || needsChunks(file))) chunked ??= createChunkedTransfer(tools, file);
      const isUnproven = chunked && learned.answers().contentRange === undefined;
      const watch = watchFirstChunk(options, () => learned.learn({ contentRange: true }));
      try {
        const reference = await (chunked ?? simple).run(isUnproven ? watch.options : options);
        if (isFallback) learned.learn({ contentRange: false });
        return reference;
      } catch (error) {
        if (isCancelled(error)) throw error;
        const isBroken = hasTrait(error, 'no-answer');
        if (isBroken || !isStaplerError(error)) await assertUnchanged(file);
        if (isUnproven && watch.isLost() && isRefusedHeader(error)) {
          chunked = undefined;
          isFallback = true;
          await options.onSession(undefined);
          return run(options);
        }
        const isTooLarge = isStaplerError(error) && error.kind === 'request-too-large';
        // An empty file has no byte range.
        if (chunked || (isFallback && !isTooLarge) || mustAvoidChunks(file) || file.size === 0) throw error;
        // A small file is no larger than the smallest chunk.
        if (isBroken && file.size > MIN_CHUNK_BYTES && ++lostConnections === MAX_LOST_CONNECTIONS)
          chunked = createChunkedTransfer(tools, file);
        if (!isTooLarge) throw error;
        throughput.recordTooLarge(file.size);
        isFallback = false;
        chunked = createChunkedTransfer(tools, file);
        return chunked.run(options);
      }
    }

    return { run };
  }

  function begin(file: FileToSend): FileTransfer {
    const { volumeBytes } = file;
    return serialized(volumeBytes ? createSplit(begin, file, volumeBytes) : createTransfer(file));
  }

  return { begin };
}

/** Creates the transfer of a split file. Its code is loaded with the first attempt. */
function createSplit(begin: Transport['begin'], file: FileToSend, volumeBytes: number): FileTransfer {
  let transfer: FileTransfer | undefined;
  return {
    async run(options) {
      const { createSplitTransfer } = await loadModule(
        () => import(/* webpackChunkName: "split-transfer" */ './split-transfer'),
      );
      transfer ??= createSplitTransfer(begin, file, volumeBytes);
      return transfer.run(options);
    },
  };
}

/**
 * Watches the first chunk of a session.
 *
 * @param onAccepted Called after the first accepted chunk.
 */
function watchFirstChunk(
  options: SendOptions,
  onAccepted: () => void,
): { readonly options: SendOptions; readonly isLost: () => boolean } {
  let state: 'none' | 'started' | 'sent' = 'none';
  return {
    isLost: () => state === 'started',
    options: {
      ...options,
      onSession(session) {
        if (state === 'none' && session?.bytesAccepted === 0) state = 'started';
        return options.onSession(session);
      },
      onProgress(progress) {
        if (progress.bytesSent > 0) state = 'sent';
        if (progress.bytesAccepted > 0) onAccepted();
        options.onProgress(progress);
      },
    },
  };
}

/** Starts an attempt after the end of an aborted one, which may take a moment. */
function serialized({ run }: FileTransfer): FileTransfer {
  const serialize = createMutex();
  return { run: (options) => serialize(() => run(options)) };
}
