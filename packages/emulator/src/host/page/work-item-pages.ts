import type { RestClient } from './rest';
import { Store } from './store';
import type { WorkItem } from './work-item';

/** How many work items the service gives at a time (REST reference: `workitemsbatch`). */
const pageSize = 200;

/** Partly loaded list of work items. */
export interface WorkItemPagesState {
  /** All of them, in their order. */
  ids: readonly number[];
  /** Loaded work items, by id. */
  items: ReadonlyMap<number, WorkItem>;
}

/** All work items. They are loaded a page at a time, when visible. */
export class WorkItemPages extends Store<WorkItemPagesState> {
  #asked = new Set<number>();

  constructor(private readonly rest: Pick<RestClient, 'list'>) {
    super({ ids: [], items: new Map() });
  }

  /** Starts with an empty list of loaded items. */
  start(ids: readonly number[]): void {
    this.#asked = new Set();
    this.update({ ids, items: new Map() });
  }

  /** Reads the pages around these places of the list, each once. */
  async read(first: number, last: number): Promise<void> {
    for (let page = Math.floor(first / pageSize); page * pageSize <= last; page++) await this.#readPage(page);
  }

  /** Loads missing items, page by page. */
  async readAll(): Promise<void> {
    const asked = this.#asked;
    for (;;) {
      const next = this.state.ids.findIndex((id) => !asked.has(id));
      if (next === -1 || asked !== this.#asked) return;
      await this.#readPage(Math.floor(next / pageSize));
    }
  }

  /** Updates loaded or saved items in the list. */
  put(item: WorkItem): void {
    this.#asked.add(item.id);
    const { ids, items } = this.state;
    this.update({
      ids: ids.includes(item.id) ? ids : [...ids, item.id].sort((one, other) => one - other),
      items: new Map(items).set(item.id, item),
    });
  }

  /** An item missing in the answer is deleted or not readable, and leaves the list. */
  async #readPage(page: number): Promise<void> {
    const asked = this.#asked;
    const place = page * pageSize;
    const ids = this.state.ids.slice(place, place + pageSize).filter((id) => !asked.has(id));
    if (ids.length === 0) return;
    ids.forEach((id) => asked.add(id));
    try {
      const found = await this.rest.list(ids);
      if (asked !== this.#asked) return;
      const missing = new Set(ids);
      found.forEach(({ id }) => missing.delete(id));
      const known = this.state.ids;
      this.update({
        ids: missing.size === 0 ? known : known.filter((id) => !missing.has(id)),
        items: new Map([...this.state.items, ...found.map((item) => [item.id, item] as const)]),
      });
    } catch (error) {
      ids.forEach((id) => asked.delete(id));
      throw error;
    }
  }
}
