import { ServerError } from '../model/errors';
import type { Person } from '../model/person';
import type { Connection } from './connection';
import { isRecord, readJson, textOf } from './server-errors';

/** Where a work item comes from, to recognise one that was new a moment ago. */
export interface WorkItemOrigin {
  /** Revision, 1-based. */
  readonly revision: number;
  /** `Bug`; empty where the server did not say. */
  readonly type: string;
  /** By the server's clock, in milliseconds since the epoch; `NaN` where the server did not say. */
  readonly createdAt: number;
  readonly createdBy: Person;
}

/** Reads where the work item comes from. @throws StaplerError */
export async function readOrigin(connection: Connection, id: number): Promise<WorkItemOrigin> {
  const path = `_apis/wit/workitems/${id}`;
  const response = await connection.send({ method: 'GET', path, headers: {}, repeatable: true });
  const item = readJson(response, `GET ${path}`, (value) => (isRecord(value) ? value : undefined));
  const fields = item['fields'];
  if (!isRecord(fields)) throw new ServerError('unexpected-answer', 'The answer is not a work item.');
  // Old servers name the person in one text, which tells nobody apart for sure.
  const by = isRecord(fields['System.CreatedBy']) ? fields['System.CreatedBy'] : {};
  return {
    revision: Number(item['rev']),
    type: textOf(fields['System.WorkItemType']),
    createdAt: Date.parse(textOf(fields['System.CreatedDate'])),
    createdBy: { id: textOf(by['id']), descriptor: textOf(by['descriptor']) },
  };
}
