import { CancelledError, NetworkError, TimeoutError } from '../model/errors';
import type { HttpRequest, HttpResponse, HttpStack } from './http-stack';

/** How often it is looked whether bytes still move, as a part of the longest time in which none may. */
const LOOKS_PER_STALL = 6;

/**
 * The browser's network. `XMLHttpRequest` and not `fetch`, since only it tells upload progress, and it streams a
 * `File` from disk (peer figures, lesson 4).
 */
export const xhrHttpStack: HttpStack = {
  send(request: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      if (request.signal?.aborted) {
        reject(new CancelledError());
        return;
      }
      // The one place where the network is reached (eslint.config.mjs bars it elsewhere).
      // eslint-disable-next-line no-restricted-globals
      const xhr = new XMLHttpRequest();
      const what = `${request.method} ${new URL(request.url).pathname}`;
      let isStalled = false;
      const abort = (): void => {
        xhr.abort();
      };
      let stopWatching = (): void => undefined;
      const settle = (outcome: () => void): void => {
        stopWatching();
        request.signal?.removeEventListener('abort', abort);
        outcome();
      };
      /** The browser aborts by itself as well, when the page is stopped: then the outcome is as unknown as ever. */
      const whyAborted = (): Error => {
        if (request.signal?.aborted) return new CancelledError();
        if (isStalled)
          return new TimeoutError(`No byte of ${what} moved for too long.`, request.stallMs ?? 0);
        return new NetworkError(`${what} was cut off.`);
      };

      xhr.open(request.method, request.url);
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
      if (request.wantsBlob) xhr.responseType = 'blob';
      xhr.onload = () => settle(() => resolve(request.wantsBlob ? blobResponse(xhr) : textResponse(xhr)));
      xhr.onerror = () => settle(() => reject(new NetworkError(`No answer to ${what}.`)));
      xhr.onabort = () => settle(() => reject(whyAborted()));
      if (request.onUploadProgress) {
        const report = request.onUploadProgress;
        xhr.upload.addEventListener('progress', (event) => report(event.loaded));
      }
      if (request.onDownloadProgress) {
        const report = request.onDownloadProgress;
        xhr.addEventListener('progress', (event) => report(event.loaded));
      }
      request.signal?.addEventListener('abort', abort, { once: true });
      stopWatching = watchForStall(xhr, request.stallMs, () => {
        isStalled = true;
        abort();
      });
      xhr.send(request.body ?? null);
    });
  },
};

/** A request of which nothing was heard may be in the browser's line for so many times as long as one may stall. */
const LONGEST_IN_LINE = 4;

/** When a byte last moved, in any request. */
let lastSignOfLife = 0;

/**
 * Calls `onStall` when no byte of the request has moved for `stallMs`. A request of which nothing was heard yet may
 * be waiting for one of the browser's few connections; as long as the others get on, so will it.
 *
 * @returns Ends the watch.
 */
function watchForStall(xhr: XMLHttpRequest, stallMs: number | undefined, onStall: () => void): () => void {
  if (stallMs === undefined) return () => undefined;
  let isHeardOf = false;
  let lastMove = performance.now();
  const note = (): void => {
    isHeardOf = true;
    lastMove = lastSignOfLife = performance.now();
  };
  xhr.upload.addEventListener('progress', note);
  xhr.addEventListener('progress', note);
  xhr.addEventListener('readystatechange', () => {
    if (xhr.readyState >= xhr.HEADERS_RECEIVED) note();
  });
  const startedAt = lastMove;
  const timer = setInterval(() => {
    const now = performance.now();
    const last = isHeardOf ? lastMove : Math.max(lastMove, lastSignOfLife);
    if (now - last >= stallMs || (!isHeardOf && now - startedAt >= LONGEST_IN_LINE * stallMs)) onStall();
  }, stallMs / LOOKS_PER_STALL);
  return () => clearInterval(timer);
}

function textResponse(xhr: XMLHttpRequest): HttpResponse {
  return { status: xhr.status, text: xhr.responseText, header: headersOf(xhr) };
}

async function blobResponse(xhr: XMLHttpRequest): Promise<HttpResponse> {
  const { status } = xhr;
  const blob = xhr.response as Blob;
  const isThere = status >= 200 && status < 300;
  return { status, text: isThere ? '' : await blob.text(), blob, header: headersOf(xhr) };
}

/** Asked for a header that CORS hides, browsers write an error into the console; so what there is, is looked up. */
function headersOf(xhr: XMLHttpRequest): HttpResponse['header'] {
  const lines = xhr.getAllResponseHeaders().split(/\r?\n/);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return (name) => headers.get(name.toLowerCase()) ?? null;
}
