import { CancelledError, NetworkError, TimeoutError } from '../../base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from './http-stack';
import { createStallWatch } from './stall-watch';

/** Of all requests of the page: they share its connections. */
const watchStall = createStallWatch();

/**
 * The network of the browser. `XMLHttpRequest` instead of `fetch`: it reports upload progress and streams a `File`
 * from disk (peer figures, lesson 4).
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
      const requestName = `${request.method} ${new URL(request.url).pathname}`;
      let isStalled = false;
      const abort = (): void => {
        xhr.abort();
        // Chromium has no event for it during the last progress event.
        finish(() => reject(abortReason()));
      };
      let stopWatching = (): void => undefined;
      const finish = (outcome: () => void): void => {
        stopWatching();
        request.signal?.removeEventListener('abort', abort);
        outcome();
      };
      /** The browser also aborts by itself, when the page is stopped; the outcome is then unknown. */
      const abortReason = (): Error => {
        if (request.signal?.aborted) return new CancelledError();
        if (isStalled)
          return new TimeoutError(`No byte of ${requestName} moved for too long.`, request.stallMs ?? 0);
        return new NetworkError(`${requestName} was cut off.`);
      };

      xhr.open(request.method, request.url);
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
      if (request.wantsBlob) xhr.responseType = 'blob';
      xhr.onload = () => finish(() => resolve(request.wantsBlob ? blobResponse(xhr) : textResponse(xhr)));
      xhr.onerror = () => finish(() => reject(new NetworkError(`No answer to ${requestName}.`)));
      xhr.onabort = () => finish(() => reject(abortReason()));
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
      const { body = null } = request;
      xhr.send(body);
    });
  },
};

/**
 * Calls `onStall` after `stallMs` without progress.
 *
 * @returns Stops the watch.
 */
function watchForStall(xhr: XMLHttpRequest, stallMs: number | undefined, onStall: () => void): () => void {
  // A listener of an upload causes a preflight.
  if (stallMs === undefined) return () => undefined;
  const { recordProgress, stop } = watchStall(stallMs, onStall);
  xhr.upload.addEventListener('progress', recordProgress);
  xhr.addEventListener('progress', recordProgress);
  xhr.addEventListener('readystatechange', () => {
    if (xhr.readyState >= xhr.HEADERS_RECEIVED) recordProgress();
  });
  return stop;
}

function textResponse(xhr: XMLHttpRequest): HttpResponse {
  return { status: xhr.status, text: xhr.responseText, header: headersOf(xhr) };
}

async function blobResponse(xhr: XMLHttpRequest): Promise<HttpResponse> {
  const { status } = xhr;
  const blob = xhr.response as Blob;
  const isOk = status >= 200 && status < 300;
  return { status, text: isOk ? '' : await blob.text(), blob, header: headersOf(xhr) };
}

/** Browsers log an error when a script reads a header hidden by CORS, so this looks it up in the full list. */
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
