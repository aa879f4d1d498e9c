import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import type { Incoming, Outgoing } from './node-exchange';

const MIB = 1024 * 1024;

/** Bytes in flight of one download: with the default of 64 KiB, a distant server sends 1.6 MB per second. */
const STREAM_WINDOW_BYTES = 4 * MIB;

/** Bytes in flight of all downloads. */
const SESSION_WINDOW_BYTES = 16 * MIB;

/** A connection that carries many requests at once. */
export interface Http2Session {
  readonly send: (request: Outgoing) => Promise<Incoming>;
  /** Whether it takes new requests. */
  readonly isOpen: () => boolean;
  /** Takes no new requests, and closes after the last one in progress. */
  readonly retire: () => void;
  readonly destroy: () => void;
}

/** Starts a session on a connection. No request is ever sent twice: a request without an answer fails. */
export function startHttp2Session(origin: string, socket: Socket): Http2Session {
  const session = connect(origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES },
  });
  let isRetired = false;
  let active = 0;

  function retire(): void {
    if (isRetired) return;
    isRetired = true;
    session.close();
  }

  session.once('connect', () => session.setLocalWindowSize(SESSION_WINDOW_BYTES));
  // The server may still finish the requests in progress.
  session.once('goaway', retire);
  session.once('close', retire);
  // Each request fails with an error of its own.
  session.on('error', retire);
  session.unref();

  return {
    isOpen: () => !isRetired && !session.closed && !session.destroyed,
    retire,
    destroy: () => session.destroy(),
    send(request) {
      // An idle session does not keep the process alive.
      if (active++ === 0) session.ref();
      const stream = openStream(session, request);
      stream.once('close', () => {
        if (--active === 0 && !session.destroyed) session.unref();
      });
      return answerOf(stream, request);
    },
  };
}

function openStream(
  session: ClientHttp2Session,
  { method, url, headers, body }: Outgoing,
): ClientHttp2Stream {
  return session.request(
    {
      ...headers,
      ':method': method,
      ':scheme': url.protocol.slice(0, -1),
      ':authority': url.host,
      ':path': `${url.pathname}${url.search}`,
    },
    { endStream: body === undefined },
  );
}

function answerOf(stream: ClientHttp2Stream, { body, signal }: Outgoing): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    let reason: Error | undefined;
    const cancel = (): void => stream.close(constants.NGHTTP2_CANCEL);
    signal.addEventListener('abort', cancel, { once: true });
    stream.once('response', (headers) => {
      const { ':status': status = 0, ...others } = headers;
      resolve({
        status,
        headers: others,
        body: stream,
        isCutOff: () => stream.rstCode !== constants.NGHTTP2_NO_ERROR,
      });
    });
    stream.on('error', (error: Error) => void (reason ??= error));
    stream.once('close', () => {
      signal.removeEventListener('abort', cancel);
      reject(reason ?? new Error(`The stream was closed with code ${stream.rstCode}.`));
    });
    if (body)
      write(stream, body).catch((error: unknown) => {
        reason ??= error as Error;
        cancel();
      });
  });
}

/** Ends early, without an error, once the server has answered and reads no more. */
async function write(stream: ClientHttp2Stream, body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of body) {
    if (stream.closed || stream.destroyed) return;
    await new Promise<void>((resolve) => stream.write(chunk, () => resolve()));
  }
  stream.end();
}
