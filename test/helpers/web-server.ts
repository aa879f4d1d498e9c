import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import * as net from 'node:net';
import { createCertificate } from './certificate';

/** Certificate of all servers over https. */
const CERTIFICATE = createCertificate(1);

/** Certificate to trust, as PEM. */
export const TRUSTED_CERTIFICATE = CERTIFICATE.cert;

/** A server on a loopback address. */
export interface WebServer {
  readonly url: string;
  readonly port: number;
  /** Number of connections so far. */
  readonly connections: () => number;
  /** Number of open connections. */
  readonly open: () => number;
  /** Method, version and path of each request, in order of arrival. */
  readonly requests: readonly string[];
  /** Drops all open connections, as a lost network does. */
  readonly drop: () => void;
}

/** Answers one request. */
export type Answer = (
  request: http.IncomingMessage | http2.Http2ServerRequest,
  response: http.ServerResponse,
) => void;

const opened: { readonly close: () => void }[] = [];

/** Closes the servers of the test. */
export function closeWebServers(): void {
  for (const server of opened.splice(0)) server.close();
}

/**
 * Starts a server.
 *
 * @param protocol `h2` also speaks HTTP/1.1.
 */
export async function startWebServer(protocol: 'http' | 'https' | 'h2', answer: Answer): Promise<WebServer> {
  const requests: string[] = [];
  const listener = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    requests.push(`${String(request.method)} ${request.httpVersion} ${String(request.url)}`);
    answer(request, response);
  };
  const listening = {
    http: () => http.createServer(listener),
    https: () => https.createServer(CERTIFICATE, listener),
    h2: () => http2.createSecureServer({ ...CERTIFICATE, allowHTTP1: true }, listener as never),
  }[protocol]();
  const socket = await listen(listening);
  return {
    ...socket,
    url: `${protocol === 'http' ? 'http' : 'https'}://127.0.0.1:${socket.port}`,
    requests,
  };
}

/** Starts a proxy that leads every host to the same port. Requests are `CONNECT host:port`, or the whole URL. */
export async function startProxy(target: {
  readonly port: number;
}): Promise<WebServer & { readonly headers: readonly http.IncomingHttpHeaders[] }> {
  const requests: string[] = [];
  const headers: http.IncomingHttpHeaders[] = [];
  const server = http.createServer((request, response) => {
    requests.push(`${String(request.method)} ${String(request.url)}`);
    headers.push(request.headers);
    const { pathname } = new URL(String(request.url));
    const forwarded = http.request({
      port: target.port,
      method: request.method,
      path: pathname,
      headers: request.headers,
    });
    forwarded.on('response', (incoming) => {
      response.writeHead(incoming.statusCode ?? 500, incoming.headers);
      incoming.pipe(response);
    });
    request.pipe(forwarded);
  });
  server.on('connect', (request: http.IncomingMessage, socket: Socket) => {
    requests.push(`CONNECT ${String(request.url)}`);
    headers.push(request.headers);
    const tunnel = net.connect(target.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    for (const each of [tunnel, socket]) each.on('error', () => undefined);
  });
  const socket = await listen(server);
  return { ...socket, url: `http://127.0.0.1:${socket.port}`, requests, headers };
}

async function listen(
  server: net.Server,
): Promise<Pick<WebServer, 'port' | 'connections' | 'open' | 'drop'>> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  opened.push({
    close() {
      drop();
      server.close();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    open: () => sockets.size,
    drop,
  };
}
