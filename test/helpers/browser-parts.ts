/**
 * Browser features missing from jsdom: readable blobs, decoded texts, object URLs, and elements with a size. Import it
 * first.
 */
import { Blob as NodeBlob } from 'node:buffer';
import { TextDecoder, TextEncoder } from 'node:util';

/** Size of every element, in CSS pixels. */
export const ELEMENT = { width: 800, height: 400 };

/** Object URLs not yet revoked, with the type of their blobs. */
export const objectUrls = new Map<string, string>();

/** Reports the size of an element once, when it is observed. */
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
