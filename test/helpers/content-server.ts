import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';
import { createConnection } from '../../src/azure/rest/connection';
import type { OpenContent } from '../../src/gallery/project/duplicates/content-reader';
import { openAttachment } from '../../src/azure/rest/attachment-bytes';
import { CancelledError, NetworkError } from '../../src/base/errors';
import { httpResponse } from './manual-http-stack';

/** How the server and the stack treat a request for the beginning of a file. */
export const RANGE_MODES = ['part', 'streamed part', 'whole', 'streamed whole', 'blocked'] as const;

export type RangeMode = (typeof RANGE_MODES)[number];

/** Stored bytes in memory, read over an HTTP stack. */
export interface ContentServer {
  readonly open: OpenContent;
  /** Bytes that left the server. */
  readonly bytesSent: () => number;
  /** Number of whole or partial answers. */
  readonly requests: () => number;
  /** Largest number of bytes of files larger than a megabyte that were open at the same time. */
  readonly maxOpen: () => number;
  /** Statuses of the next answers, instead of the bytes; 0 for a lost connection. */
  readonly faults: number[];
}

const STREAM_PIECE = 128 * 1024;

/** Creates the server. `contentOf` returns the bytes of an attachment by its GUID. */
export function createContentServer(
  contentOf: (id: string) => Uint8Array<ArrayBuffer> | undefined,
  mode: RangeMode = 'part',
): ContentServer {
  const faults: number[] = [];
  let sent = 0;
  let requests = 0;
  let open = 0;
  let maxOpen = 0;

  async function* streamed(bytes: Uint8Array, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    open += bytes.length;
    maxOpen = Math.max(maxOpen, open);
    try {
      for (let at = 0; at < bytes.length; at += STREAM_PIECE) {
        await Promise.resolve();
        if (signal?.aborted) throw new CancelledError();
        const piece = bytes.subarray(at, at + STREAM_PIECE);
        sent += piece.length;
        yield piece;
      }
    } finally {
      open -= bytes.length;
    }
  }

  async function send(request: HttpRequest): Promise<HttpResponse> {
    requests++;
    await Promise.resolve();
    if (request.signal?.aborted) throw new CancelledError();
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers['Range'] ?? '');
    const fault = faults.shift();
    if (fault === 0 || (range && mode === 'blocked')) throw new NetworkError('No answer.');
    if (fault !== undefined) return httpResponse({ status: fault });
    const all = contentOf(new URL(request.url).pathname.split('/').pop() ?? '');
    if (!all) return httpResponse({ status: 404, text: '{"typeKey":"FileIdNotFoundException"}' });
    const isPart = range !== null && mode.endsWith('part');
    const bytes = isPart ? all.slice(Number(range[1]), Number(range[2]) + 1) : all;
    const response = httpResponse({ status: isPart ? 206 : 200, blob: new Blob([bytes]) });
    if (mode.startsWith('streamed')) return { ...response, stream: streamed(bytes, request.signal) };
    sent += bytes.length;
    request.onDownloadProgress?.(bytes.length);
    return response;
  }

  const stack: HttpStack = { send };
  const connection = createConnection({
    stack,
    getToken: () => Promise.resolve('token'),
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam'),
  });
  return {
    open: (reference, options) => openAttachment(connection, reference, options),
    bytesSent: () => sent,
    requests: () => requests,
    maxOpen: () => maxOpen,
    faults,
  };
}
