/** A window of another browsing context, with its messages to this page and those it has received. */
export function createOtherWindow() {
  const received: { data: unknown; origin: string }[] = [];
  const other = {
    closed: false,
    close: jest.fn(() => (other.closed = true)),
    postMessage: jest.fn((data: unknown, origin: string) => void received.push({ data, origin })),
  };
  const asWindow = other as unknown as Window;
  return {
    other,
    asWindow,
    received,
    /** Sends a message to this page. */
    send(
      data: unknown,
      { origin = window.origin, source = asWindow }: { origin?: string; source?: unknown } = {},
    ) {
      const event = new MessageEvent('message', { data, origin });
      // jsdom accepts windows of its own only.
      Object.defineProperty(event, 'source', { value: source });
      window.dispatchEvent(event);
    },
  };
}

/** Gives jsdom random numbers. */
export function stubCrypto(): void {
  let last = 0;
  Object.defineProperty(globalThis, 'crypto', {
    configurable: true,
    value: { getRandomValues: (values: Uint32Array) => values.map(() => ++last) },
  });
}
