import { isStaplerError, ServerError } from '../model/errors';
import type { WorkItem } from '../model/work-item';
import type { Connection } from './connection';
import type { HttpResponse } from './http-stack';
import { errorFromResponse, isRecord, isSuccess, readJson, textOf } from './server-errors';
import type { PatchOperation } from './work-items';
import { readWorkItem } from './work-items';

/** Reads and updates of many work items, a few requests for all of them. */
export interface ManyWorkItems {
  /**
   * The work items with their relations, as they are now. Those that do not exist, or that this person may not read,
   * are left out.
   *
   * @throws StaplerError when one of the requests failed, CancelledError after an abort.
   */
  readonly readMany: (ids: readonly number[], signal?: AbortSignal) => Promise<ReadonlyMap<number, WorkItem>>;
  /**
   * Applies a patch to each of some work items, none of them named twice, by one request.
   *
   * @returns What became of each, in their order: the work item where the answer shows it.
   * @throws StaplerError when the request as a whole failed: all of them may have been applied, or none.
   */
  readonly updateMany: (
    updates: readonly WorkItemUpdate[],
    signal?: AbortSignal,
  ) => Promise<readonly UpdateOutcome[]>;
}

/**
 * Asks whether a work item may be changed, by a patch that changes nothing and is only validated (REST reference D.5).
 *
 * @throws StaplerError `no-permission` where it may not, another where that cannot be told.
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
    repeatable: true,
  });
}

/** A patch of one work item among others. */
export interface WorkItemUpdate {
  readonly id: number;
  readonly patch: readonly PatchOperation[];
}

/** What became of it. */
export type UpdateOutcome = { readonly workItem: WorkItem } | { readonly error: unknown };

/** So many can be read by one request (REST reference E.2). */
const MOST_IDS = 200;

/** The version that the samples name, and those who use it (REST reference E.1). */
const BATCH_VERSION = '5.0';

const READ_PATH = '_apis/wit/workitemsbatch';
const UPDATE_PATH = '_apis/wit/$batch';

/** Many work items by way of `workitemsbatch` and `$batch`, which the official client does not have. */
export function createManyWorkItems(connection: Connection): ManyWorkItems {
  async function readSome(ids: readonly number[], signal?: AbortSignal): Promise<readonly WorkItem[]> {
    const response = await connection.send({
      method: 'POST',
      path: READ_PATH,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ids, $expand: 'relations', errorPolicy: 'omit' }),
      ...(signal && { signal }),
      repeatable: true,
    });
    const value = readJson(response, `POST ${READ_PATH}`, readList);
    return value.filter(isRecord).map(readWorkItem);
  }

  /** A server that does not know how to leave one out refuses all, and does not say which one it was. */
  async function readWhatIsThere(ids: readonly number[], signal?: AbortSignal): Promise<readonly WorkItem[]> {
    try {
      return await readSome(ids, signal);
    } catch (error) {
      if (!isStaplerError(error) || error.kind !== 'work-item-missing') throw error;
      if (ids.length === 1) return [];
      const middle = Math.ceil(ids.length / 2);
      const first = await readWhatIsThere(ids.slice(0, middle), signal);
      return [...first, ...(await readWhatIsThere(ids.slice(middle), signal))];
    }
  }

  return {
    async readMany(ids, signal) {
      const found = new Map<number, WorkItem>();
      for (let at = 0; at < ids.length; at += MOST_IDS) {
        const some = await readWhatIsThere(ids.slice(at, at + MOST_IDS), signal);
        for (const item of some) found.set(item.id, item);
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
        repeatable: false,
        apiVersion: BATCH_VERSION,
      });
      return readJson(response, `PATCH ${UPDATE_PATH}`, (body) => {
        const answers = readList(body);
        // The answers come in the order of the requests; one more or less would leave open which is whose.
        if (answers?.length !== updates.length || !answers.every(isRecord)) return undefined;
        return updates.map(({ id }, index) => readOutcome(id, answers[index] ?? {}));
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
  const what = `PATCH _apis/wit/workitems/${id} in a batch`;
  if (response.status >= 300) return { error: errorFromResponse(response, what) };
  try {
    const workItem = readJson(response, what, readWorkItem);
    if (isSuccess(response) && workItem.id === id) return { workItem };
  } catch (error) {
    return { error };
  }
  return { error: new ServerError('unexpected-answer', `The answer to ${what} does not show what it did.`) };
}

/** The documented answer has its body as a text; a body that is JSON itself means the same. */
function innerResponse({ code, headers, body }: Record<string, unknown>): HttpResponse {
  const all = Object.entries(isRecord(headers) ? headers : {});
  const byName = new Map(all.map(([name, value]) => [name.toLowerCase(), textOf(value)]));
  return {
    status: Number(code),
    text: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
    header: (name) => byName.get(name.toLowerCase()) ?? null,
  };
}
