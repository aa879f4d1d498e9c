import type { Readable } from 'node:stream';

/** A request of the Node stack, for either version of HTTP. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  /** With `content-length`, if there is a body. Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Not set for an empty body. */
  readonly body: AsyncIterable<Uint8Array> | undefined;
  readonly signal: AbortSignal;
}

/** The head of a response, and its body to read. */
export interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Readable;
  /** Whether the body, read to its end, was cut off by the server. */
  readonly isCutOff: () => boolean;
}
