/**
 * What browsers have and jsdom has not: bytes that can be read, texts from bytes, addresses of bytes, and elements with
 * a size. To be imported before anything that needs it.
 */
import { Blob as NodeBlob } from 'node:buffer';
import { TextDecoder, TextEncoder } from 'node:util';

/** Every element is so large, in CSS pixels. */
export const ELEMENT = { width: 800, height: 400 };

/** Addresses of bytes that have not been revoked, with the type of the bytes. */
export const objectUrls = new Map<string, string>();

/** Tells of the size of an element once, as soon as it is observed. */
class OneSize {
  constructor(private readonly callback: (entries: readonly { target: Element }[]) => void) {}

  observe(target: Element): void {
    queueMicrotask(() => this.callback([{ target }]));
  }

  unobserve(): void {
    // Sizes do not change.
  }

  disconnect(): void {
    // As above.
  }
}

let created = 0;

Object.assign(globalThis, { Blob: NodeBlob, TextDecoder, TextEncoder, ResizeObserver: OneSize });
Object.assign(URL, {
  createObjectURL: ({ type }: Blob) => {
    const url = `blob:test/${created++}`;
    objectUrls.set(url, type);
    return url;
  },
  revokeObjectURL: (url: string) => objectUrls.delete(url),
});
Object.defineProperties(HTMLElement.prototype, {
  offsetWidth: { get: () => ELEMENT.width },
  offsetHeight: { get: () => ELEMENT.height },
  clientWidth: { get: () => ELEMENT.width },
  clientHeight: { get: () => ELEMENT.height },
});
Object.assign(Element.prototype, { scrollTo: () => undefined, scrollIntoView: () => undefined });
