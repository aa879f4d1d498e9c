import type { Call, Connection } from '../../src/azure/rest/connection';
import { ServerError } from '../../src/base/errors';

/** Attached file on the server. */
export interface ServerFile {
  readonly id: string;
  readonly name: string;
  readonly size?: number;
  readonly comment?: string;
  /** In milliseconds since the epoch. */
  readonly addedAt: number;
}

/** Work item on the server. */
export interface ServerItem {
  readonly id: number;
  readonly revision: number;
  readonly title: string;
  readonly type: string;
  readonly state: string;
  readonly area: string;
  readonly project: string;
  readonly changedAt: number;
  readonly changedBy: string;
  readonly description: string;
  readonly files: readonly ServerFile[];
}

/** Project with work items, without a network. */
export interface ProjectServer {
  readonly connection: Connection;
  /** Time of its clock, in milliseconds since the epoch. Each change of a work item takes a second. */
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  readonly items: () => readonly ServerItem[];
  /** Changes a work item, or creates it: one revision more. */
  readonly change: (id: number, changes: Partial<ServerItem>) => void;
  readonly remove: (id: number) => void;
  readonly restore: (id: number) => void;
  /** Areas that the person cannot read. */
  readonly hidden: Set<string>;
  /** Names of the requests so far, such as `wiql`. */
  readonly requests: string[];
  /** Called before each answer; may wait, or throw instead of it. */
  beforeAnswer: (request: string) => Promise<void> | void;
  /** Called after the answer was made, before it arrives. */
  afterAnswer: (request: string) => Promise<void> | void;
}

/** GUID of a file by a number. */
export function guidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

const URL_OF_FILES = 'https://dev.azure.com/fabrikam/_apis/wit/attachments/';

/** Creates a server without work items. */
export function createProjectServer(): ProjectServer {
  const items = new Map<number, ServerItem>();
  const deleted = new Map<number, ServerItem>();
  const updates = new Map<number, readonly object[]>();
  let clock = Date.UTC(2026, 0, 1);

  const canRead = ({ area }: ServerItem): boolean => !server.hidden.has(area);

  function runQuery(query: string, top: number): object {
    const id = Number(/\[System\.Id\] > (\d+)/.exec(query)?.[1] ?? 0);
    const project = /\[System\.TeamProject\] = '([^']*)'/.exec(query)?.[1];
    const since = /\[System\.ChangedDate\] >= '([^']*)'/.exec(query)?.[1];
    const count = /\[System\.AttachedFileCount\] (= 0|> 0)/.exec(query)?.[1];
    const found = [...items.values()]
      .filter((item) => item.id > id && item.project === project && canRead(item))
      .filter((item) => since === undefined || item.changedAt >= Date.parse(since))
      .filter(({ files }) => count === undefined || files.length > 0 === (count === '> 0'))
      .sort((a, b) => a.id - b.id);
    return {
      asOf: new Date(clock).toISOString(),
      workItems: found.slice(0, top).map((item) => ({ id: item.id })),
    };
  }

  function answer({ path, query, body }: Call): unknown {
    const text = typeof body === 'string' ? body : '';
    if (path.endsWith('/wiql'))
      return runQuery((JSON.parse(text) as { query: string }).query, Number(query?.['$top']));
    if (path.endsWith('/workitemsbatch')) {
      const { ids } = JSON.parse(text) as { ids: number[] };
      return { value: ids.map((id) => itemJson(items.get(id))) };
    }
    if (path.endsWith('/recyclebin')) return { value: [...deleted.keys()].map((id) => ({ id })) };
    if (path.endsWith('/workitemtypes'))
      return {
        value: [
          {
            name: 'Bug',
            states: [
              { name: 'Active', category: 'InProgress' },
              { name: 'Verified', category: 'Completed' },
            ],
          },
        ],
      };
    const history = /\/workitems\/(\d+)\/updates$/.exec(path);
    if (history) return { value: historyOf(Number(history[1])).slice(Number(query?.['$skip'])) };
    throw new Error(`Unknown: ${path}`);
  }

  /** @throws ServerError `work-item-missing` for a work item that the person cannot read. */
  function historyOf(id: number): readonly object[] {
    const item = items.get(id);
    if (!item || !canRead(item))
      throw new ServerError('work-item-missing', `There is no ${id}.`, { status: 404 });
    return updates.get(id) ?? [];
  }

  /** Records an update with the relations that it changes. */
  function record(old: ServerItem | undefined, item: ServerItem): void {
    const relationsOf = (some: readonly ServerFile[], others: readonly ServerFile[]): readonly object[] =>
      some.filter(({ id }) => others.every((other) => other.id !== id)).map(relationJson);
    const [before, after] = [old?.files ?? [], item.files];
    const update = {
      rev: item.revision,
      revisedBy: { displayName: item.changedBy },
      fields: { 'System.ChangedDate': { newValue: new Date(item.changedAt).toISOString() } },
      relations: { added: relationsOf(after, before), removed: relationsOf(before, after) },
    };
    updates.set(item.id, [...(updates.get(item.id) ?? []), update]);
  }

  function itemJson(item: ServerItem | undefined): object | null {
    if (!item || !canRead(item)) return null;
    return {
      id: item.id,
      rev: item.revision,
      fields: {
        'System.Title': item.title,
        'System.WorkItemType': item.type,
        'System.State': item.state,
        'System.AreaPath': item.area,
        'System.TeamProject': item.project,
        'System.ChangedDate': new Date(item.changedAt).toISOString(),
        'System.ChangedBy': { displayName: item.changedBy },
        'System.Description': item.description,
      },
      relations: item.files.map(relationJson),
    };
  }

  function relationJson({ id, name, size, comment, addedAt }: ServerFile): object {
    const authorizedDate = new Date(addedAt).toISOString();
    const attributes = { name, resourceSize: size, comment, authorizedDate };
    return { rel: 'AttachedFile', url: URL_OF_FILES + id, attributes };
  }

  const server: ProjectServer = {
    connection: {
      async send(call) {
        const name = call.path.slice(call.path.lastIndexOf('/') + 1);
        server.requests.push(name);
        await server.beforeAnswer(name);
        if (call.signal?.aborted) throw new ServerError('internal', 'The request was sent after an abort.');
        const text = JSON.stringify(answer(call));
        await server.afterAnswer(name);
        return { status: 200, text, header: () => null };
      },
      getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
      onThrottled: () => undefined,
    },
    now: () => clock,
    pass: (ms) => void (clock += ms),
    items: () => [...items.values()],
    change(id, changes) {
      clock += 1_000;
      const old = items.get(id);
      const item: ServerItem = {
        ...{ title: `Item ${id}`, type: 'Bug', state: 'Active', area: 'Fabrikam', project: 'Fabrikam' },
        ...{ description: '', files: [], changedBy: 'Anna' },
        ...old,
        ...changes,
        ...{ id, revision: (old?.revision ?? 0) + 1, changedAt: clock },
      };
      items.set(id, item);
      record(old, item);
    },
    remove(id) {
      const item = items.get(id);
      if (item) deleted.set(id, item);
      items.delete(id);
    },
    restore(id) {
      const item = deleted.get(id);
      deleted.delete(id);
      if (!item) return;
      items.set(id, item);
      server.change(id, {});
    },
    hidden: new Set(),
    requests: [],
    beforeAnswer: () => undefined,
    afterAnswer: () => undefined,
  };
  return server;
}
