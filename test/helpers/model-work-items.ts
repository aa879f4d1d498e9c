import type { Person, Relation, WorkItem } from '../../src/azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../src/azure/work-item';
import { NetworkError, TimeoutError } from '../../src/base/errors';
import { errorFromResponse } from '../../src/azure/rest/server-errors';
import type { PatchOperation, WorkItems } from '../../src/azure/rest/work-items';
import { ME } from './frame-services';
import { httpResponse } from './manual-http-stack';
import { workItemWith } from './uploads';

/** Another user. */
const OTHER: Person = { id: 'other', descriptor: 'aad.other' };

/** Outcome of one request for a work item. */
export const WORK_ITEM_FAULTS = [
  'none',
  'lost before it was acted on',
  'lost after it was acted on',
  'stalled after it was acted on',
  'busy before it was acted on',
  'busy after it was acted on',
  'refused as a conflict',
  'answered without relations',
] as const;

export type WorkItemFault = (typeof WORK_ITEM_FAULTS)[number];

/** A change of the work item by another client. */
export type OthersDeed = (server: ModelWorkItems) => void;

/** Properties of the server. */
export interface WorkItemFacts {
  /** Initial relations. */
  readonly relations?: readonly Relation[];
  /** One per request, in their order. */
  readonly faults?: readonly WorkItemFault[];
  /** Concurrent changes, one before each request. */
  readonly others?: readonly OthersDeed[];
  /** Whether a patch can test the URL of a relation. Default: true. */
  readonly testsAddresses?: boolean;
  /** Source of the name of a relation: its own attribute by default, or the URL of its link. */
  readonly names?: 'changeable' | 'refused' | 'ignored' | 'from-url';
  /** Default: 100. */
  readonly maxAttachments?: number;
  /** Ids of attachments without stored bytes. */
  readonly gone?: ReadonlySet<string>;
}

/** Work item 7 in memory, with the rules of REST reference D for links. */
export interface ModelWorkItems extends WorkItems {
  /** Current state. */
  item(): WorkItem;
  /** All requests: `read` or `update`. */
  readonly asked: readonly string[];
  /** Changes the relations like another client. Increments the revision, except for links to work items. */
  change(next: (relations: readonly Relation[]) => readonly Relation[]): void;
  /** Changes a field like another client. */
  edit(): void;
}

/** Creates the work item. */
export function createModelWorkItems(facts: WorkItemFacts): ModelWorkItems {
  const { testsAddresses = true, names = 'changeable', maxAttachments = 100, gone = new Set() } = facts;
  const faults = [...(facts.faults ?? [])];
  const others = [...(facts.others ?? [])];
  const asked: string[] = [];
  let item = workItemWith([], { relations: linksFirst(facts.relations ?? []) });

  function save(relations: readonly Relation[], changedBy: Person): void {
    const counted = (all: readonly Relation[]): string => JSON.stringify(all.filter((each) => !isLink(each)));
    const isNew = counted(relations) !== counted(item.relations);
    item = { ...item, relations: linksFirst(relations) };
    if (isNew) item = { ...item, revision: item.revision + 1, changedBy };
  }

  function apply(relations: readonly Relation[], { op, path, value }: PatchOperation): readonly Relation[] {
    if (path === '/rev') {
      if (value !== item.revision) throw testFailed(path);
      return relations;
    }
    if (path === '/relations/-') {
      const relation = stored(value as Relation, names === 'from-url');
      const id = attachmentIdOf(relation.url) ?? '';
      if (gone.has(id)) throw refusal(404, `The attachment ${id} does not exist.`, 'FileIdNotFoundException');
      if (relations.some((other) => isSame(other, relation))) throw refusal(400, 'Relation already exists.');
      return [...relations, relation];
    }
    const [, index = '', property] = /^\/relations\/(\d+)(?:\/(.*))?$/.exec(path) ?? [];
    const relation = relations[Number(index)];
    if (!relation) throw refusal(400, `Index out of range for path ${path}.`);
    if (property === undefined && op === 'remove') return relations.filter((each) => each !== relation);
    if (property === 'url' && op === 'test' && testsAddresses) {
      if (relation.url !== value) throw testFailed(path);
      return relations;
    }
    const isThere = 'comment' in relation.attributes;
    if (property === 'attributes/comment' && (op === 'add' || isThere)) {
      const changed = { ...relation, attributes: { ...relation.attributes, comment: value } };
      return relations.map((each) => (each === relation ? changed : each));
    }
    if (property === 'attributes/name' && op === 'replace' && names !== 'refused') {
      if (names !== 'changeable') return relations;
      const name = String(value);
      const changed = { ...relation, name, attributes: { ...relation.attributes, name } };
      return relations.map((each) => (each === relation ? changed : each));
    }
    throw refusal(400, `The operation ${op} is not supported at the path ${path}.`);
  }

  function patch(operations: readonly PatchOperation[]): void {
    const relations = operations.reduce(apply, item.relations);
    if (relations.filter(({ rel }) => rel === 'AttachedFile').length > maxAttachments)
      throw refusal(400, `VS403313: Work item 7 can have no more than ${maxAttachments} attachments.`);
    save(relations, ME);
  }

  async function serve(what: string, act: () => void): Promise<WorkItem> {
    asked.push(what);
    const fault = faults.shift() ?? 'none';
    await Promise.resolve();
    others.shift()?.(server);
    if (fault === 'lost before it was acted on') throw new NetworkError('No answer.');
    if (fault === 'busy before it was acted on') throw refusal(503, 'Busy.');
    if (fault === 'refused as a conflict' && what === 'update') throw refusal(409, 'TF26071: Changed.');
    act();
    if (fault === 'lost after it was acted on') throw new NetworkError('No answer.');
    if (fault === 'stalled after it was acted on') throw new TimeoutError('No answer in time.', 30_000);
    if (fault === 'busy after it was acted on') throw refusal(503, 'Busy.');
    const isBare = fault === 'answered without relations' && what === 'update';
    return isBare ? { ...item, relations: [] } : item;
  }

  const server: ModelWorkItems = {
    item: () => item,
    asked,
    change: (next) => save(next(item.relations), OTHER),
    edit: () => void (item = { ...item, revision: item.revision + 1, changedBy: OTHER }),
    read: () => serve('read', () => undefined),
    update: (_, operations) => serve('update', () => patch(operations)),
  };
  return server;
}

/** Numbers of the attachments on the item, in their order: the last digits of their GUIDs. */
export function numbersOn(workItem: WorkItem): readonly number[] {
  return attachmentsOf(workItem).map(({ url }) => Number(attachmentIdOf(url)?.slice(-12)));
}

function isLink({ rel }: Relation): boolean {
  return rel.startsWith('System.LinkTypes.');
}

/** Order of relations by the service: a new link shifts the attachments. */
function linksFirst(relations: readonly Relation[]): readonly Relation[] {
  return [...relations.filter(isLink), ...relations.filter((each) => !isLink(each))];
}

function isSame(a: Relation, b: Relation): boolean {
  return a.rel === b.rel && (attachmentIdOf(a.url) ?? a.url) === (attachmentIdOf(b.url) ?? b.url);
}

/** An added relation as returned later: with a rewritten URL. */
function stored({ rel, url, attributes }: Relation, isNamedByUrl: boolean): Relation {
  const id = attachmentIdOf(url)?.toUpperCase();
  const name = isNamedByUrl ? new URL(url).searchParams.get('fileName') : attributes['name'];
  return {
    rel,
    url: id === undefined ? url : `https://dev.azure.com/fabrikam/aaaaaaaa/_apis/wit/attachments/${id}`,
    name: typeof name === 'string' ? name : '',
    attributes: { ...attributes, ...(isNamedByUrl && { name }) },
  };
}

function testFailed(path: string): Error {
  return refusal(
    412,
    `VS403351: Test Operation for path ${path} failed.`,
    'TestPatchOperationFailedException',
  );
}

function refusal(status: number, message: string, typeKey = 'PatchOperationFailedException'): Error {
  return errorFromResponse(httpResponse({ status, json: { message, typeKey } }), 'PATCH');
}
