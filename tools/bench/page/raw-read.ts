import { AUTHORIZATION } from './raw-request';

/** Reads the JSON, or the bytes, of an address by `XMLHttpRequest`. */
export function readRaw(url: string, as: 'json' | 'blob'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', url);
    xhr.setRequestHeader('Authorization', AUTHORIZATION.Authorization);
    xhr.responseType = as;
    xhr.onerror = () => reject(new Error(`GET ${url} failed`));
    xhr.onload = () => {
      if (xhr.status === 200) resolve(xhr.response);
      else reject(new Error(`GET ${url}: ${xhr.status}`));
    };
    xhr.send();
  });
}
