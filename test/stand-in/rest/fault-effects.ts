import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { takeFault, type FaultEffect } from './faults';
import type { Page } from './pages';
import { discardBody, receiveBody, type RestContext } from './rest-context';

/** Requests whose answer is to be lost. */
const losingAnswer = new WeakSet<FastifyRequest>();

/** Lets a switched-on fault happen to a request, before its route comes to work. */
export async function applyFault(
  context: RestContext,
  request: FastifyRequest,
  reply: FastifyReply,
  sendPage: (request: FastifyRequest, reply: FastifyReply, page: Page) => Promise<FastifyReply>,
): Promise<FastifyReply | undefined> {
  const { operation } = request.routeOptions.config;
  const fault = operation && takeFault(context.network.conditions.faults, operation);
  if (fault === undefined) return undefined;
  context.log.note(request.raw, { fault: fault.name });
  return happen(fault.effect);

  async function happen(effect: FaultEffect): Promise<FastifyReply | undefined> {
    switch (effect.kind) {
      case 'refuse':
        await discardBody(context, request);
        throw effect.error();
      case 'page':
        return sendPage(request, reply, effect.page);
      case 'cut':
        if (effect.when === 'half-body') return dropHalfWay(context, request, reply);
        losingAnswer.add(request);
        return undefined;
    }
  }
}

/** To be called when the answer is ready; returns when the client can no longer be told of it. */
export async function cutIfAnswerIsLost(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!losingAnswer.delete(request)) return;
  const closed = once(reply.raw, 'close');
  request.raw.socket.destroy();
  await closed;
}

async function dropHalfWay(
  context: RestContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // Leaving the loop takes the socket from the request.
  const { socket } = request.raw;
  const half = Number(request.headers['content-length'] ?? 0) / 2;
  let received = 0;
  for await (const chunk of receiveBody(context, request)) {
    received += chunk.length;
    if (received >= half) break;
  }
  socket.destroy();
  return reply.hijack();
}
