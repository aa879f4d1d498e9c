import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { RequestRecord } from '../contract';

/** Request and answer with their bodies. The bytes of files are not kept. */
export interface Exchange {
  readonly record: RequestRecord;
  /** JSON as a text. `null`: a body was there, but of a file, or not read to its end; `undefined`: there was none. */
  readonly requestText: string | null | undefined;
  readonly contentType: string | null;
  /** `null` when the answer was a file, or there was none. */
  readonly answerText: string | null;
}

/** Told of an exchange when it is over. */
export type ExchangeListener = (exchange: Exchange) => void;

interface Texts {
  request?: string;
  answer?: string;
  contentType?: string;
}

/** Reports whole exchanges to tests. Bodies are kept only while there is a subscriber. */
export class Exchanges {
  private readonly listeners = new Set<ExchangeListener>();
  private readonly texts = new WeakMap<IncomingMessage, Texts>();

  /** Returns a function to unsubscribe. */
  subscribe(listener: ExchangeListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Begins an exchange. The record must be complete by the time the response closes. */
  begin(request: IncomingMessage, response: ServerResponse, record: RequestRecord): void {
    if (this.listeners.size === 0) return;
    const texts: Texts = {};
    this.texts.set(request, texts);
    response.once('close', () => {
      const exchange: Exchange = {
        record,
        requestText: texts.request ?? (hasBody(request) ? null : undefined),
        contentType: texts.contentType ?? null,
        answerText: texts.answer ?? null,
      };
      for (const listener of this.listeners) listener(exchange);
    });
  }

  /** Adds the JSON of the request. */
  keepRequest(request: IncomingMessage, text: string): void {
    const texts = this.texts.get(request);
    if (texts !== undefined) texts.request = text;
  }

  /** Adds the answer, its text only if it is no file. */
  keepAnswer(request: IncomingMessage, reply: FastifyReply, payload: unknown): void {
    const texts = this.texts.get(request);
    if (texts === undefined) return;
    const contentType = reply.getHeader('Content-Type');
    if (contentType !== undefined) texts.contentType = String(contentType);
    if (typeof payload === 'string') texts.answer = payload;
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
