import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { CancelledError, NetworkError, TimeoutError } from '../../src/base/errors';
import { watchExchanges } from '../conformance/exchange-problems';
import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';
import { httpResponse } from '../helpers/manual-http-stack';
import { MemoryFile } from './memory-file';
import {
  createRestServer,
  Exchanges,
  Interference,
  Network,
  RateLimiter,
  RequestLog,
  type RestContext,
  seed,
  Store,
  Tokens,
} from 'azure-devops-emulator/service';

/** Fate of one request. */
export const DELIVERIES = [
  'answered',
  'lost before the server got it',
  'lost when the server had acted',
  'timed out before the server got it',
  'timed out when the server had acted',
  'busy, and not acted on',
  'busy, although acted on',
  'throttled',
  'answered by a page',
] as const;

/** One of `DELIVERIES`. */
export type Delivery = (typeof DELIVERIES)[number];

/** Request in transit. */
export interface UnderWay {
  /** Method and path, for the log. */
  readonly name: string;
  /** Delivers it, or not. Resolves after the response to the client. */
  readonly deliver: (how: Delivery) => Promise<void>;
}

/** REST part of the emulator in this process, with manually delivered requests. */
export interface Service {
  readonly store: Store;
  readonly baseUrl: string;
  readonly issueToken: () => string;
  readonly stack: HttpStack;
  /** Deviations from Microsoft's description since the last call, one sentence each. */
  readonly breaches: () => string[];
  /** Requests in the order of sending. */
  readonly underWay: () => readonly UnderWay[];
  /** Resets everything except the folder, for the next schedule. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

/** Starts the service. Opens no port. */
export async function startService(): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'stapler-schedules-'));
  const baseUrl = 'http://emulator.test/fabrikam/';
  const context: RestContext = {
    basePath: '/fabrikam/',
    tokens: new Tokens(3_600_000),
    network: new Network(),
    rateLimiter: new RateLimiter(() => context.store.clock.time),
    interference: new Interference(),
    log: new RequestLog(),
    exchanges: new Exchanges(),
    store: new Store('services', folder),
    baseUrl,
  };
  const server = createRestServer(context);
  await server.ready();
  let inTransit: UnderWay[] = [];

  const stack: HttpStack = {
    send(request) {
      return new Promise((resolve, reject) => {
        const leave = (): void => void (inTransit = inTransit.filter((other) => other !== mine));
        const mine: UnderWay = {
          name: `${request.method} ${new URL(request.url).pathname}`,
          async deliver(how) {
            leave();
            const answer = carry(server, request, how);
            resolve(answer);
            await answer.catch(() => undefined);
          },
        };
        inTransit.push(mine);
        request.signal?.addEventListener('abort', () => {
          leave();
          reject(new CancelledError());
        });
      });
    },
  };

  return {
    get store() {
      return context.store;
    },
    baseUrl,
    issueToken: () => context.tokens.issue(),
    stack,
    breaches: watchExchanges(context),
    underWay: () => inTransit,
    reset() {
      inTransit = [];
      context.log.clear();
      context.store = new Store('services', folder);
      seed(context.store, baseUrl);
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function carry(server: FastifyInstance, request: HttpRequest, how: Delivery): Promise<HttpResponse> {
  switch (how) {
    case 'lost before the server got it':
      throw new NetworkError('No answer.');
    case 'timed out before the server got it':
      throw new TimeoutError('No byte moved.', 30_000);
    case 'busy, and not acted on':
      return httpResponse({ status: 503 });
    case 'throttled':
      return httpResponse({ status: 429, headers: { 'Retry-After': '3' } });
    case 'answered by a page':
      return httpResponse({
        status: 200,
        text: '<html>Maintenance</html>',
        headers: { 'Content-Type': 'text/html' },
      });
    case 'answered':
      return act(server, request);
    case 'lost when the server had acted':
      await act(server, request);
      throw new NetworkError('No answer.');
    case 'timed out when the server had acted':
      await act(server, request);
      throw new TimeoutError('No byte moved.', 30_000);
    case 'busy, although acted on':
      await act(server, request);
      return httpResponse({ status: 503 });
  }
}

async function act(server: FastifyInstance, request: HttpRequest): Promise<HttpResponse> {
  const { method, headers, body = '', wantsBlob = false } = request;
  const { pathname, search } = new URL(request.url);
  const payload = typeof body === 'string' ? Buffer.from(body) : await bytesOf(body);
  const answer = await server.inject({ method, url: pathname + search, headers, payload });
  const isOk = answer.statusCode < 300;
  return {
    status: answer.statusCode,
    text: wantsBlob && isOk ? '' : answer.body,
    ...(wantsBlob && isOk && { blob: new MemoryFile(Uint8Array.from(answer.rawPayload), '') }),
    header: (name) => String(answer.headers[name.toLowerCase()] ?? '') || null,
  };
}

/** A browser breaks off a request whose file it cannot read. */
async function bytesOf(body: Blob): Promise<Buffer> {
  try {
    return Buffer.from(await body.arrayBuffer());
  } catch (cause) {
    throw new NetworkError('The body cannot be read.', { cause });
  }
}
