import { ServerError } from '../../base/errors';
import type { Person, Relation, WorkItem } from '../work-item';
import { UNKNOWN_PERSON } from '../work-item';
import type { Call, Connection } from './connection';
import { isRecord, readJson, textOf } from './server-errors';

/** One operation of a JSON Patch (RFC 6902) on a work item. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

/** Reads and updates single work items, with their relations. */
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

/** Creates requests for single work items. */
export function createWorkItems(connection: Connection): WorkItems {
  async function send(
    id: number,
    call: Pick<Call, 'method' | 'headers' | 'body' | 'isIdempotent'>,
    signal?: AbortSignal,
  ): Promise<WorkItem> {
    // The documented spelling: a proxy may be case-sensitive.
    const path = `_apis/wit/workitems/${id}`;
    const query = { $expand: 'relations' };
    const response = await connection.send({ ...call, path, query, ...(signal && { signal }) });
    const name = `${call.method} ${path}`;
    return readWorkItem(readJson(response, name, (value) => (isRecord(value) ? value : undefined)));
  }

  return {
    read: (id, signal) => send(id, { method: 'GET', headers: {}, isIdempotent: true }, signal),

    update(id, patch, signal) {
      const headers = { 'Content-Type': 'application/json-patch+json' };
      const body = JSON.stringify(patch);
      return send(id, { method: 'PATCH', headers, body, isIdempotent: false }, signal);
    },
  };
}

/** GUID of the project in the address of a work item. Azure DevOps Server omits it. */
const PROJECT_ID = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/_apis\/wit\/work[Ii]tems\//i;

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
    projectId: PROJECT_ID.exec(textOf(body['url']))?.[1]?.toLowerCase() ?? '',
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
