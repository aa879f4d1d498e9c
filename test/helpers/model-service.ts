import type { Relation, WorkItem } from '../../src/azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../src/azure/work-item';
import { NetworkError, ServerError, TimeoutError } from '../../src/base/errors';
import type { ManyWorkItems, UpdateOutcome, WorkItemUpdate } from '../../src/azure/rest/many-work-items';
import { errorFromResponse } from '../../src/azure/rest/server-errors';
import type { PatchOperation, WorkItems } from '../../src/azure/rest/work-items';
import { httpResponse } from './manual-http-stack';
import { workItemWith } from './uploads';

/** Outcome of any request. */
export const REQUEST_FAULTS = [
  'none',
  'lost before',
  'lost after',
  'busy before',
  'busy after',
  'throttled',
  'garbled after',
  'signed out',
  'conflict',
] as const;

export type RequestFault = (typeof REQUEST_FAULTS)[number];

/** Properties of the service. */
export interface ServiceFacts {
  /** Ids of its work items. */
  readonly ids: readonly number[];
  /** Handling of the other parts of a batch after one is refused (REST reference E.1). Default: `independent`. */
  readonly batches?:
    | 'independent'
    | 'all-or-nothing'
    | 'none'
    | 'forbidden'
    | 'signed-out'
    | 'hidden'
    | 'slow'
    | 'html 404'
    | 'html 405'
    | 'busy';
  /** One per request, in their order. */
  readonly faults?: readonly RequestFault[];
  readonly readOnly?: readonly number[];
  /** Whether the response to a patch omits relations. */
  readonly isTerse?: boolean;
  /** Whether a patch can test the URL of a relation. Default: true. */
  readonly testsAddresses?: boolean;
  /** Called before each request is served, such as for a change by another client. */
  readonly onRequest?: (service: ModelService, what: string) => void;
  /** Default: 100. */
  readonly maxAttachments?: number;
  /** Whether the name of an upload, or its id without one, wins over the name in the relation. */
  readonly ignoresNames?: boolean;
}

/** Any number of work items in memory, with the rules of REST reference D and E. */
export interface ModelService extends WorkItems, ManyWorkItems {
  /** Current state of a work item. */
  item(id: number): WorkItem;
  /** Deletes a work item. */
  delete(id: number): void;
  /** Brings a deleted work item back. */
  restore(item: WorkItem): void;
  /** Changes the relations like another client. */
  change(id: number, next: (relations: readonly Relation[]) => readonly Relation[]): void;
  /** All requests, such as `read 7`, `update 7`, `batch 3`, `readMany 3`. */
  readonly asked: readonly string[];
  /** Ends all faults. */
  settle(): void;
}

/** Creates the service. */
export function createModelService(facts: ServiceFacts): ModelService {
  const {
    batches = 'independent',
    readOnly = [],
    isTerse = false,
    maxAttachments = 100,
    ignoresNames,
  } = facts;
  const faults = [...(facts.faults ?? [])];
  const asked: string[] = [];
  const items = new Map(facts.ids.map((id) => [id, workItemWith([], { id, revision: 1 })]));

  function found(id: number): WorkItem {
    const item = items.get(id);
    if (!item) throw refusal(404, `TF401232: Work item ${id} does not exist.`);
    return item;
  }

  function patched(id: number, patch: readonly PatchOperation[]): WorkItem {
    const item = found(id);
    if (readOnly.includes(id)) throw refusal(403, 'TF237111: You do not have permissions to save.');
    const relations = [...item.relations];
    for (const { op, path, value } of patch) {
      if (op === 'test') {
        const [, tested] = /^\/relations\/(\d+)\/url$/.exec(path) ?? [];
        if (tested !== undefined && facts.testsAddresses === false)
          throw refusal(400, `The operation test is not supported at the path ${path}.`);
        const actual = tested === undefined ? item.revision : relations[Number(tested)]?.url;
        if (actual !== value) throw refusal(412, `VS403351: Test Operation for path ${path} failed.`);
        continue;
      }
      if (op === 'remove') {
        relations.splice(Number(path.split('/').pop()), 1);
        continue;
      }
      const [, renamed] = /^\/relations\/(\d+)\/attributes\/name$/.exec(path) ?? [];
      if (renamed !== undefined) {
        relations[Number(renamed)] = { ...relations[Number(renamed)]!, name: String(value) };
        continue;
      }
      const { rel, url, attributes } = value as Relation;
      const guid = attachmentIdOf(url);
      if (relations.some((each) => attachmentIdOf(each.url) === guid))
        throw refusal(400, 'Relation already exists.');
      const uploaded = new URL(url).searchParams.get('fileName') ?? guid;
      relations.push({ rel, url, name: String(ignoresNames ? uploaded : attributes['name']), attributes });
    }
    const after = { ...item, relations, revision: item.revision + 1 };
    if (attachmentsOf(after).length > maxAttachments)
      throw refusal(400, `VS403313: can have no more than ${maxAttachments} attachments.`);
    return after;
  }

  function update(id: number, patch: readonly PatchOperation[]): WorkItem {
    const after = patched(id, patch);
    items.set(id, after);
    return isTerse ? { ...after, relations: [] } : after;
  }

  function updateAll(updates: readonly WorkItemUpdate[]): UpdateOutcome[] {
    if (batches === 'none') throw refusal(404, 'The controller for path $batch was not found.');
    if (batches === 'forbidden') throw refusal(403, 'The scope of the token does not allow that.');
    if (batches === 'signed-out') throw refusal(401, 'No.');
    if (batches === 'hidden') throw new NetworkError('No answer.');
    if (batches === 'slow') throw new TimeoutError('No answer in time.', 120_000);
    if (batches === 'html 404') throw page(404);
    if (batches === 'html 405') throw page(405);
    if (batches === 'busy') throw refusal(503, 'Busy.');
    if (batches === 'all-or-nothing') for (const { id, patch } of updates) patched(id, patch);
    return updates.map(({ id, patch }) => {
      try {
        return { workItem: update(id, patch) };
      } catch (error) {
        return { error };
      }
    });
  }

  async function serve<T>(what: string, act: () => T): Promise<T> {
    asked.push(what);
    const fault = faults.shift() ?? 'none';
    await Promise.resolve();
    facts.onRequest?.(service, what);
    if (fault === 'lost before') throw new NetworkError('No answer.');
    if (fault === 'busy before') throw refusal(503, 'Busy.');
    if (fault === 'throttled') throw refusal(429, 'Slow down.');
    if (fault === 'signed out') throw refusal(401, 'Sign in.');
    if (fault === 'conflict' && what.startsWith('update')) throw refusal(409, 'TF26071: Changed.');
    const answer = act();
    if (fault === 'lost after') throw new NetworkError('No answer.');
    if (fault === 'busy after') throw refusal(503, 'Busy.');
    if (fault === 'garbled after') throw new ServerError('unexpected-answer', 'Half of it.', { status: 200 });
    return answer;
  }

  const service: ModelService = {
    item: found,
    delete: (id) => void items.delete(id),
    restore: (item) => void items.set(item.id, item),
    change: (id, next) => void items.set(id, { ...found(id), relations: next(found(id).relations) }),
    asked,
    settle: () => void (faults.length = 0),
    read: (id) => serve(`read ${id}`, () => found(id)),
    update: (id, patch) => serve(`update ${id}`, () => update(id, patch)),
    readMany: (ids) =>
      serve(`readMany ${ids.length}`, () => new Map([...items].filter(([id]) => ids.includes(id)))),
    updateMany: (updates) => serve(`batch ${updates.length}`, () => updateAll(updates)),
  };
  return service;
}

function refusal(status: number, message: string): Error {
  return errorFromResponse(httpResponse({ status, json: { message, typeKey: '' } }), 'PATCH');
}

/** Refusal by a proxy. */
function page(status: number): Error {
  return errorFromResponse(httpResponse({ status, text: '<html><body>Not here.</body></html>' }), 'PATCH');
}
