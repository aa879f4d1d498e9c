import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import type { ManifestResult } from '../../bulk/plan/manifest';
import type { PlanItem } from '../../bulk/plan/plan';
import { readWorkItemIds } from '../../bulk/plan/work-item-ids';
import type { BulkService } from '../../bulk/run/bulk-service';
import { unreadItem } from '../../bulk/run/plan-item';
import { describeProblem, quoteName } from '../../upload/messages/problems';
import type { PanelState, PanelStore } from './panel-state';

/** Actions on the work items of the panel. */
export interface ItemActions {
  /** Adds work items from a text: numbers, URLs, saved queries. */
  readonly addItems: (text: string) => Promise<void>;
  readonly removeItems: (ids: readonly number[]) => void;
  /** Reads all work items again and repeats failed queries. */
  readonly readAgain: () => Promise<void>;
  /** Sets the list that maps files to work items, and adds the work items it names. */
  readonly setManifest: (file: File) => Promise<void>;
}

/** Work items of the panel. */
export interface PanelItems {
  readonly actions: ItemActions;
  /** Adds the work items not added yet. */
  readonly addNew: (ids: readonly number[]) => Promise<void>;
}

/** Dependencies of `createPanelItems`. */
export interface PanelItemsOptions {
  readonly store: PanelStore;
  readonly service: Pick<BulkService, 'readItems' | 'findReadOnly' | 'runQuery'>;
}

/** Creates the actions on the work items of the panel. */
export function createPanelItems({ store, service }: PanelItemsOptions): PanelItems {
  const { change } = store;
  const failedQueries = new Set<string>();
  let lastManifest = 0;

  /** Reads work items and merges them into the list. */
  async function read(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    change((state) => ({ reading: [...state.reading, ...ids] }));
    try {
      const items = await service.readItems(ids);
      change((state) => ({ items: merged(state, items) }));
      void service.findReadOnly(items).then(markReadOnly);
    } catch (error) {
      const problem = toProblem(error);
      change((state) => {
        const known = new Set(state.items.map(({ id }) => id));
        const unread = ids.filter((id) => !known.has(id)).map((id) => unreadItem(id, problem));
        return { problem, items: merged(state, unread) };
      });
    }
    const asked = new Set(ids);
    change((state) => ({ reading: state.reading.filter((id) => !asked.has(id)) }));
  }

  function markReadOnly(readOnly: ReadonlyMap<number, Problem>): void {
    if (readOnly.size === 0) return;
    change(({ items }) => ({
      items: items.map((item) => {
        const problem = readOnly.get(item.id);
        return problem && !item.problem ? { ...item, problem } : item;
      }),
    }));
  }

  /** Adds the results of saved queries. */
  async function addFound(queryIds: Iterable<string>): Promise<void> {
    for (const queryId of queryIds) {
      failedQueries.add(queryId);
      try {
        await addNew(await service.runQuery(queryId));
        failedQueries.delete(queryId);
      } catch (error) {
        change({ problem: toProblem(error) });
      }
    }
  }

  async function addNew(ids: readonly number[]): Promise<void> {
    const { items, reading } = store.getSnapshot();
    const known = new Set([...items.map(({ id }) => id), ...reading]);
    await read([...new Set(ids)].filter((id) => !known.has(id)));
  }

  const actions: ItemActions = {
    async addItems(text) {
      const { ids, queryIds, unknown } = readWorkItemIds(text, store.getSnapshot().baseUrls);
      change({ unknown, problem: undefined });
      await addNew(ids);
      await addFound(queryIds);
    },

    removeItems(ids) {
      const removed = new Set(ids);
      change(({ items, reading }) => ({
        items: items.filter(({ id }) => !removed.has(id)),
        // Work items that are being read stay out.
        reading: reading.filter((id) => !removed.has(id)),
        unknown: [],
      }));
    },

    async readAgain() {
      change({ problem: undefined });
      await read(store.getSnapshot().items.map(({ id }) => id));
      await addFound([...failedQueries]);
    },

    async setManifest(file) {
      const turn = ++lastManifest;
      const reading = await readList(file, store.getSnapshot().baseUrls);
      // A later list wins, even if it is read first.
      if (turn !== lastManifest) return;
      change({ manifest: { name: file.name, reading } });
      if (reading.ok) await addNew(reading.rows.flatMap(({ workItemIds }) => workItemIds));
    },
  };

  return { actions, addNew };
}

/** Reads a list. The reader is loaded with the first one. Never rejects. */
async function readList(file: File, baseUrls: readonly string[]): Promise<ManifestResult> {
  try {
    const { readManifest } = await loadModule(
      () => import(/* webpackChunkName: "list" */ '../../bulk/plan/manifest'),
    );
    return await readManifest(file, baseUrls);
  } catch (error) {
    return { ok: false, message: describeProblem(toProblem(error), quoteName(file.name)) };
  }
}

/** Updates known items in place and appends those that are still being read. */
function merged(
  { items, reading }: Pick<PanelState, 'items' | 'reading'>,
  read: readonly PlanItem[],
): readonly PlanItem[] {
  const updates = new Map(read.map((item) => [item.id, item]));
  const known = new Set(items.map(({ id }) => id));
  const wanted = new Set(reading);
  return [
    ...items.map((item) => updates.get(item.id) ?? item),
    ...read.filter(({ id }) => wanted.has(id) && !known.has(id)),
  ];
}
