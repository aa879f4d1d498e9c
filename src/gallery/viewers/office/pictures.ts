import * as React from 'react';
import type { ViewerProps } from '../viewer';
import type { PictureContent } from './read-picture';

/** Maximum size of all pictures near the screen, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Maximum number of pixels of all pictures near the screen. */
const MAX_PIXELS = 100_000_000;

/** Distance from the screen at which a picture is loaded, as a part of the screen. */
const MARGIN = '50% 0px';

/** Pictures of an Office file. Only those near the screen are in memory. */
export class Pictures {
  readonly #callbacks = new Map<Element, (isNear: boolean) => void>();
  #observer: IntersectionObserver | undefined;
  #bytes = 0;
  #pixels = 0;

  /** @param file The same object for the same file. */
  constructor(
    private readonly file: ViewerProps['file'],
    private readonly runTask: ViewerProps['runTask'],
  ) {}

  /** Tells whether an element is near the screen, at first and after each change. Returns a function to stop. */
  watch(element: Element, onChange: (isNear: boolean) => void): () => void {
    this.#observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) this.#callbacks.get(target)?.(isIntersecting);
      },
      { root: element.closest('.viewer-scroll'), rootMargin: MARGIN },
    );
    this.#callbacks.set(element, onChange);
    this.#observer.observe(element);
    return () => {
      this.#callbacks.delete(element);
      this.#observer?.unobserve(element);
    };
  }

  /**
   * Loads a picture. Resolves with `undefined` if it does not fit in memory beside the others.
   *
   * @throws ViewerProblem If it cannot be shown.
   */
  readonly load = async (path: string, signal: AbortSignal): Promise<PictureContent | undefined> => {
    const picture = await this.runTask('readPicture', { bytes: this.file.bytes, path }, signal);
    signal.throwIfAborted();
    const bytes = this.#bytes + picture.bytes.byteLength;
    const pixels = this.#pixels + picture.width * picture.height;
    if (bytes > MAX_BYTES || pixels > MAX_PIXELS) return undefined;
    this.#add(picture, 1);
    signal.addEventListener('abort', () => this.#add(picture, -1));
    return picture;
  };

  #add({ bytes, width, height }: PictureContent, count: 1 | -1): void {
    this.#bytes += count * bytes.byteLength;
    this.#pixels += count * width * height;
  }
}

/** Pictures of the shown file. */
export const PicturesContext = React.createContext<Pictures | undefined>(undefined);
