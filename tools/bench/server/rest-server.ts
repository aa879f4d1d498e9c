import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Connection } from '../workloads';
import { Attachments } from './attachments';
import type { Certificate } from '../../../test/helpers/certificate';
import { addressOf, preflightAnswer, respond } from './exchange';
import type { Answer, Request, Response } from './exchange';
import { Line } from './line';
import { Refusal } from './refusal';
import { findRoute } from './routes';
import { WorkItems } from './work-items';

/** Received bytes. */
export interface Tally {
  requests: number;
  preflights: number;
  /** Requests that create attachments. */
  uploads: number;
  /** Requests that patch work items, one or many. */
  linkCalls: number;
  /** Requests that read work items, one or many, or query permissions. */
  reads: number;
  /** Requests that read the bytes of attachments. */
  downloads: number;
  bytesReceived: number;
  /** Bytes of attachments, all received by a page. */
  bytesSent: number;
}

/** Server that accepts files like Azure DevOps and tus, counts them and discards them. */
export interface RestServer {
  /** As an organization's: `http://127.0.0.1:1234/`. */
  readonly baseUrl: string;
  readonly tally: Readonly<Tally>;
  readonly attachments: Attachments;
  readonly workItems: WorkItems;
  /** Refused requests: none is expected. */
  readonly refusals: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts a server at the end of such a line. */
export async function startRestServer(connection: Connection, certificate: Certificate): Promise<RestServer> {
  const listener = (request: Request, response: Response): void => void serve(request, response);
  const server = connection.http2
    ? createSecureServer(certificate, listener)
    : createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, listener);
  const sockets = new Set<{ destroy: () => void }>();
  server.on(connection.http2 ? 'secureConnection' : 'connection', (socket: { destroy: () => void }) => {
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const { port } = server.address() as AddressInfo;
  const baseUrl = `${connection.http2 ? 'https' : 'http'}://127.0.0.1:${port}/`;
  const line = new Line(connection);
  const attachments = new Attachments();
  const workItems = new WorkItems(baseUrl);
  const tally: Tally = {
    ...{ requests: 0, preflights: 0, uploads: 0, linkCalls: 0, reads: 0, downloads: 0 },
    ...{ bytesReceived: 0, bytesSent: 0 },
  };
  const refusals: string[] = [];

  async function serve(request: Request, response: Response): Promise<void> {
    tally.requests++;
    const address = addressOf(request);
    const patchEnds: (() => void)[] = [];
    try {
      if (request.method === 'OPTIONS') {
        tally.preflights++;
        await answerWith(response, preflightAnswer(request));
        return;
      }
      const { handle, countsAs } = findRoute(request.method ?? '', address);
      if (countsAs) tally[countsAs]++;
      const answer = await handle({
        request,
        address,
        baseUrl,
        attachments,
        workItems,
        patches: (id) => patchEnds.push(workItems.beginPatch(id)),
        receive: receive(request),
      });
      await answerWith(response, answer);
    } catch (error) {
      refusals.push(`${request.method ?? ''} ${address.path}: ${String(error)}`);
      if (error instanceof Refusal)
        respond(response, { status: error.status, json: { message: error.message } });
      else response.destroy();
    } finally {
      for (const end of patchEnds) end();
    }
  }

  async function answerWith(response: Response, answer: Answer): Promise<void> {
    await line.latency();
    const { bytes } = answer;
    // An aborted one never arrives.
    if (bytes) response.on('finish', () => (tally.bytesSent += bytes.length));
    respond(response, answer);
  }

  const receive = (request: Request) => (take: (piece: Buffer) => void) =>
    line.receive(request, (piece) => {
      tally.bytesReceived += piece.length;
      take(piece);
    });

  return {
    baseUrl,
    tally,
    attachments,
    workItems,
    refusals,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
