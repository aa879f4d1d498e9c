import { isStaplerError, ServerError } from '../../base/errors';
import type { WorkItem } from '../work-item';
import type { Connection } from './connection';
import type { HttpResponse } from './http-stack';
import { errorFromResponse, isRecord, isSuccess, readJson, textOf } from './server-errors';
import type { PatchOperation } from './work-items';
import { readWorkItem } from './work-items';

/** Reads and updates many work items in few requests. */
export interface ManyWorkItems {
  /**
   * Reads the current work items with relations, omitting missing and unreadable ones.
   *
   * @throws StaplerError if any request failed, CancelledError after an abort.
   */
  readonly readMany: (ids: readonly number[], signal?: AbortSignal) => Promise<ReadonlyMap<number, WorkItem>>;
  /**
   * Applies one patch per work item, without duplicates, in a single request.
   *
   * @returns Outcomes in input order, with the work item if the response shows it.
   * @throws StaplerError if the request as a whole failed: all patches may have been applied, or none.
   */
  readonly updateMany: (
    updates: readonly WorkItemUpdate[],
    signal?: AbortSignal,
  ) => Promise<readonly UpdateOutcome[]>;
}

/**
 * Verifies write permission with a validate-only patch (REST reference D.5).
 *
 * @throws StaplerError `no-permission` if denied, another kind if unknown.
 */
export async function assertWritable(
  connection: Connection,
  { id, revision }: Pick<WorkItem, 'id' | 'revision'>,
): Promise<void> {
  await connection.send({
    method: 'PATCH',
    path: `_apis/wit/workitems/${id}`,
    query: { validateOnly: 'true' },
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: JSON.stringify([{ op: 'test', path: '/rev', value: revision }]),
    isIdempotent: true,
  });
}

/** A patch for one of many work items. */
export interface WorkItemUpdate {
  readonly id: number;
  readonly patch: readonly PatchOperation[];
}

/** Outcome of an update. */
export type UpdateOutcome = { readonly workItem: WorkItem } | { readonly error: unknown };

/** Per request (REST reference E.2). */
export const MAX_IDS_PER_REQUEST = 200;

/** Version used by the samples and by known clients (REST reference E.1). */
const BATCH_VERSION = '5.0';

/** Stall timeout of a batch, in milliseconds: the server runs the rules of up to 50 work items before it answers. */
const BATCH_STALL_MS = 120_000;

const READ_PATH = '_apis/wit/workitemsbatch';
const UPDATE_PATH = '_apis/wit/$batch';

/**
 * Reads up to 200 work items with all fields and relations. A server without `errorPolicy` refuses the whole request
 * without naming the missing item, so this bisects.
 *
 * @returns Answers that have not been read yet; missing and unreadable work items are in none of them.
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readBatch(
  connection: Connection,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<readonly HttpResponse[]> {
  try {
    return [
      await connection.send({
        method: 'POST',
        path: READ_PATH,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ids, $expand: 'relations', errorPolicy: 'omit' }),
        ...(signal && { signal }),
        isIdempotent: true,
      }),
    ];
  } catch (error) {
    if (!isStaplerError(error) || error.kind !== 'work-item-missing') throw error;
    if (ids.length === 1) return [];
    const middle = Math.ceil(ids.length / 2);
    const first = await readBatch(connection, ids.slice(0, middle), signal);
    return [...first, ...(await readBatch(connection, ids.slice(middle), signal))];
  }
}

/** Work items through `workitemsbatch` and `$batch`, both missing from the official client. */
export function createManyWorkItems(connection: Connection): ManyWorkItems {
  return {
    async readMany(ids, signal) {
      const found = new Map<number, WorkItem>();
      for (let at = 0; at < ids.length; at += MAX_IDS_PER_REQUEST) {
        const some = ids.slice(at, at + MAX_IDS_PER_REQUEST);
        for (const response of await readBatch(connection, some, signal)) {
          const value = readJson(response, `POST ${READ_PATH}`, readList);
          for (const item of value.filter(isRecord).map(readWorkItem)) found.set(item.id, item);
        }
      }
      return found;
    },

    async updateMany(updates, signal) {
      const response = await connection.send({
        method: 'PATCH',
        path: UPDATE_PATH,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(updates.map(toRequest)),
        ...(signal && { signal }),
        isIdempotent: false,
        apiVersion: BATCH_VERSION,
        stallMs: BATCH_STALL_MS,
      });
      return readJson(response, `PATCH ${UPDATE_PATH}`, (body) => {
        const responses = readList(body);
        // Responses come in request order. With one more or less, they cannot be assigned.
        if (responses?.length !== updates.length || !responses.every(isRecord)) return undefined;
        return updates.map(({ id }, index) => readOutcome(id, responses[index] ?? {}));
      });
    },
  };
}

function toRequest({ id, patch }: WorkItemUpdate): object {
  return {
    method: 'PATCH',
    uri: `/_apis/wit/workitems/${id}?$expand=relations&api-version=${BATCH_VERSION}`,
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: patch,
  };
}

function readList(body: unknown): readonly unknown[] | undefined {
  return isRecord(body) && Array.isArray(body['value']) ? body['value'] : undefined;
}

function readOutcome(id: number, answer: Record<string, unknown>): UpdateOutcome {
  const response = innerResponse(answer);
  const requestName = `PATCH _apis/wit/workitems/${id} in a batch`;
  if (response.status >= 300) return { error: errorFromResponse(response, requestName) };
  try {
    const workItem = readJson(response, requestName, readWorkItem);
    if (isSuccess(response) && workItem.id === id) return { workItem };
  } catch (error) {
    return { error };
  }
  return {
    error: new ServerError('unexpected-answer', `The answer to ${requestName} does not show what it did.`),
  };
}

/** The documented response has a string body; a JSON body is accepted as well. */
function innerResponse({ code, headers, body }: Record<string, unknown>): HttpResponse {
  const all = Object.entries(isRecord(headers) ? headers : {});
  const byName = new Map(all.map(([name, value]) => [name.toLowerCase(), textOf(value)]));
  return {
    status: Number(code),
    text: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
    header: (name) => byName.get(name.toLowerCase()) ?? null,
  };
}
