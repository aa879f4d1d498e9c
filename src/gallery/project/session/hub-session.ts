import type { Host } from '../../../azure/host/host';
import { isCancelled, toProblem } from '../../../base/errors';
import type { Runtime } from '../../../base/runtime';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import { mayDownload, saveFile } from '../../../ui/save-file';
import type { SelectMode } from '../../model/selection';
import type { ProjectFacet, ProjectIndex, ProjectSearch, ProjectSortKey } from '../project-index';
import type { FileCommands } from './file-commands';
import { createFileCommands } from './file-commands';
import type { CleanUpAction, HubActionServices, RowsAction } from './hub-action';
import { actionOf } from './hub-action';
import type { HubFiles } from './hub-files';
import type { HubPart, HubState } from './hub-state';
import { createHubSearch } from './hub-search';
import { groupsToChoose, initialState } from './hub-state';
import type { ListExport } from './list-export';
import { createListExport } from './list-export';
import { selectAllRows, selectNoRows, selectRow, selectTheseRows } from './row-selection';
import type { SavedSearch } from './saved-searches';
import { readSavedSearches, savedSearchesKey, withSavedSearch } from './saved-searches';
import { hasCondition, toggleCondition, withCondition, withoutKeywordsOf } from './search-text';

/** State and commands of the Attachments hub. */
export interface HubSession extends ReadonlyStore<HubState>, FileCommands {
  /** Opens the index and reads the saved searches. Called once, when the host is connected. */
  readonly start: () => Promise<void>;
  /** See `ProjectIndex.build`. */
  readonly build: () => void;
  readonly pause: () => void;
  readonly refresh: () => void;
  /** Removes the stored index. */
  readonly removeIndex: () => void;
  readonly show: (part: HubPart) => void;
  /** Changes parts of the search, and searches. */
  readonly find: (search: Partial<ProjectSearch>) => void;
  /** Sorts by `key`; reverses the order if already sorted by it. */
  readonly sortBy: (key: ProjectSortKey) => void;
  /** Adds a condition of a facet to the search, or removes it. */
  readonly toggle: (facet: ProjectFacet, condition: string) => void;
  /** Adds a condition to the search and shows the files. */
  readonly showFiles: (condition: string) => void;
  /** Searches again after a failure. */
  readonly searchAgain: () => void;
  /** Reads the visible rows; `until` is exclusive. */
  readonly showRows: (from: number, until: number) => void;
  readonly select: (row: number, mode: SelectMode) => void;
  readonly selectAll: () => void;
  readonly selectNone: () => void;
  /** Opens a work item the way the host does for a click. */
  readonly openWorkItem: (workItemId: number) => void;
  /** Saves the search under a name, in place of one with the same name. */
  readonly saveSearch: (name: string) => void;
  readonly removeSearch: (search: SavedSearch) => void;
  readonly listExport: ListExport;
  /** For the duplicates in the report. */
  readonly duplicates: DuplicateIndex;
  /** For the unknown authors in the report. */
  readonly authors: Pick<ProjectIndex, 'readAuthorless' | 'addAuthors'>;
  /** Opens a dialog for the selected files; without a selection, an export is of the whole result. */
  readonly openAction: (kind: RowsAction['kind']) => void;
  /** Selects just these copies, in ascending order, and opens the dialog to remove them. */
  readonly removeCopies: (rows: readonly number[]) => void;
  /** Opens a dialog to remove files by rules, or for earlier removals. */
  readonly openCleanUp: (action: CleanUpAction) => void;
  readonly closeAction: () => void;
  /** For the dialogs. Missing if files can neither be exported nor changed. */
  readonly actions: HubDialogs | undefined;
  /** Missing if files cannot be read: there is no preview and no download then. */
  readonly files: HubFiles | undefined;
}

/** Part of the index for the duplicates in the report. */
export type DuplicateIndex = Pick<
  ProjectIndex,
  'readDuplicates' | 'readCopies' | 'readCandidates' | 'addContents'
>;

/** Services of the dialogs, and the index with the chosen files. */
export interface HubDialogs extends HubActionServices {
  readonly index: Pick<ProjectIndex, 'readRows' | 'readDuplicates' | 'onItemChanged' | 'aside'>;
  readonly maySave: () => boolean;
  readonly save: (bytes: Blob, name: string) => void;
  /** Clears the selection before a change of its files moves the rows. */
  readonly selectNone: () => void;
  /** Missing if files cannot be compared. */
  readonly comparison: FileCommands['comparison'];
}

/** Dependencies of `createHubSession`. */
export interface HubSessionOptions {
  readonly index: ProjectIndex;
  readonly host: Pick<Host, 'readSetting' | 'writeSetting' | 'openWorkItem'>;
  /** GUID or name of the project: saved searches belong to it. */
  readonly project: string;
  readonly runtime: Runtime;
  /** Access to the bytes of files. Default: none, so there is no preview and no download. */
  readonly files?: HubFiles;
  /** Default: none, so files can neither be exported nor changed. */
  readonly actions?: HubActionServices;
  /** Whether the frame can save files. Default: as the browser says. */
  readonly maySave?: () => boolean;
  /** Saves a file to the person's disk. Default: by the browser. */
  readonly save?: (bytes: Blob, name: string) => void;
}

/** Creates the session of the hub. */
export function createHubSession(options: HubSessionOptions): HubSession {
  const { index, host, project, runtime, files, actions } = options;
  const { maySave = mayDownload, save = saveFile } = options;
  const store = createStateStore(initialState(index.state.getSnapshot()), { notify: 'at-once' });
  const getState = store.getSnapshot;
  const change = (facts: Partial<HubState>): void => store.setState((state) => ({ ...state, ...facts }));
  const fail = (error: unknown): void => {
    if (!isCancelled(error)) change({ problem: toProblem(error) });
  };
  const { find, follow, search, showRows, loadRows, readReport } = createHubSearch({
    store,
    index,
    runtime,
    change,
    fail,
  });

  function changeSaved(saved: readonly SavedSearch[]): void {
    change({ saved });
    host.writeSetting(savedSearchesKey(project), JSON.stringify(saved));
  }

  const selectNone = (): void =>
    change({ selection: selectNoRows(getState().selection), hasLostSelection: false });
  const run = (task: Promise<void>): void => void task.catch(fail);
  const commands = createFileCommands({
    ...{ getState, change, index, files, loadRows },
    openBulkPanel: actions?.openBulkPanel,
    isHidden: actions?.isHidden ?? (() => false),
  });

  return {
    getSnapshot: getState,
    subscribe: store.subscribe,

    async start() {
      index.state.subscribe(follow, 'at-once');
      follow();
      const [saved] = await Promise.all([
        host.readSetting(savedSearchesKey(project)),
        index.open().catch(fail),
      ]);
      change({ saved: readSavedSearches(saved) });
    },

    build: () => run(index.build()),
    pause: index.pause,
    refresh: () => run(index.refresh()),
    removeIndex: () => run(index.remove()),

    show(part) {
      change({ part });
      void readReport();
    },

    find,

    sortBy(key) {
      const { sortBy, isDescending } = getState().search;
      // Large and new files come first.
      if (key === sortBy) find({ isDescending: !isDescending });
      else find({ sortBy: key, isDescending: key === 'size' || key === 'addedAt' });
    },

    toggle(facet, condition) {
      const state = getState();
      const { text } = state.search;
      if (!hasCondition(text, condition)) {
        const rest = withoutKeywordsOf(text, condition);
        const groups = groupsToChoose(state, facet);
        change({ offers: { ...state.offers, [facet]: { condition, rest, groups } } });
      }
      find({ text: toggleCondition(text, condition) });
    },

    showFiles(condition) {
      change({ part: 'files' });
      find({ text: withCondition(getState().search.text, condition) });
    },

    searchAgain() {
      change({ problem: undefined });
      void search();
    },

    showRows,

    select: (row, mode) =>
      change({ selection: selectRow(getState().selection, row, mode), hasLostSelection: false }),
    selectAll: () =>
      store.setState((state) => ({
        ...state,
        selection: selectAllRows(state.selection, state.result?.count ?? 0),
        hasLostSelection: false,
      })),
    selectNone,
    openWorkItem: host.openWorkItem,

    saveSearch: (name) => changeSaved(withSavedSearch(getState().saved, { name, ...getState().search })),
    removeSearch: (removed) => changeSaved(getState().saved.filter(({ name }) => name !== removed.name)),

    openAction(kind) {
      const { result, selection } = getState();
      change({ action: actionOf(kind, result, selection) });
    },
    removeCopies(rows) {
      change({ selection: selectTheseRows(getState().selection, rows), hasLostSelection: false });
      const { result, selection } = getState();
      const action = actionOf('remove', result, selection);
      change({ action: action && { ...action, keepsOldest: true } });
    },
    openCleanUp: (action) => change({ action }),
    closeAction: () => change({ action: undefined }),
    actions: actions && { ...actions, index, maySave, save, selectNone, comparison: commands.comparison },

    files,
    ...commands,
    listExport: createListExport({ index, maySave, save }),
    duplicates: index,
    authors: index,
  };
}
