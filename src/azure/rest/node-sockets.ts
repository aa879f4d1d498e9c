import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import * as tls from 'node:tls';
import type { Environment } from './node-proxy';
import { portOf, proxyAuthorization, proxyFor } from './node-proxy';

/** Time to open a connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 15_000;

/** Time between probes of an idle connection, in milliseconds. */
const KEEP_ALIVE_MS = 30_000;

/** Settings of all connections. */
export interface SocketOptions {
  /** Names the proxies. */
  readonly env: Environment;
  /** Root certificates as PEM, instead of those of Node and `NODE_EXTRA_CA_CERTS`. */
  readonly ca?: string;
}

/** Protocols of ALPN, in the order of preference. */
export type Protocols = readonly ('h2' | 'http/1.1')[];

/**
 * Opens a connection to the origin of a URL, through a proxy if the environment names one. For `http:`, the proxy
 * expects absolute URLs; for `https:`, the connection is a tunnel.
 */
export async function openSocket(
  url: URL,
  protocols: Protocols,
  { env, ca }: SocketOptions,
): Promise<net.Socket | tls.TLSSocket> {
  const roots = ca === undefined ? {} : { ca };
  const proxy = proxyFor(url, env);
  if (url.protocol !== 'https:') return connected(openDirect(proxy ?? url, ['http/1.1'], roots));
  const tunnel = proxy && (await openTunnel(proxy, url, roots));
  return connected(openDirect(url, protocols, { ...roots, ...(tunnel && { socket: tunnel }) }));
}

function openDirect(url: URL, protocols: Protocols, options: tls.ConnectionOptions): net.Socket {
  const host = hostOf(url);
  const place = { host, port: portOf(url) };
  if (url.protocol !== 'https:') return net.connect(place);
  // An address is no name for SNI.
  const name = net.isIP(host) ? {} : { servername: host };
  return tls.connect({ ...place, ...name, ...options, ALPNProtocols: [...protocols] });
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** @throws the error of the connection. */
function connected<T extends net.Socket>(socket: T): Promise<T> {
  socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => socket.destroy(new Error('The connection took too long.')),
      CONNECT_TIMEOUT_MS,
    );
    socket.once(socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    // Later errors end requests, and an idle connection is just replaced.
    socket.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** Asks a proxy for a tunnel. */
function openTunnel(proxy: URL, target: URL, roots: { readonly ca?: string }): Promise<net.Socket> {
  const authorization = proxyAuthorization(proxy);
  const authority = `${target.hostname}:${portOf(target)}`;
  const { request } = proxy.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const ask = request({
      ...roots,
      host: hostOf(proxy),
      port: portOf(proxy),
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, ...(authorization && { 'Proxy-Authorization': authorization }) },
      agent: false,
      timeout: CONNECT_TIMEOUT_MS,
    });
    ask.once('connect', ({ statusCode }, socket: net.Socket) => {
      if (statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new Error(`The proxy ${proxy.host} answered with ${String(statusCode)}.`));
    });
    ask.once('timeout', () => ask.destroy(new Error(`The proxy ${proxy.host} took too long.`)));
    ask.once('response', ({ statusCode }) =>
      ask.destroy(new Error(`The proxy ${proxy.host} answered with ${String(statusCode)}.`)),
    );
    ask.once('error', reject);
    ask.end();
  });
}
