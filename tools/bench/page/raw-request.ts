/** A request in as few words as possible. */
export interface RawRequest {
  readonly method: 'POST' | 'PATCH';
  readonly url: string;
  readonly contentType: string;
  readonly body: Blob | string;
  readonly onProgress?: () => void;
}

/** Headers of every contestant, required by Azure DevOps. */
export const AUTHORIZATION = { Authorization: 'Bearer bench' };

/** Sends it by `XMLHttpRequest`; resolves with the JSON of a 2xx answer. */
export function sendRaw({ method, url, contentType, body, onProgress }: RawRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.setRequestHeader('Authorization', AUTHORIZATION.Authorization);
    xhr.setRequestHeader('Content-Type', contentType);
    if (onProgress) xhr.upload.onprogress = onProgress;
    xhr.onerror = () => reject(new Error(`${method} ${url} failed`));
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve(JSON.parse(xhr.responseText));
      else reject(new Error(`${method} ${url}: ${xhr.status}`));
    };
    xhr.send(body);
  });
}
