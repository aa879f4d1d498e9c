/** Time to wait for an animation frame before a timer replaces it, in milliseconds. Frames off the screen get none. */
const FRAME_TIMEOUT_MS = 250;

/** Delay of the timer if the browser gives no animation frames at all, in milliseconds. */
const FRAME_MS = 16;

/** Interval of `PollingObserver`, in milliseconds. */
const POLL_MS = 500;

/**
 * Replaces missing and blocked parts of the browser, for libraries as well: animation frames by timers, observers by
 * polling. Called before the first render.
 */
export function guardPlatform(): void {
  guardAnimationFrames();
  guardObserver('ResizeObserver');
  guardObserver('IntersectionObserver');
}

function guardAnimationFrames(): void {
  const { requestAnimationFrame: request, cancelAnimationFrame: cancel } = globalThis;
  /** Functions to stop waiting, by handle. */
  const waiting = new Map<number, () => void>();
  let lastHandle = 0;

  function stop(handle: number): void {
    waiting.get(handle)?.();
    waiting.delete(handle);
  }

  window.requestAnimationFrame = (callback) => {
    const handle = ++lastHandle;
    const run = (now = performance.now()): void => {
      stop(handle);
      callback(now);
    };
    let frame: number | undefined;
    try {
      frame = request.call(window, run);
    } catch {
      // The timer runs the callback.
    }
    const timer = setTimeout(run, frame === undefined ? FRAME_MS : FRAME_TIMEOUT_MS);
    waiting.set(handle, () => {
      clearTimeout(timer);
      if (frame !== undefined) cancel.call(window, frame);
    });
    return handle;
  };
  window.cancelAnimationFrame = stop;
}

function guardObserver(name: 'ResizeObserver' | 'IntersectionObserver'): void {
  try {
    new window[name](() => undefined).disconnect();
  } catch {
    Object.defineProperty(window, name, { value: PollingObserver, configurable: true, writable: true });
  }
}

/** Substitute for both kinds of observers. It compares the observed elements at intervals. */
class PollingObserver {
  /** Last report about each element. */
  readonly #reported = new Map<Element, string>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly onChange: (entries: readonly object[], observer: PollingObserver) => void) {}

  observe(target: Element): void {
    this.#reported.set(target, '');
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.#check(), POLL_MS);
    setTimeout(() => this.#check());
  }

  unobserve(target: Element): void {
    this.#reported.delete(target);
  }

  disconnect(): void {
    this.#reported.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  takeRecords(): readonly object[] {
    return [];
  }

  #check(): void {
    const entries: object[] = [];
    for (const [target, before] of this.#reported) {
      const rect = target.getBoundingClientRect();
      const isIntersecting = rect.height > 0 && rect.bottom > 0 && rect.top < window.innerHeight;
      const now = [rect.width, rect.height, isIntersecting].join();
      if (now === before) continue;
      this.#reported.set(target, now);
      entries.push({ target, contentRect: rect, isIntersecting });
    }
    if (entries.length > 0) this.onChange(entries, this);
  }
}
