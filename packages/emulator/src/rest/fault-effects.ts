import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { envelope, type ApiError } from './api-error';
import type { FaultEffect } from './faults';
import type { Page } from './pages';
import { discardBody, param, receiveBody, type RestContext } from './rest-context';

/** How often a stalled connection is tried, in milliseconds. */
const stallProbeMs = 250;

/** Effects at the body or the answer of a request. */
const pending = new WeakMap<FastifyRequest, FaultEffect>();

/** Lets a switched-on fault happen to a request, before its route comes to work. */
export async function applyFault(
  context: RestContext,
  request: FastifyRequest,
  reply: FastifyReply,
  sendPage: (request: FastifyRequest, reply: FastifyReply, page: Page) => Promise<FastifyReply>,
): Promise<FastifyReply | undefined> {
  const { operations } = request.routeOptions.config;
  const fault = operations && context.network.faultFor(operations(request), request.headers.origin);
  if (fault === undefined) return undefined;
  context.log.note(request.raw, { fault: fault.name });
  return happen(fault.effect);

  async function happen(effect: FaultEffect): Promise<FastifyReply | undefined> {
    switch (effect.kind) {
      case 'refuse':
        await discardBody(context, request);
        throw effect.error();
      case 'page':
        // Assumed: who gives a request up closes its connection, too.
        if (effect.page.status === 408) reply.header('Connection', 'close');
        return sendPage(request, reply, effect.page);
      case 'stall':
        if (effect.when === 'before') return stall(context, request, reply);
        pending.set(request, effect);
        return undefined;
      case 'ask-to-wait':
        reply.header('Retry-After', effect.seconds);
        return undefined;
      case 'drop':
        if (effect.when !== 'worked' && !(effect.when === 'during' && request.method === 'GET')) {
          return drop(context, request, reply, effect.when);
        }
        pending.set(request, effect);
        return undefined;
      case 'intrude': {
        const id = Number(param(request, 'id'));
        // A work item under creation has no concurrent changes.
        if (context.store.has(id)) effect.act(context.store, id);
        return undefined;
      }
      case 'corrupt':
      case 'truncate':
      case 'fail':
        pending.set(request, effect);
        return undefined;
    }
  }
}

/** The body as it is to be stored. */
export function bodyAfterFault(request: FastifyRequest, body: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  return pending.get(request)?.kind === 'corrupt' ? withWrongByte(body) : body;
}

/** Called when the answer is ready; returns the remaining effect. Returns late when the client is gone. */
export async function answerAfterFault(
  { network }: RestContext,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const effect = pending.get(request);
  pending.delete(request);
  if (effect?.kind === 'truncate' && typeof payload === 'string') return payload.slice(0, payload.length / 2);
  if (effect?.kind === 'fail') return failed(reply, effect.error());
  if (effect?.kind !== 'drop' && effect?.kind !== 'stall') return payload;
  if (effect.when === 'during') return brokenOff(reply, payload);
  const closed = once(reply.raw, 'close');
  if (effect.kind === 'stall') await Promise.race([closed, once(network.changed, 'abort')]);
  closeMidAnswer(request.raw.socket);
  await closed;
  return payload;
}

async function drop(
  context: RestContext,
  request: FastifyRequest,
  reply: FastifyReply,
  when: 'before' | 'during' | 'after',
): Promise<FastifyReply> {
  // Reading a part of the body takes the socket from the request.
  const { socket } = request.raw;
  if (when === 'during') await readHalf(context, request);
  if (when === 'after') {
    await discardBody(context, request);
    closeMidAnswer(socket);
  } else {
    socket.destroy();
  }
  return reply.hijack();
}

/**
 * Closes a connection whose request was read to its end. Chromium repeats a request that got no answer at all
 * over a connection opened in advance, which would hide the fault; a byte that is not HTTP prevents it.
 */
function closeMidAnswer(socket: Socket): void {
  socket.end('\0', () => socket.destroy());
}

async function readHalf(context: RestContext, request: FastifyRequest): Promise<void> {
  const half = Number(request.headers['content-length'] ?? 0) / 2;
  let received = 0;
  for await (const chunk of receiveBody(context, request)) {
    received += chunk.length;
    if (received >= half) break;
  }
}

/** Holds a request until the client hangs up, the conditions change or the server closes. */
function stall(context: RestContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { socket } = request.raw;
  // An unread socket does not report a closed peer; writing to it does. Clients ignore an interim answer.
  const probe = setInterval(() => reply.raw.writeProcessing(), stallProbeMs);
  const { changed } = context.network;
  const release = () => socket.destroy();
  changed.addEventListener('abort', release);
  reply.raw.once('close', () => {
    clearInterval(probe);
    changed.removeEventListener('abort', release);
  });
  return reply.hijack();
}

/** One byte is enough to be found by its hash, and by nothing else. */
async function* withWrongByte(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const piece of body) {
    if (isFirst) piece[0] = ~(piece[0] ?? 0);
    isFirst = false;
    yield piece;
  }
}

function failed(reply: FastifyReply, error: ApiError): string {
  reply.code(error.status);
  return JSON.stringify(envelope(error));
}

/** Answer with a full `Content-Length`; its connection closes after half of the body. */
function brokenOff(reply: FastifyReply, payload: unknown): unknown {
  const pieces = typeof payload === 'string' ? [Buffer.from(payload)] : (payload as AsyncIterable<Buffer>);
  const bytes =
    typeof payload === 'string' ? Buffer.byteLength(payload) : Number(reply.getHeader('Content-Length'));
  reply.headers({ Connection: 'close', 'Content-Length': bytes });
  return Readable.from(firstBytes(pieces, Math.floor(bytes / 2)));
}

async function* firstBytes(
  pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
  bytes: number,
): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of pieces) {
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) return;
  }
}
