import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ServerFrames, Sites } from './contract';

/** Host names of the three origins. */
export interface HostNames {
  readonly page: string;
  readonly rest: string;
  readonly assets: string;
}

/** Conditions for the names. */
export interface NamingOptions {
  /** Frames in Server mode; `undefined` for Services. */
  readonly frames: ServerFrames | undefined;
  /** Sites of Services. */
  readonly sites: Sites;
  /** Whether 127.0.0.2 is available. macOS has only 127.0.0.1 and `::1`. */
  readonly hasSecondIPv4: boolean;
}

const IPV4_LOOPBACK = '127.0.0.1';
const SECOND_IPV4_LOOPBACK = '127.0.0.2';
const IPV6_LOOPBACK = '::1';

/** Attempts to find a port that is free at both loopback addresses. */
const MAX_PORT_ATTEMPTS = 50;

/**
 * Returns names of one site or several. A site is the scheme and the name without its port, so two ports of one name
 * are not enough to partition storage. All names are loopback addresses. A browser knows `devops.test` only with
 * `--host-resolver-rules="MAP devops.test 127.0.0.1"`; the others are secure contexts over HTTP as well. `[::1]` is the
 * last choice, because the clients of `azure-devops-extension-api` cannot parse it.
 */
export function hostNamesFor({ frames, sites, hasSecondIPv4 }: NamingOptions): HostNames {
  if (frames === 'other-origin') return { page: IPV4_LOOPBACK, rest: 'localhost', assets: 'localhost' };
  if (frames === 'plain-http') return { page: 'devops.test', rest: 'devops.test', assets: 'devops.test' };
  if (frames === 'sandboxed' || sites === 'same-site')
    return { page: IPV4_LOOPBACK, rest: IPV4_LOOPBACK, assets: IPV4_LOOPBACK };
  return { page: IPV4_LOOPBACK, rest: hasSecondIPv4 ? SECOND_IPV4_LOOPBACK : '[::1]', assets: 'localhost' };
}

/** Returns whether a server can listen on `::1`. */
export function probeIPv6(): Promise<boolean> {
  return canListenOn(IPV6_LOOPBACK);
}

/** Returns whether a server can listen on 127.0.0.2. */
export function probeSecondIPv4(): Promise<boolean> {
  return canListenOn(SECOND_IPV4_LOOPBACK);
}

async function canListenOn(address: string): Promise<boolean> {
  const server = createServer();
  try {
    await listenOn(server, address, 0);
  } catch {
    return false;
  }
  await closeServer(server);
  return true;
}

/** Origin with a listening server. */
export interface ListeningOrigin {
  /** Scheme, name and port. */
  readonly origin: string;
  /** Closes all connections, and listeners other than the one of the app. The app must be closed, too. */
  readonly close: () => Promise<void>;
}

/**
 * Starts to listen on each address that a browser may choose for the name. Browsers and Node resolve `localhost` to
 * `::1` or `127.0.0.1`, in either order; another server may have the same port at the address left out.
 *
 * @param port 0 for a free one.
 */
export async function listenAt(
  app: FastifyInstance,
  name: string,
  port: number,
  hasIPv6: boolean,
): Promise<ListeningOrigin> {
  const isAtBoth = name === 'localhost' && hasIPv6;
  const closeConnections = connectionsOf(app.server);
  for (let attempt = 1; ; attempt++) {
    const second = isAtBoth ? await forwardFrom(IPV6_LOOPBACK, port, app) : undefined;
    try {
      const url = new URL(await app.listen({ host: addressOf(name), port: second?.port ?? port }));
      return {
        origin: `${url.protocol}//${name}:${url.port}`,
        async close() {
          closeConnections();
          await second?.close();
        },
      };
    } catch (error) {
      await second?.close();
      if (!second || port !== 0 || attempt === MAX_PORT_ATTEMPTS) throw error;
    }
  }
}

function addressOf(name: string): string {
  if (name === '[::1]') return IPV6_LOOPBACK;
  return name.startsWith('127.') ? name : IPV4_LOOPBACK;
}

/**
 * Returns a function that closes all connections of a server, and each new one at once. The server itself knows no
 * connection without a TLS handshake, which browsers open in advance, and waits for two minutes before it closes.
 */
function connectionsOf(server: Server): () => void {
  const sockets = new Set<Socket>();
  let isClosed = false;
  server.on('connection', (socket: Socket) => {
    if (isClosed) socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    isClosed = true;
    for (const socket of sockets) socket.destroy();
  };
}

interface Forwarder {
  readonly port: number;
  /** Its connections are those of the app. */
  close(): Promise<void>;
}

/** Hands connections at another address to the app. The options are those of `node:http`. */
async function forwardFrom(address: string, port: number, app: FastifyInstance): Promise<Forwarder> {
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) =>
    app.server.emit('connection', socket),
  );
  await listenOn(server, address, port);
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

async function listenOn(server: Server, address: string, port: number): Promise<void> {
  server.listen(port, address);
  await once(server, 'listening');
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
