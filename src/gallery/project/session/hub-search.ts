import { coalesce, createLatest } from '../../../base/async';
import type { Runtime } from '../../../base/runtime';
import type { StateStore } from '../../../base/store';
import type { ProjectIndex, ProjectSearch } from '../project-index';
import type { HubState } from './hub-state';
import { hasIndex, isSameSearch } from './hub-state';
import type { PageReader } from './row-pages';
import { createPageReader } from './row-pages';
import { NO_ROWS } from './row-selection';

/** Search of the hub: keeps the result in line with the search text and the index. */
export interface HubSearch {
  /** Searches, even if nothing has changed. */
  readonly search: () => Promise<void>;
  /** Changes parts of the search, and searches. */
  readonly find: (search: Partial<ProjectSearch>) => void;
  /** Takes over the state of the index. Searches again after a change of its content. */
  readonly follow: () => void;
  /** Reads the visible rows; `until` is exclusive. */
  readonly showRows: (from: number, until: number) => void;
  /** Reads other rows. */
  readonly loadRows: (from: number, until: number) => void;
  /** Reads the report on the result if it is shown. */
  readonly readReport: () => Promise<void>;
}

/** Dependencies of `createHubSearch`. */
export interface HubSearchOptions {
  readonly store: StateStore<HubState>;
  readonly index: ProjectIndex;
  readonly runtime: Runtime;
  readonly change: (facts: Partial<HubState>) => void;
  /** Receives the reasons of failures. */
  readonly fail: (error: unknown) => void;
}

/** Time between two searches while the index grows, in milliseconds. */
const FOLLOW_MS = 1_000;

/** Rows read with a result, before the list tells which are visible. */
const FIRST_ROWS = 50;

/** Creates the search of the hub. */
export function createHubSearch({ store, index, runtime, change, fail }: HubSearchOptions): HubSearch {
  const getState = store.getSnapshot;
  const startSearch = createLatest();
  let reader: PageReader | undefined;
  /** Version of the index at the last search. */
  let searched = -1;
  let visible = { from: 0, until: FIRST_ROWS };

  async function search(): Promise<void> {
    const isLatest = startSearch();
    const { search: wanted, result: before } = getState();
    const isAgain = before !== undefined && isSameSearch(before.search, wanted);
    searched = index.state.getSnapshot().version;
    change({ isSearching: true });
    try {
      const result = await index.search(wanted);
      const pages = createPageReader(index, result, (loaded) => {
        if (reader === pages) changeResult({ pages: loaded });
      });
      // The new list begins with its rows: an empty one would flicker with each key.
      const { from, until } = isAgain ? visible : { from: 0, until: FIRST_ROWS };
      if (result.count > 0) await pages.show(Math.min(from, result.count - 1), Math.min(until, result.count));
      if (!isLatest()) return;
      reader = pages;
      const { selection } = getState();
      change({
        result: { ...result, search: wanted, pages: pages.getPages(), report: undefined },
        selection: isAgain ? { ...NO_ROWS, current: withinRows(selection.current, result.count) } : NO_ROWS,
        hasLostSelection: isAgain && selection.count > 0,
        isSearching: false,
        problem: undefined,
        // Its row may be another file now.
        previewed: undefined,
      });
      await readReport();
    } catch (error) {
      if (!isLatest()) return;
      change({ isSearching: false });
      fail(error);
    }
  }

  function changeResult(facts: Partial<HubState['result'] & object>): void {
    store.setState((state) => (state.result ? { ...state, result: { ...state.result, ...facts } } : state));
  }

  async function readReport(): Promise<void> {
    const { part, result } = getState();
    if (part !== 'report' || !result || result.report) return;
    try {
      const report = await index.readReport(result.id);
      if (getState().result?.id === result.id) changeResult({ report });
    } catch (error) {
      fail(error);
    }
  }

  const searchSoon = coalesce(runtime, FOLLOW_MS, () => {
    // Another search of the same content would clear the selection.
    if (searched !== index.state.getSnapshot().version) void search();
  });

  function follow(): void {
    const before = getState();
    const after = index.state.getSnapshot();
    change({ index: after });
    if (!hasIndex(getState())) {
      if (!before.result && !before.isSearching) return;
      startSearch();
      reader = undefined;
      change({ result: undefined, selection: NO_ROWS, isSearching: false, previewed: undefined });
    } else if (!before.result && !before.isSearching && !before.problem) void search();
    else if (after.version !== before.index.version) {
      const isGrowing = after.phase === 'indexing' || after.phase === 'refreshing';
      if (isGrowing) searchSoon();
      else void search();
    }
  }

  function find(facts: Partial<ProjectSearch>): void {
    const { search: before } = getState();
    const after = { ...before, ...facts };
    if (isSameSearch(before, after)) return;
    change({ search: after, hasLostSelection: false });
    if (hasIndex(getState())) void search();
  }

  const loadRows = (from: number, until: number): void => void reader?.show(from, until).catch(fail);

  return {
    search,
    find,
    follow,
    readReport,
    loadRows,
    showRows(from, until) {
      visible = { from, until };
      loadRows(from, until);
    },
  };
}

function withinRows(row: number | undefined, count: number): number | undefined {
  return row === undefined || count === 0 ? undefined : Math.min(row, count - 1);
}
