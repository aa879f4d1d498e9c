import { CancelledError, NetworkError, TimeoutError } from '../../src/base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';
import { httpResponse } from './manual-http-stack';
import { guid } from './uploads';

/** Outcome of one request. */
export const FAULTS = [
  'none',
  'lost before it was acted on',
  'lost after it was acted on',
  'lost when half of it was there',
  'lost, and a byte of it damaged',
  'stalled after it was acted on',
  'busy before it was acted on',
  'busy after it was acted on',
  'refused',
  'forgotten, and the session with it',
  'signed out',
  'answered by a page',
  'answered with nothing, though acted on',
  'stopped by a person before it was acted on',
  'stopped by a person after it was acted on',
  'answered, and then stopped by a person',
] as const;

export type Fault = (typeof FAULTS)[number];

/** Unknown properties of the real server (REST reference A.4). */
export interface ServerFacts {
  /** Handling of bytes received before. */
  readonly repeats: 'overwritten' | 'ignored' | 'refused' | 'appended';
  /** Limit of a request body; a larger one gets a 413. */
  readonly maxRequestBytes: number;
  /** Throughput of the connection. */
  readonly bytesPerMs: number;
}

/** The attachment API in memory, with a list of faults, one per request. */
export interface ModelServer extends HttpStack {
  /** Returns a completely stored file by its id. */
  contentOf(id: string): Uint8Array | undefined;
  /** Milliseconds since the epoch; advanced by requests and waits. */
  readonly clock: { now: number };
  /** Called for the fault of a stop by the user. */
  onStop: () => void;
  /** Remaining faults. */
  readonly faults: Fault[];
}

interface Stored {
  content: Uint8Array;
  /** Number of stored bytes. */
  length: number;
}

/** Creates the server. */
export function createModelServer(facts: ServerFacts, faults: readonly Fault[]): ModelServer {
  const stored = new Map<string, Stored>();
  let lastId = 0;

  function create(bytes: Uint8Array): string {
    const id = guid(++lastId);
    stored.set(id, { content: bytes, length: bytes.length });
    return id;
  }

  function write(file: Stored, first: number, bytes: Uint8Array): void {
    const needed = Math.max(file.length, first + bytes.length);
    if (file.content.length < needed) {
      const larger = new Uint8Array(2 * needed);
      larger.set(file.content.subarray(0, file.length));
      file.content = larger;
    }
    file.content.set(bytes, first);
    file.length = needed;
  }

  /** Stores a chunk and returns the status. */
  function take(id: string, range: string, bytes: Uint8Array): number {
    const [first = 0, last = 0] = /\d+-\d+/.exec(range)?.[0].split('-').map(Number) ?? [];
    const file = stored.get(id);
    if (!file) return 404;
    if (first > file.length || bytes.length > last - first + 1) return 400;
    const isRepeated = first < file.length;
    if (isRepeated && facts.repeats === 'refused') return 400;
    const at = isRepeated && facts.repeats === 'appended' ? file.length : first;
    const known = isRepeated && facts.repeats === 'ignored' ? file.length - first : 0;
    if (known < bytes.length) write(file, at + known, bytes.subarray(known));
    return 200;
  }

  async function act(request: HttpRequest, fault: Fault): Promise<HttpResponse> {
    const { pathname, searchParams } = new URL(request.url);
    const id = pathname.split('/').pop() ?? '';
    if (request.method === 'GET') {
      const file = stored.get(id);
      const text = file ? '' : '{"typeKey":"FileIdNotFoundException"}';
      const blob = new Blob(file ? [file.content.slice(0, file.length)] : []);
      return httpResponse({ status: file ? 200 : 404, text, blob });
    }

    let bytes = new Uint8Array(await ((request.body ?? new Blob()) as Blob).arrayBuffer());
    if (bytes.length > facts.maxRequestBytes) return httpResponse({ status: 413 });
    if (fault === 'lost when half of it was there') bytes = bytes.subarray(0, Math.floor(bytes.length / 2));
    if (fault === 'lost, and a byte of it damaged' && bytes.length > 0) bytes[bytes.length >> 1]! ^= 1;
    if (request.method === 'PUT')
      return httpResponse({ status: take(id, request.headers['Content-Range'] ?? '', bytes) });
    const created = create(bytes);
    const fileName = searchParams.get('fileName') ?? '';
    return httpResponse({
      status: 201,
      json: { id: created, url: `https://h/c/_apis/wit/attachments/${created}?fileName=${fileName}` },
    });
  }

  const server: ModelServer = {
    clock: { now: 1_000_000 },
    faults: [...faults],
    onStop: () => undefined,

    contentOf(id) {
      const file = stored.get(id);
      return file?.content.subarray(0, file.length);
    },

    async send(request) {
      if (request.signal?.aborted) throw new CancelledError();
      const fault = server.faults.shift() ?? 'none';
      server.clock.now += ((request.body as Blob | undefined)?.size ?? 0) / facts.bytesPerMs;
      switch (fault) {
        case 'lost before it was acted on':
          throw new NetworkError('No answer.');
        case 'busy before it was acted on':
          return httpResponse({ status: 503 });
        case 'refused':
          return httpResponse({ status: 400 });
        case 'signed out':
          return httpResponse({ status: 401 });
        case 'answered by a page':
          return httpResponse({
            status: 200,
            text: '<html>Maintenance</html>',
            headers: { 'Content-Type': 'text/html' },
          });
        case 'forgotten, and the session with it':
          stored.delete(new URL(request.url).pathname.split('/').pop() ?? '');
          return httpResponse({ status: 404 });
        case 'stopped by a person before it was acted on':
          server.onStop();
          throw new CancelledError();
        default:
          break;
      }
      const response = await act(request, fault);
      switch (fault) {
        case 'lost after it was acted on':
        case 'lost when half of it was there':
        case 'lost, and a byte of it damaged':
          throw new NetworkError('No answer.');
        case 'stalled after it was acted on':
          throw new TimeoutError('No byte moved.', 30_000);
        case 'busy after it was acted on':
          return httpResponse({ status: 503 });
        case 'answered with nothing, though acted on':
          return httpResponse({ status: response.status });
        case 'stopped by a person after it was acted on':
          server.onStop();
          throw new CancelledError();
        case 'answered, and then stopped by a person':
          server.onStop();
          return response;
        default:
          return response;
      }
    },
  };
  return server;
}
