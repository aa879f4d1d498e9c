import type { WorkItemExpand } from 'azure-devops-extension-api/WorkItemTracking';
import { WorkItemTrackingRestClient } from 'azure-devops-extension-api/WorkItemTracking';
import { ServerError } from '../../base/errors';
import type { Person, Relation, WorkItem } from '../work-item';
import { UNKNOWN_PERSON } from '../work-item';
import type { Connection } from './connection';
import type { HttpRequest } from './http-stack';
import { isRecord, readJson, textOf } from './server-errors';

/** One operation of a JSON Patch (RFC 6902) on a work item. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

/** Reads and updates work items. */
export interface WorkItems {
  /** Reads the current work item with relations. */
  read(id: number, signal?: AbortSignal): Promise<WorkItem>;
  /** Applies the patch, all or nothing, and returns the updated work item. */
  update(id: number, patch: readonly PatchOperation[], signal?: AbortSignal): Promise<WorkItem>;
}

/**
 * Asks the service for something small. Any answer other than a sign-in page proves that requests get through; work
 * item 1 may not exist.
 *
 * @throws StaplerError
 */
export async function probeService(connection: Connection): Promise<void> {
  const query = { fields: 'System.Id' };
  await connection.send({
    method: 'GET',
    path: '_apis/wit/workItems/1',
    query,
    headers: {},
    isIdempotent: true,
  });
}

/** The documented name (REST reference D.1); the enum of the client would send a number. */
const WITH_RELATIONS = 'relations' as unknown as WorkItemExpand;

/** Not exported by the client. */
type RestClientRequestParams = Parameters<WorkItemTrackingRestClient['_issueRequest']>[2];

/** Work items through the official client: its routes and parameters, our connection. */
export function createWorkItems(connection: Connection): WorkItems {
  return {
    async read(id, signal) {
      const client = new ConnectedClient(connection, signal);
      return readWorkItem(await client.getWorkItem(id, undefined, undefined, undefined, WITH_RELATIONS));
    },
    async update(id, patch, signal) {
      const client = new ConnectedClient(connection, signal);
      return readWorkItem(
        await client.updateWorkItem(
          [...patch] as never,
          id,
          undefined,
          undefined,
          undefined,
          undefined,
          WITH_RELATIONS,
        ),
      );
    },
  };
}

/**
 * Uses the routes and queries of the official client. Its transport is replaced because it pins preview versions,
 * omits URLs, hides response headers and cannot be aborted (REST reference H.1).
 */
class ConnectedClient extends WorkItemTrackingRestClient {
  constructor(
    private readonly connection: Connection,
    private readonly signal: AbortSignal | undefined,
  ) {
    super({ rootPath: '' });
  }

  protected override async _issueRequest<T>(
    url: string,
    _apiVersion: string,
    params: RestClientRequestParams,
  ): Promise<T> {
    // The documented spelling; a proxy may be case-sensitive.
    const path = url.replace('/workItems', '/workitems');
    const method = (params.method ?? 'GET') as HttpRequest['method'];
    const headers = (params.customHeaders ?? {}) as Record<string, string>;
    const body = params.body === undefined ? {} : { body: JSON.stringify(params.body) };
    const response = await this.connection.send({
      method,
      path,
      headers,
      ...body,
      ...(this.signal && { signal: this.signal }),
      isIdempotent: method === 'GET',
    });
    return readJson(response, `${method} ${path}`, (value) => (isRecord(value) ? (value as T) : undefined));
  }
}

/**
 * Reads a work item from a response. `relations` is absent if there are none.
 *
 * @throws ServerError `unexpected-answer` for anything but a work item.
 */
export function readWorkItem(answer: unknown): WorkItem {
  const body = isRecord(answer) ? answer : {};
  if (!Number.isInteger(body['id'])) {
    throw new ServerError('unexpected-answer', 'The answer is not a work item.');
  }
  const fields = isRecord(body['fields']) ? body['fields'] : {};
  const relations = Array.isArray(body['relations']) ? body['relations'] : [];
  return {
    id: Number(body['id']),
    revision: Number(body['rev']),
    type: textOf(fields['System.WorkItemType']),
    title: textOf(fields['System.Title']),
    state: textOf(fields['System.State']),
    project: textOf(fields['System.TeamProject']),
    area: textOf(fields['System.AreaPath']),
    createdAt: Date.parse(textOf(fields['System.CreatedDate'])),
    createdBy: readPerson(fields['System.CreatedBy']),
    changedBy: readPerson(fields['System.ChangedBy']),
    relations: relations.filter(isRecord).map(readRelation),
  };
}

/** Old servers return a person as a single string, too ambiguous to identify anyone. */
function readPerson(value: unknown): Person {
  return isRecord(value)
    ? { id: textOf(value['id']), descriptor: textOf(value['descriptor']) }
    : UNKNOWN_PERSON;
}

function readRelation(relation: Record<string, unknown>): Relation {
  const attributes = isRecord(relation['attributes']) ? relation['attributes'] : {};
  return {
    rel: textOf(relation['rel']),
    url: textOf(relation['url']),
    name: textOf(attributes['name']),
    attributes,
  };
}
