import { join } from 'node:path';
import { NetworkError } from '../../src/base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';
import { startEmulator, type Emulator } from 'azure-devops-emulator';
import { readDescription, type Answer, type Description, type SentRequest } from './openapi';

/** A request and its answer. */
export interface Exchange {
  readonly request: SentRequest;
  readonly answer: Answer;
}

/** A product that is played, and the description that is published for it. */
export interface Product {
  readonly name: string;
  readonly mode: Emulator['mode'];
  readonly apiVersion: string;
  readonly description: Description;
}

/** Those whose description is published. */
export const products: readonly Product[] = [
  { name: 'Services', mode: 'services', apiVersion: '7.1', description: readDescription('7.1') },
  { name: 'Server 2022.1', mode: 'server', apiVersion: '7.1', description: readDescription('server-7.1') },
  { name: 'Server 2020', mode: 'server', apiVersion: '6.0', description: readDescription('server-6.0') },
];

/** An emulator that plays the product. */
export async function play({ mode, apiVersion }: Pick<Product, 'mode' | 'apiVersion'>): Promise<Emulator> {
  const emulator = await startEmulator({ mode, extensionFolder: join(__dirname, '../..') });
  emulator.store.latestApiVersion = apiVersion;
  return emulator;
}

/** Everything as it was in the beginning, and still that product. */
export async function playAgain(
  emulator: Emulator,
  { apiVersion }: Pick<Product, 'apiVersion'>,
): Promise<void> {
  await emulator.reset();
  emulator.store.latestApiVersion = apiVersion;
}

/** Sends a request as it is and keeps both sides of it. */
export async function exchange(request: SentRequest): Promise<Exchange> {
  const { method, headers, body, url } = request;
  const response = await fetch(url, { method, headers: { ...headers }, ...(body !== undefined && { body }) });
  const contentType = response.headers.get('Content-Type');
  return { request, answer: { status: response.status, contentType, text: await response.text() } };
}

/** A network for the real client that goes over HTTP and remembers. */
export function createRecordingStack(): {
  readonly stack: HttpStack;
  readonly exchanges: readonly Exchange[];
} {
  const exchanges: Exchange[] = [];

  async function send({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
    const request = { method, url, headers, ...(body !== undefined && { body }) };
    const done = await exchange(request).catch((error: unknown) => {
      throw new NetworkError(`No answer to ${method} ${url}.`, { cause: error });
    });
    exchanges.push(done);
    const { status, text, contentType } = done.answer;
    return { status, text, header: (name) => (name.toLowerCase() === 'content-type' ? contentType : null) };
  }

  return { stack: { send }, exchanges };
}
