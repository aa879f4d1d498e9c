import { createMutex } from '../../../base/async';
import { readJson } from '../../../azure/rest/server-errors';
import type { ContentStore } from '../duplicates/content-store';
import type { ItemEntry } from '../model/item-entry';
import type { ItemTable } from '../model/item-table';
import { createItemTable } from '../model/item-table';
import { createContentTable } from '../model/contents';
import { readCandidates, readCopies, readDuplicateSets } from '../model/duplicate-report';
import { createIsClosed } from '../model/closed-states';
import { readItems } from '../model/read-items';
import type { FoundRows, SearchLane } from '../model/search-rows';
import { EMPTY_REPORT, readReport, readRows, searchRows } from '../model/search-rows';
import type { Segment } from '../model/segment';
import { isSegment, withSplits } from '../model/segment';
import { readAuthorless } from '../model/authors';
import type { CompareTexts, Snapshot } from '../model/snapshot';
import { createSnapshot } from '../model/snapshot';
import { FIRST_ROWS } from '../project-index';
import type { IndexMeta } from '../store/index-meta';
import { isIndexMeta } from '../store/index-meta';
import type { ProjectStore, StoredIndex } from '../store/project-store';
import type { OpenedData, ProjectData, Totals } from './project-data';

/** Dependencies of `createLocalData`. */
export interface LocalDataOptions {
  /** `undefined` if the index is kept in memory only. */
  readonly store: ProjectStore | undefined;
  /** Known contents of attachments. Default: none. */
  readonly contents?: Pick<ContentStore, 'readAll'>;
  readonly compare: CompareTexts;
  /** Runs work in steps: at once in a worker, with pauses on a page. */
  readonly run: <T>(steps: Generator<void, T>) => T | Promise<T>;
}

/** Results of a lane that can be read: that on the screen, and the next one. */
const MAX_RESULTS = 2;

/** Creates the data in this thread. */
export function createLocalData({ store, contents, compare, run }: LocalDataOptions): ProjectData {
  const serialize = createMutex();
  const results = new Map<number, FoundRows & { readonly lane: SearchLane }>();
  const known = createContentTable();
  let table: ItemTable = createItemTable();
  let closedStates: IndexMeta['closedStates'] = [];
  let snapshot: Snapshot | undefined;
  let lastResult = 0;
  /** Ends with the first failure: what is stored then is older, and complete. */
  let isKept = store !== undefined;
  /** Ends when another page opens the index: that page keeps it then. */
  let isWriter = true;
  /** Otherwise nothing is stored that could be removed. */
  let hasOpened = false;

  const totals = (): Totals => ({ items: table.items(), files: table.files() });

  function takeSnapshot(): Snapshot {
    snapshot ??= createSnapshot(table.segments(), {
      isClosed: createIsClosed(closedStates),
      digestsOf: known.digestsOf,
      compare,
    });
    return snapshot;
  }

  async function change(changes: ReadonlyMap<number, ItemEntry | undefined>): Promise<void> {
    if (changes.size === 0) return;
    await run(table.change(changes));
    snapshot = undefined;
  }

  function addContents(added: Parameters<typeof known.add>[0]): Promise<boolean> {
    const hasChanged = known.add(added);
    if (hasChanged) snapshot = undefined;
    return Promise.resolve(hasChanged);
  }

  async function readStored(): Promise<StoredIndex | undefined> {
    try {
      const stored = await store?.open();
      hasOpened = true;
      return stored;
    } catch {
      isKept = false;
      return undefined;
    }
  }

  const data: ProjectData = {
    async open(): Promise<OpenedData> {
      const stored = await readStored();
      const segments = stored ? segmentsIn(stored) : undefined;
      const meta = segments && isIndexMeta(stored?.meta) ? stored.meta : undefined;
      table = createItemTable(meta ? segments : undefined);
      closedStates = meta?.closedStates ?? [];
      snapshot = undefined;
      // A part alone is of no use.
      if (stored && !meta && stored.segments.size > 0) await store?.clear().catch(() => undefined);
      return { meta, isKept, ...totals() };
    },

    async apply({ project, ids, texts }) {
      const changes = new Map<number, ItemEntry | undefined>(ids.map((id) => [id, undefined]));
      for (const text of texts) {
        const response = { status: 200, text, header: () => null };
        for (const item of readJson(response, 'a batch of work items', (body) => readItems(body, project)))
          changes.set(item.id, item);
      }
      await change(changes);
      return totals();
    },

    async removeItems(ids) {
      const known = table.ids();
      await change(new Map(ids.filter((id) => known.has(id)).map((id) => [id, undefined])));
      return totals();
    },

    async retain(ids) {
      const [known, kept] = [table.ids(), new Set(ids)];
      await change(new Map([...known].filter((id) => !kept.has(id)).map((id) => [id, undefined])));
      return ids.filter((id) => !known.has(id));
    },

    async addAuthors(items) {
      const added = await run(table.addAuthors(items));
      if (added > 0) snapshot = undefined;
      return added;
    },

    async save(meta) {
      if (meta.closedStates !== closedStates) snapshot = undefined;
      closedStates = meta.closedStates;
      if (!store || !isKept || !isWriter) return isKept;
      try {
        isWriter = await store.save(meta, table.takeChanges());
      } catch {
        isKept = false;
      }
      return isKept;
    },

    async clear() {
      table = createItemTable();
      snapshot = undefined;
      results.clear();
      if (!hasOpened) return;
      await store?.clear();
      isWriter = true;
    },

    async search(search) {
      const { lane = 'screen' } = search;
      const found = await run(searchRows(takeSnapshot(), search));
      const id = ++lastResult;
      results.set(id, { ...found, lane });
      const ofLane = [...results].filter(([, each]) => each.lane === lane);
      for (const [old] of ofLane.slice(0, -MAX_RESULTS)) results.delete(old);
      const { rows, bytes, facets } = found;
      return { id, count: rows.length, bytes, facets, firstRows: readRows(found, 0, FIRST_ROWS) };
    },

    ...createResultReader(results),

    readContents: async () => addContents((await contents?.readAll()) ?? []),

    addContents,
  };

  return {
    open: () => serialize(data.open),
    apply: (answer) => serialize(() => data.apply(answer)),
    removeItems: (ids) => serialize(() => data.removeItems(ids)),
    retain: (ids) => serialize(() => data.retain(ids)),
    addAuthors: (items) => serialize(() => data.addAuthors(items)),
    save: (meta) => serialize(() => data.save(meta)),
    clear: () => serialize(data.clear),
    search: (search) => serialize(() => data.search(search)),
    readRows: data.readRows,
    readReport: data.readReport,
    readDuplicates: data.readDuplicates,
    readCopies: data.readCopies,
    readCandidates: data.readCandidates,
    readAuthorless: data.readAuthorless,
    readContents: data.readContents,
    addContents: data.addContents,
  };
}

/** Reads results; a result that is no longer valid has nothing. */
function createResultReader(
  results: ReadonlyMap<number, FoundRows>,
): Pick<
  ProjectData,
  'readRows' | 'readReport' | 'readDuplicates' | 'readCopies' | 'readCandidates' | 'readAuthorless'
> {
  function read<Value>(id: number, empty: Value, readFrom: (found: FoundRows) => Value): Promise<Value> {
    const found = results.get(id);
    return Promise.resolve(found ? readFrom(found) : empty);
  }
  return {
    readRows: (id, start, count) => read(id, [], (found) => readRows(found, start, count)),
    readReport: (id) => read(id, EMPTY_REPORT, readReport),
    readDuplicates: (id, start, count) => read(id, [], (found) => readDuplicateSets(found, start, count)),
    readCopies: (id) => read(id, [], readCopies),
    readCandidates: (id, start, count) => read(id, [], (found) => readCandidates(found, start, count)),
    readAuthorless: (id) => read(id, [], readAuthorless),
  };
}

/** Returns the segments if all of them are sound. */
function segmentsIn({ segments }: StoredIndex): ReadonlyMap<number, Segment> | undefined {
  const sound = new Map<number, Segment>();
  for (const [key, segment] of segments) if (isSegment(segment)) sound.set(key, withSplits(segment));
  return sound.size === segments.size ? sound : undefined;
}
