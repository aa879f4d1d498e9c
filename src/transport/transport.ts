import { createMutex } from '../base/keyed-mutex';
import { isCancelled, isStaplerError } from '../model/errors';
import { hasTrait } from '../model/problem-traits';
import type { FileToSend, Sending, Transport } from '../model/upload';
import type { Connection } from '../rest/connection';
import { createChunkedSending } from './chunked-sending';
import { SMALLEST_CHUNK } from './chunks';
import { createLine } from './line';
import type { Naming } from './naming';
import type { SendingTools } from './sending-tools';
import { createSimpleSending } from './simple-sending';

/** What a transport is made of. */
export interface TransportOptions {
  readonly connection: Connection;
  readonly naming: Naming;
  /**
   * Rejects when the file cannot be read. A browser reports a file that vanished while it was being sent like a
   * broken connection; this tells the two apart.
   */
  readonly assertReadable: (file: { name: string; source: Blob }) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A larger file goes in chunks, in bytes. Default: 48 MiB. */
  readonly chunkAboveBytes?: number;
  /** Largest file that may go in one request at all, in bytes. Default: 130 MB (REST reference A.5). */
  readonly simpleUpToBytes?: number;
}

/** A whole file that would take longer than this goes in chunks, in milliseconds: too much to send twice. */
const LONGEST_SIMPLE_MS = 60_000;

/** A simple upload that the network broke so often is worth the round trips that chunks cost. */
const MOST_BREAKS = 2;

/**
 * One request for a file wherever that is allowed, since nothing is faster; chunks for a large one, on a slow line,
 * and where a whole file does not get through.
 */
export function createTransport(options: TransportOptions): Transport {
  const { connection, naming, assertReadable, now } = options;
  const { chunkAboveBytes = 48 * 1024 * 1024, simpleUpToBytes = 130_000_000 } = options;
  const line = createLine();
  const tools: SendingTools = { connection, line, naming, now };

  function isTooLarge({ size }: FileToSend): boolean {
    const takesMs = line.bytesPerSecond === undefined ? 0 : (size * 1000) / line.bytesPerSecond;
    return size > Math.min(chunkAboveBytes, simpleUpToBytes, line.mostBytes) || takesMs > LONGEST_SIMPLE_MS;
  }

  /** Chooses when it is sent, not when it was added: by then the line may be known. */
  function createSending(file: FileToSend): Sending {
    const simple = createSimpleSending(tools, file);
    let chunked: Sending | undefined;
    let breaks = 0;

    return {
      async run(options) {
        if (file.session || isTooLarge(file)) chunked ??= createChunkedSending(tools, file);
        try {
          return await (chunked ?? simple).run(options);
        } catch (error) {
          if (isCancelled(error)) throw error;
          const isBroken = hasTrait(error, 'no-answer');
          if (isBroken || !isStaplerError(error)) await assertReadable(file);
          // An empty file has no bytes for a chunk to name.
          if (chunked || file.size === 0) throw error;
          // The smallest chunk is no smaller than a small file.
          if (isBroken && file.size > SMALLEST_CHUNK && ++breaks === MOST_BREAKS)
            chunked = createChunkedSending(tools, file);
          if (!isStaplerError(error) || error.kind !== 'request-too-large') throw error;
          line.refused(file.size);
          chunked = createChunkedSending(tools, file);
          return chunked.run(options);
        }
      },
    };
  }

  return { begin: (file) => serialized(createSending(file)) };
}

/** An aborted attempt may take a moment to end; the next one starts after that. */
function serialized({ run }: Sending): Sending {
  const serialize = createMutex();
  return { run: (options) => serialize(() => run(options)) };
}
