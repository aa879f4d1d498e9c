import { CancelledError, NetworkError } from '../../src/base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';

/** Response of a test. `json` is serialized; without any of the three the body is empty. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  /** For a request with a blob as response. */
  readonly blob?: Blob;
  /** Names are case-insensitive. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request waiting for its response by the test. */
export interface PendingRequest extends HttpRequest {
  readonly parsedUrl: URL;
  respondWith(answer: Answer): void;
  /** Fails without a response, or with `error`. */
  fail(error?: Error): void;
  /** Reports the number of bytes sent. */
  progress(bytesSent: number): void;
}

/** A network controlled by the test. */
export interface ManualHttpStack extends HttpStack {
  /** Returns the oldest request not yet returned; waits for one. */
  nextRequest(): Promise<PendingRequest>;
  /** All requests, including aborted ones. */
  readonly requests: readonly PendingRequest[];
}

/** Converts a response for the network layer. */
export function httpResponse({ status, json, text, blob, headers = {} }: Answer): HttpResponse {
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    status,
    text: json === undefined ? (text ?? '') : JSON.stringify(json),
    ...(blob && { blob }),
    header: (name) => values.get(name.toLowerCase()) ?? null,
  };
}

/**
 * Creates an `HttpStack` with responses by the test, one by one, so a test reads like a conversation. An aborted
 * request is rejected with `CancelledError` and ignores a later response.
 */
export function createManualHttpStack(): ManualHttpStack {
  const requests: PendingRequest[] = [];
  const waiting: ((request: PendingRequest) => void)[] = [];
  let seen = 0;

  return {
    requests,

    send(request) {
      return new Promise((resolve, reject) => {
        if (request.signal?.aborted) {
          reject(new CancelledError());
          return;
        }
        request.signal?.addEventListener('abort', () => reject(new CancelledError()), { once: true });
        const pending: PendingRequest = {
          ...request,
          parsedUrl: new URL(request.url),
          respondWith: (answer) => resolve(httpResponse(answer)),
          fail: (error = new NetworkError('No answer.')) => reject(error),
          progress: (bytesSent) => request.onUploadProgress?.(bytesSent),
        };
        requests.push(pending);
        const claim = waiting.shift();
        if (!claim) return;
        seen++;
        claim(pending);
      });
    },

    nextRequest() {
      const request = requests[seen];
      if (!request) return new Promise((resolve) => waiting.push(resolve));
      seen++;
      return Promise.resolve(request);
    },
  };
}
