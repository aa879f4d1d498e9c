import { Refusal } from './refusal';

/** An attachment as a work item shows it. */
export interface LinkedFile {
  readonly attachmentId: string;
  readonly name: string;
}

interface Relation {
  readonly rel: 'AttachedFile';
  readonly url: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface WorkItem {
  revision: number;
  readonly relations: Relation[];
  patchesInFlight: number;
}

/** Work items of any number, with their linked attachments. */
export class WorkItems {
  /** Concurrent patches of the same work item. */
  collisions = 0;
  private readonly items = new Map<number, WorkItem>();

  /** @param baseUrl Base of the addresses of work items and attachments. */
  constructor(private readonly baseUrl: string) {}

  /** A patch has arrived; the answer tells the end of it. */
  beginPatch(id: number): () => void {
    const item = this.find(id);
    if (item.patchesInFlight > 0) this.collisions++;
    item.patchesInFlight++;
    return () => {
      item.patchesInFlight--;
    };
  }

  /** Applies a JSON Patch that adds attachments, like Azure DevOps: one revision for all of them. */
  patch(id: number, operations: unknown): void {
    const item = this.find(id);
    item.relations.push(...asList(operations).map((operation) => this.readAdd(operation)));
    item.revision++;
  }

  /** Answer of Azure DevOps for a work item. */
  show(id: number, withRelations: boolean): object {
    const { revision, relations } = this.find(id);
    const fields = { 'System.WorkItemType': 'Bug', 'System.State': 'Active', 'System.Title': `Bug ${id}` };
    const url = `${this.baseUrl}_apis/wit/workItems/${id}`;
    return { id, rev: revision, fields, ...(withRelations && relations.length > 0 && { relations }), url };
  }

  /** History of a work item, like Azure DevOps: all attachments in one revision. */
  showUpdates(id: number): object {
    const { relations } = this.find(id);
    const update = {
      id: 1,
      workItemId: id,
      revisedBy: { displayName: 'Bench' },
      relations: { added: relations },
    };
    return { count: 1, value: [update] };
  }

  /** Links of a work item. */
  linkedTo(id: number): LinkedFile[] {
    return this.find(id).relations.map(({ url, attributes }) => ({
      attachmentId: attachmentIdOf(url),
      name: String(attributes['name']),
    }));
  }

  private find(id: number): WorkItem {
    const known = this.items.get(id) ?? { revision: 1, relations: [], patchesInFlight: 0 };
    this.items.set(id, known);
    return known;
  }

  private readAdd(operation: unknown): Relation {
    const { op, path, value } = asRecord(operation);
    const { rel, url, attributes } = asRecord(value);
    if (op !== 'add' || path !== '/relations/-' || rel !== 'AttachedFile') {
      throw new Refusal(400, `Not an attachment being added: ${JSON.stringify(operation)}`);
    }
    const date = new Date().toISOString();
    return {
      rel,
      url: `${this.baseUrl}_apis/wit/attachments/${attachmentIdOf(String(url))}`,
      attributes: {
        authorizedDate: date,
        id: 1,
        resourceCreatedDate: date,
        resourceModifiedDate: date,
        revisedDate: '9999-01-01T00:00:00Z',
        ...asRecord(attributes),
      },
    };
  }
}

function attachmentIdOf(url: string): string {
  const id = /\/([0-9a-f-]{36})(?:\?|$)/.exec(url)?.[1];
  if (id === undefined) throw new Refusal(400, `"${url}" is not the address of an attachment.`);
  return id;
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal(400, 'A patch is a list of operations.');
  return value;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
