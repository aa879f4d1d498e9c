import type { Answer, Api } from './api';
import type { Finding, Stage } from './question';

/** Answer of an upload. */
export interface Reference {
  readonly id: string;
  readonly url: string;
}

/** A relation as the service tells it. */
export interface Relation {
  readonly rel: string;
  readonly url: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A work item as far as the probe reads it. */
export interface WorkItem {
  readonly id: number;
  readonly rev: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly relations?: readonly Relation[];
}

/** One operation of a JSON patch. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

/** Comment of the test files on the work item. The next check finds those of a broken one by it. */
export const TEST_COMMENT = 'Stapler check: test file, will be removed';

/** Comment of the test file that stays for 30 days. */
export const KEPT_COMMENT = 'Stapler check: stays for 30 days';

const octets = { 'Content-Type': 'application/octet-stream' };

/** A few unique bytes. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\n`);
}

/** The request of a simple upload. `fileName: null` leaves the name out. */
export function sendUpload(
  api: Api,
  fileName: string | null,
  body = bytesOf(fileName ?? 'without a name'),
  project?: string,
): Promise<Answer> {
  const query = { ...(fileName !== null && { fileName }), uploadType: 'simple' };
  return api.send('POST', `${inProject(project)}_apis/wit/attachments`, { headers: octets, body, query });
}

/** Uploads a small file; throws on failure. */
export async function upload(api: Api, fileName: string, project?: string): Promise<Reference> {
  return must(await sendUpload(api, fileName, undefined, project), `upload ${fileName}`) as Reference;
}

/** Begins a chunked upload. */
export async function register(api: Api, fileName: string): Promise<Reference> {
  const query = { fileName, uploadType: 'chunked' };
  const request = { headers: octets, body: new Uint8Array(0), query };
  return must(await api.send('POST', '_apis/wit/attachments', request), 'register an upload') as Reference;
}

/** Sends the bytes of a chunk; `first` is their position in a file of `total` bytes. */
export function putChunk(
  api: Api,
  { id }: Reference,
  first: number,
  body: Uint8Array<ArrayBuffer>,
  total: number,
  authorization?: string | null,
): Promise<Answer> {
  const headers = { ...octets, 'Content-Range': `bytes ${first}-${first + body.length - 1}/${total}` };
  return api.send('PUT', `_apis/wit/attachments/${id}`, {
    headers,
    body,
    ...(authorization !== undefined && { authorization }),
  });
}

/** Reads a work item with its relations. */
export async function read(api: Api, id: number): Promise<WorkItem> {
  const answer = await api.send('GET', `_apis/wit/workitems/${id}`, { query: { $expand: 'relations' } });
  return must(answer, 'read the work item') as WorkItem;
}

/** Patches a work item; asks for its relations. */
export function patch(api: Api, id: number, operations: readonly PatchOperation[]): Promise<Answer> {
  return api.send('PATCH', `_apis/wit/workitems/${id}`, {
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: JSON.stringify(operations),
    query: { $expand: 'relations' },
  });
}

/** Operation that links an upload, as sent by Stapler. */
export function link({ url }: Reference, attributes: Readonly<Record<string, unknown>> = {}): PatchOperation {
  const value = { rel: 'AttachedFile', url, attributes: { comment: TEST_COMMENT, ...attributes } };
  return { op: 'add', path: '/relations/-', value };
}

/** Index and content of an upload's relation in a work item. */
export function relationOf(item: WorkItem, { id }: Reference): { index: number; relation: Relation } {
  const index = (item.relations ?? []).findIndex(({ url }) => url.toLowerCase().includes(id.toLowerCase()));
  const relation = item.relations?.[index];
  if (relation === undefined) throw new Error(`The work item has no relation for the upload ${id}.`);
  return { index, relation };
}

/** Whether a work item has the relation of an upload. */
export function hasRelation({ relations = [] }: WorkItem, { id }: Reference): boolean {
  return relations.some(({ url }) => url.toLowerCase().includes(id.toLowerCase()));
}

/** Uploads a file and links it. */
export async function linkUpload(
  { api, workItemId }: Pick<Stage, 'api' | 'workItemId'>,
  fileName: string,
): Promise<Reference> {
  const reference = await upload(api, fileName);
  must(await patch(api, workItemId, [link(reference, { name: fileName })]), 'link an upload');
  return reference;
}

/**
 * Reads the work item and patches the relation of an upload. Tests the revision: another person may have changed the
 * list of relations, and with it the index.
 */
export async function patchRelation(
  { api, workItemId }: Pick<Stage, 'api' | 'workItemId'>,
  reference: Reference,
  operation: (index: number, url: string) => PatchOperation[],
): Promise<Answer> {
  const item = await read(api, workItemId);
  const { index, relation } = relationOf(item, reference);
  const test: PatchOperation = { op: 'test', path: '/rev', value: item.rev };
  return patch(api, workItemId, [test, ...operation(index, relation.url)]);
}

/** JSON of a successful answer. */
export function must(answer: Answer, what: string): unknown {
  if (!answer.ok) throw new Error(`Could not ${what}: ${answer.words}`);
  return answer.json;
}

/**
 * Whether the service supports a request. Only an error about the request itself counts as no; a missing
 * permission, a busy service or a gateway does not.
 */
export function isAllowed(
  { ok, status, words }: Answer,
  [yes, no]: readonly [string, string] = ['accept', 'refuse'],
): Finding {
  const isRefused = [400, 404, 409, 412, 413, 415, 422].includes(status);
  return { answer: ok ? yes : isRefused ? no : null, seen: words };
}

/** Path segment of a project. */
export function inProject(project: string | undefined): string {
  return project === undefined ? '' : `${encodeURIComponent(project)}/`;
}
