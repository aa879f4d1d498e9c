import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import sendRequest from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { Incoming, Outgoing } from './node-exchange';
import type { Http2Session } from './node-http2';
import { startHttp2Session } from './node-http2';
import { proxyAuthorization, proxyFor } from './node-proxy';
import type { SocketOptions } from './node-sockets';
import { openSocket } from './node-sockets';

/** Connections to one server over HTTP/1.1. */
const MAX_CONNECTIONS = 8;

/** All connections of a process. */
export interface Connections {
  readonly send: (request: Outgoing) => Promise<Incoming>;
  /** Stops to use the HTTP/2 connection to this origin for new requests: it may be dead. */
  readonly distrust: (origin: string) => void;
  /** Closes all connections; requests in progress fail. */
  readonly close: () => Promise<void>;
}

/** Creates connections: one per server over HTTP/2, where it is offered, or else several over HTTP/1.1. */
export function createConnections(options: SocketOptions): Connections {
  /** By origin, for servers with HTTP/2; `undefined` for one without. */
  const sessions = new Map<string, Promise<Http2Session | undefined>>();
  /** Opened for HTTP/2, but the server chose HTTP/1.1. */
  const spares = new Map<string, Socket>();
  let isClosed = false;
  const agent = new Agent({
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    // The stack has timeouts of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect({ protocol, hostname, port }, callback) {
      const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}`);
      takeSocket(url).then(
        (socket) => callback(null, socket),
        (error: unknown) => callback(error as Error, null),
      );
    },
  });

  async function takeSocket(url: URL): Promise<Socket> {
    const spare = spares.get(url.origin);
    spares.delete(url.origin);
    return spare && !spare.destroyed ? spare : openSocket(url, ['http/1.1'], options);
  }

  async function openSession(url: URL): Promise<Http2Session | undefined> {
    const socket = await openSocket(url, ['h2', 'http/1.1'], options);
    if (isClosed) {
      socket.destroy();
      throw new Error('The connections were closed.');
    }
    if (socket instanceof TLSSocket && socket.alpnProtocol === 'h2')
      return startHttp2Session(url.origin, socket);
    spares.set(url.origin, socket);
    return undefined;
  }

  /** Requests that arrive meanwhile wait for the same connection. */
  function beginSession(url: URL): Promise<Http2Session | undefined> {
    const opening = openSession(url);
    sessions.set(url.origin, opening);
    opening.catch(() => {
      if (sessions.get(url.origin) === opening) sessions.delete(url.origin);
    });
    return opening;
  }

  async function sessionFor(url: URL): Promise<Http2Session | undefined> {
    const known = sessions.get(url.origin) ?? beginSession(url);
    const session = await known;
    if (!session || session.isOpen()) return session;
    if (sessions.get(url.origin) === known) sessions.delete(url.origin);
    return sessionFor(url);
  }

  async function sendHttp1({ url, method, headers, body, signal }: Outgoing): Promise<Incoming> {
    const proxy = url.protocol === 'http:' ? proxyFor(url, options.env) : undefined;
    const authorization = proxy && proxyAuthorization(proxy);
    const path = `${url.pathname}${url.search}`;
    const { statusCode, ...answer } = await sendRequest.call(agent, {
      origin: url.origin,
      // A proxy without a tunnel expects the whole URL.
      path: proxy ? `${url.origin}${path}` : path,
      method,
      headers: { ...headers, ...(authorization && { 'proxy-authorization': authorization }) },
      // The types know no iterables.
      body: (body as Readable | undefined) ?? null,
      signal,
    });
    return { status: statusCode, headers: answer.headers, body: answer.body, isCutOff: () => false };
  }

  return {
    async send(request) {
      const session = request.url.protocol === 'https:' ? await sessionFor(request.url) : undefined;
      request.signal.throwIfAborted();
      return session ? session.send(request) : sendHttp1(request);
    },

    distrust(origin) {
      void sessions.get(origin)?.then(
        (session) => session?.retire(),
        () => undefined,
      );
    },

    async close() {
      isClosed = true;
      for (const opening of sessions.values())
        opening.then(
          (session) => session?.destroy(),
          () => undefined,
        );
      for (const socket of spares.values()) socket.destroy();
      await agent.destroy();
    },
  };
}
