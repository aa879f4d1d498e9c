import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchExchanges } from '../../../../test/conformance/exchange-problems';
import type { EmulatorOptions } from '../../src/contract';
import { startEmulator } from '../../src/emulator';
import type { Emulator } from '../../src/running-emulator';

/** Used part of a work item answer. */
export interface WorkItemAnswer {
  id: number;
  rev: number;
  fields: Record<string, unknown>;
  relations?: { rel: string; url: string; attributes: Record<string, unknown> }[];
  _links?: Record<string, unknown>;
  url: string;
}

/** Used part of an error answer. */
export interface Refusal {
  message: string;
  typeKey: string;
}

/** Answer of an upload. */
export interface Reference {
  id: string;
  url: string;
}

const watched: (() => string[])[] = [];

/**
 * Starts an emulator with this project on free ports. Deviations from the published description fail the
 * test.
 */
export async function start(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const emulator = await startEmulator({ extensionFolder: join(__dirname, '../../../..'), ...options });
  watched.push(watchExchanges(emulator));
  return emulator;
}

afterEach(() => expect(watched.flatMap((problems) => problems())).toEqual([]));

/** A request with a good token and the version every emulator knows. `path` is relative to the REST base. */
export function send(
  emulator: Emulator,
  path: string,
  init: RequestInit & { version?: string } = {},
): Promise<Response> {
  const url = new URL(path, emulator.restBaseUrl);
  url.searchParams.set('api-version', init.version ?? '6.0');
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${emulator.issueToken()}`);
  // The emulator closes idle connections when a connection fault is activated; a kept one could be affected.
  headers.set('Connection', 'close');
  return fetch(url, { ...init, headers });
}

/** Uploads a file in one request. */
export async function upload(
  emulator: Emulator,
  content: string | Uint8Array<ArrayBuffer>,
  fileName = 'notes.txt',
) {
  const response = await sendUpload(emulator, content, fileName);
  return (await response.json()) as Reference;
}

/** Sends the request of `upload`, for tests of its answer. */
export function sendUpload(emulator: Emulator, content: BodyInit, fileName = 'notes.txt'): Promise<Response> {
  return send(emulator, `_apis/wit/attachments?fileName=${encodeURIComponent(fileName)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: content,
  });
}

/** Opens a chunked upload. */
export async function register(emulator: Emulator, fileName = 'big.bin'): Promise<Reference> {
  return (await (await sendRegister(emulator, fileName)).json()) as Reference;
}

/** Sends the request of `register`, for tests of its answer. */
export function sendRegister(emulator: Emulator, fileName = 'big.bin'): Promise<Response> {
  return send(emulator, `_apis/wit/attachments?uploadType=Chunked&fileName=${fileName}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(0),
  });
}

/** Sends one chunk; the range is such as `0-4/11`. */
export function putChunk(emulator: Emulator, id: string, range: string, body: BodyInit): Promise<Response> {
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Range': `bytes ${range}` };
  return send(emulator, `_apis/wit/attachments/${id}`, { method: 'PUT', headers, body });
}

/** Patches a work item and asks for its relations. */
export function patch(
  emulator: Emulator,
  id: number,
  operations: readonly unknown[],
  query = '',
): Promise<Response> {
  return send(emulator, `_apis/wit/workitems/${id}?$expand=relations${query}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: JSON.stringify(operations),
  });
}

/** Request of a batch: a patch of a work item, or of any uri. */
export function inBatch(idOrUri: number | string, operations: readonly unknown[]) {
  const uri = typeof idOrUri === 'string' ? idOrUri : `/_apis/wit/workitems/${idOrUri}?api-version=6.0`;
  return {
    method: 'PATCH',
    uri,
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: operations,
  };
}

/** Sends a batch of patches. */
export function sendBatch(emulator: Emulator, requests: unknown, query = ''): Promise<Response> {
  return send(emulator, `_apis/wit/$batch${query}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(requests),
  });
}

/** Operation to link an upload. */
export function attach(url: string, attributes: Record<string, unknown> = { comment: '' }) {
  return { op: 'add', path: '/relations/-', value: { rel: 'AttachedFile', url, attributes } };
}

/** Operation to link another work item. */
export function linkTo(emulator: Emulator, id: number, rel = 'System.LinkTypes.Related') {
  return {
    op: 'add',
    path: '/relations/-',
    value: { rel, url: `${emulator.restBaseUrl}_apis/wit/workItems/${id}` },
  };
}

/** Reads a work item with its relations. */
export async function read(emulator: Emulator, id: number): Promise<WorkItemAnswer> {
  const response = await send(emulator, `_apis/wit/workitems/${id}?$expand=relations`);
  return (await response.json()) as WorkItemAnswer;
}

/** Resolves as soon as the condition holds; it must change by itself. Leaves the processor to started programs. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

/** The body of a refusal. */
export async function refusal(response: Response): Promise<Refusal> {
  return (await response.json()) as Refusal;
}
