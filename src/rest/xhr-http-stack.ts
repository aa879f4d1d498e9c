import { CancelledError, NetworkError, TimeoutError } from '../model/errors';
import type { HttpRequest, HttpResponse, HttpStack } from './http-stack';

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
      const abort = (): void => {
        xhr.abort();
      };
      const settle = (outcome: () => void): void => {
        request.signal?.removeEventListener('abort', abort);
        outcome();
      };
      const what = `${request.method} ${new URL(request.url).pathname}`;

      xhr.open(request.method, request.url);
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
      xhr.timeout = request.timeoutMs ?? 0;
      xhr.onload = () =>
        settle(() =>
          resolve({
            status: xhr.status,
            text: xhr.responseText,
            header: (name) => readHeader(xhr, name),
          }),
        );
      xhr.onerror = () => settle(() => reject(new NetworkError(`No answer to ${what}.`)));
      xhr.ontimeout = () =>
        settle(() => reject(new TimeoutError(`No answer to ${what} in time.`, xhr.timeout)));
      // The browser aborts by itself as well, when the page is stopped: then the outcome is as unknown as ever.
      xhr.onabort = () =>
        settle(() =>
          reject(request.signal?.aborted ? new CancelledError() : new NetworkError(`${what} was cut off.`)),
        );
      if (request.onUploadProgress) {
        const report = request.onUploadProgress;
        xhr.upload.onprogress = (event) => report(event.loaded);
      }
      request.signal?.addEventListener('abort', abort, { once: true });
      xhr.send(request.body ?? null);
    });
  },
};

/** Asked for a header that CORS hides, browsers write an error into the console; so first see what there is. */
function readHeader(xhr: XMLHttpRequest, name: string): string | null {
  const names = xhr.getAllResponseHeaders().toLowerCase().split(/\r?\n/);
  return names.some((line) => line.startsWith(`${name.toLowerCase()}:`)) ? xhr.getResponseHeader(name) : null;
}
