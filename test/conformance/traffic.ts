import { join } from 'node:path';
import { NetworkError } from '../../src/base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';
import { startEmulator, type Emulator } from 'azure-devops-emulator';
import { readDescription, type Answer, type Description, type SentRequest } from './openapi';

/** A request and its response. */
export interface Exchange {
  readonly request: SentRequest;
  readonly answer: Answer;
}

/** An emulated product and its published description. */
export interface Product {
  readonly name: string;
  readonly mode: Emulator['mode'];
  readonly apiVersion: string;
  readonly description: Description;
}

/** Products with a published description. */
export const products: readonly Product[] = [
  { name: 'Services', mode: 'services', apiVersion: '7.1', description: readDescription('7.1') },
  { name: 'Server 2022.1', mode: 'server', apiVersion: '7.1', description: readDescription('server-7.1') },
  { name: 'Server 2020', mode: 'server', apiVersion: '6.0', description: readDescription('server-6.0') },
];

/** Starts an emulator of the product. */
export async function play({ mode, apiVersion }: Pick<Product, 'mode' | 'apiVersion'>): Promise<Emulator> {
  const emulator = await startEmulator({ mode, extensionFolder: join(__dirname, '../..') });
  emulator.store.latestApiVersion = apiVersion;
  return emulator;
}

/** Resets the emulator, keeping the product. */
export async function playAgain(
  emulator: Emulator,
  { apiVersion }: Pick<Product, 'apiVersion'>,
): Promise<void> {
  await emulator.reset();
  emulator.store.latestApiVersion = apiVersion;
}

/** Sends a request unchanged and returns both sides. */
export async function exchange(request: SentRequest): Promise<Exchange> {
  const { method, headers, body, url } = request;
  const response = await fetch(url, { method, headers: { ...headers }, ...(body !== undefined && { body }) });
  const contentType = response.headers.get('Content-Type');
  return { request, answer: { status: response.status, contentType, text: await response.text() } };
}

/** HTTP stack for the real client that records all exchanges. */
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
