interface OtherWindow {
  closed: boolean;
  readonly close: jest.Mock<undefined, []>;
  readonly postMessage: jest.Mock<undefined, [unknown, string]>;
}

/** Where a message comes from. Default: the other window, with the origin of this page. */
interface Sender {
  readonly origin?: string;
  readonly source?: unknown;
}

/** A window of another browsing context, with its messages to this page and those it has received. */
export function createOtherWindow() {
  const received: { data: unknown; origin: string }[] = [];
  const other: OtherWindow = {
    closed: false,
    close: jest.fn<undefined, []>(() => {
      other.closed = true;
      return undefined;
    }),
    postMessage: jest.fn<undefined, [unknown, string]>((data, origin) => {
      received.push({ data, origin });
      return undefined;
    }),
  };
  const asWindow = other as unknown as Window;
  return {
    other,
    asWindow,
    received,
    /** Sends a message to this page. */
    send: (data: unknown, { origin = window.origin, source = asWindow }: Sender = {}): void => {
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
