import { env as processEnvironment } from 'node:process';
import { ServerError } from '../../base/errors';
import { parseUrl } from '../organization-urls';
import type { HttpRequest, HttpResponse, HttpStack } from './http-stack';
import { createConnections } from './node-connections';
import type { Incoming, Outgoing } from './node-exchange';
import type { Environment } from './node-proxy';
import type { RequestRun } from './node-run';
import { startRun } from './node-run';
import type { StartStallWatch } from './stall-watch';
import { createStallWatch } from './stall-watch';

/** Settings of `createNodeHttpStack`. */
export interface NodeHttpStackOptions {
  /** Of the command line, for the `User-Agent`. */
  readonly version: string;
  /** Names the proxies. Default: the variables of the process. */
  readonly env?: Environment;
  /** Root certificates as PEM, instead of those of Node and `NODE_EXTRA_CA_CERTS`. */
  readonly ca?: string;
  /** Watches the requests. Default: `createStallWatch()`. */
  readonly watchStall?: StartStallWatch;
}

/** A body up to this size is read before its turn, so that a free connection does not wait for the disk. In bytes. */
const MAX_BYTES_AHEAD = 64 * 1024;

/** The network of Node. */
export interface NodeHttpStack extends HttpStack {
  /** Closes all connections; requests in progress fail. */
  readonly close: () => Promise<void>;
}

/**
 * Creates the network of the command line: HTTP/2 or several connections over HTTP/1.1, through a proxy if the
 * environment names one. It never follows a redirect: `send` also throws a ServerError for one to another host,
 * `signed-out` for a sign-in page, otherwise `elsewhere`.
 */
export function createNodeHttpStack(options: NodeHttpStackOptions): NodeHttpStack {
  const { version, env = processEnvironment, ca, watchStall = createStallWatch() } = options;
  const connections = createConnections({ env, ...(ca !== undefined && { ca }) });

  return {
    async send(request) {
      const run = startRun(request, watchStall, ({ origin }) => connections.distrust(origin));
      try {
        const pieces = await piecesOf(request.body);
        const outgoing = outgoingOf(request, pieces, run, `stapler-cli/${version}`);
        const incoming = await run.whileRunning(connections.send(outgoing));
        run.recordAnswer();
        return await responseOf(request, incoming, run);
      } catch (error) {
        run.end();
        throw run.errorFor(error);
      }
    },
    close: connections.close,
  };
}

function outgoingOf(
  { method, headers, body, onUploadProgress }: HttpRequest,
  pieces: Pieces,
  run: RequestRun,
  userAgent: string,
): Outgoing {
  // A known length, instead of chunked encoding.
  const sizeBytes = typeof body === 'string' ? Buffer.byteLength(body) : body?.size;
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method,
    url: run.url,
    headers: {
      'user-agent': userAgent,
      ...(Object.fromEntries(lowerCase) as Record<string, string>),
      ...(sizeBytes !== undefined && { 'content-length': String(sizeBytes) }),
    },
    body: sizeBytes ? sentPieces(pieces, run, onUploadProgress) : undefined,
    signal: run.signal,
  };
}

/** Bytes of a body, one piece after the other. */
type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** @throws DOMException if a file is unreadable. */
async function piecesOf(body: HttpRequest['body']): Promise<Pieces> {
  if (body === undefined) return [];
  if (typeof body === 'string') return [Buffer.from(body)];
  if (body.size <= MAX_BYTES_AHEAD) return [new Uint8Array(await body.arrayBuffer())];
  return body.stream() as unknown as AsyncIterable<Uint8Array>;
}

/** Yields the body. The next piece is asked for as soon as the connection has room for it. */
async function* sentPieces(
  pieces: Pieces,
  run: RequestRun,
  onProgress: HttpRequest['onUploadProgress'],
): AsyncGenerator<Uint8Array> {
  let bytesSent = 0;
  for await (const piece of pieces) {
    yield piece;
    run.recordProgress();
    bytesSent += piece.byteLength;
    if (!run.signal.aborted) onProgress?.(bytesSent);
  }
}

/** Reads the body, unless the caller wants to. */
async function responseOf(request: HttpRequest, incoming: Incoming, run: RequestRun): Promise<HttpResponse> {
  const { status } = incoming;
  const header = headersOf(incoming);
  // An error here must not end the process: reading reports it.
  incoming.body.on('error', () => undefined);
  refuseRedirect(status, header('Location'), incoming, run);
  const isOk = status >= 200 && status < 300 && status !== 203;
  const stream = receivedPieces(incoming, run, request.onDownloadProgress);
  if (request.wantsStream && isOk) return { status, text: '', stream, header };
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of stream) pieces.push(piece);
  if (!request.wantsBlob) return { status, text: Buffer.concat(pieces).toString(), header };
  const blob = new Blob(pieces, { type: header('Content-Type') ?? '' });
  return { status, text: isOk ? '' : await blob.text(), blob, header };
}

/** Yields the body. An incomplete one is an error. */
async function* receivedPieces(
  { body, headers, isCutOff }: Incoming,
  run: RequestRun,
  onProgress: HttpRequest['onDownloadProgress'],
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const expectedBytes = headers['content-length'];
  let bytesRead = 0;
  let isComplete = false;
  try {
    for await (const piece of body as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      run.recordProgress();
      bytesRead += piece.byteLength;
      onProgress?.(bytesRead);
      run.setIdle(true);
      yield piece;
      run.setIdle(false);
    }
    if (isCutOff() || (expectedBytes !== undefined && Number(expectedBytes) !== bytesRead))
      throw new Error(`The body ended after ${bytesRead} bytes.`);
    isComplete = true;
  } catch (error) {
    throw run.errorFor(error);
  } finally {
    run.end();
    // Over HTTP/2, it would reset a complete stream, and servers close connections with many resets.
    if (!isComplete) body.destroy();
  }
}

/** @throws ServerError for a redirect to another origin, with the address of the host alone. */
function refuseRedirect(
  status: number,
  location: string | null,
  { body }: Incoming,
  { name, url }: RequestRun,
): void {
  if (status < 300 || status >= 400 || location === null) return;
  const target = parseUrl(location, url.href);
  if (target?.origin === url.origin) return;
  body.destroy();
  const place = target?.origin ?? 'an unreadable address';
  const isSignIn =
    target !== undefined && /^login\.|\/_signin|\/oauth2\//i.test(target.host + target.pathname);
  const message = `${name} was redirected to ${place}. Redirects to other hosts are not followed.`;
  throw new ServerError(isSignIn ? 'signed-out' : 'elsewhere', message, { status, serverMessage: message });
}

function headersOf({ headers }: Incoming): HttpResponse['header'] {
  return (name) => {
    const value = headers[name.toLowerCase()];
    return typeof value === 'string' ? value : (value?.join(', ') ?? null);
  };
}
