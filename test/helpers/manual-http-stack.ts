import { CancelledError, NetworkError } from '../../src/base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';

/** What a test answers with. `json` is written as text; without any of the three the body is empty. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  /** For a request that wants one. */
  readonly blob?: Blob;
  /** Names in any case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that waits for the test. */
export interface PendingRequest extends HttpRequest {
  readonly parsedUrl: URL;
  respondWith(answer: Answer): void;
  /** No answer at all, or `error`. */
  fail(error?: Error): void;
  /** So many bytes of the body have left the browser. */
  progress(bytesSent: number): void;
}

/** A network in the hands of the test. */
export interface ManualHttpStack extends HttpStack {
  /** The oldest request that the test has not seen; waits for one. */
  nextRequest(): Promise<PendingRequest>;
  /** Every request so far, aborted ones included. */
  readonly requests: readonly PendingRequest[];
}

/** An answer as the network layer sees it. */
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
 * An `HttpStack` whose requests the test answers one by one, so that a test reads like the record of a conversation.
 * An aborted request is rejected with `CancelledError`, and whatever the test says to it later is not heard.
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
