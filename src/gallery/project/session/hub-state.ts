import type { Problem } from '../../../base/errors';
import type {
  FacetGroup,
  IndexState,
  ProjectFacet,
  ProjectReport,
  ProjectResult,
  ProjectSearch,
} from '../project-index';
import type { AttachedFile } from '../../model/attached-file';
import type { HubAction } from './hub-action';
import type { RowPages } from './row-pages';
import type { RowSelection } from './row-selection';
import { NO_ROWS } from './row-selection';
import type { SavedSearch } from './saved-searches';
import { hasCondition, withoutKeywordsOf } from './search-text';

/** Part of the hub. */
export type HubPart = 'files' | 'report';

/** A result with the rows read of it. */
export interface ShownResult extends ProjectResult {
  readonly search: ProjectSearch;
  readonly pages: RowPages;
  /** `undefined` while it is not read. */
  readonly report: ProjectReport | undefined;
}

/** Groups of a facet before one of them was chosen: the result has only the chosen one. */
export interface FacetOffer {
  readonly condition: string;
  /** Rest of the search. The groups are right as long as it stays. */
  readonly rest: string;
  readonly groups: readonly FacetGroup[];
}

/** State of the hub. */
export interface HubState {
  readonly index: IndexState;
  readonly part: HubPart;
  /** As typed. */
  readonly search: ProjectSearch;
  /** The last result; `undefined` before the first search. It stays during the next search. */
  readonly result: ShownResult | undefined;
  readonly isSearching: boolean;
  readonly selection: RowSelection;
  /** Whether a change of the index has cleared the selection. */
  readonly hasLostSelection: boolean;
  readonly offers: Readonly<Partial<Record<ProjectFacet, FacetOffer>>>;
  readonly saved: readonly SavedSearch[];
  /** Reason why the last search, its rows or its report cannot be shown. */
  readonly problem: Problem | undefined;
  /** Row in the preview. */
  readonly previewed: number | undefined;
  /** Open dialog for chosen files. */
  readonly action: HubAction | undefined;
  readonly fileError: FileError | undefined;
}

/** Failed download. */
export interface FileError {
  /** `undefined` for several files. */
  readonly name: string | undefined;
  readonly problem: Problem;
  /** Attachments to save one by one instead, for a split file that cannot be joined. */
  readonly parts?: readonly AttachedFile[];
}

/** All files, the largest first: most visits are about space. */
const ALL_FILES: ProjectSearch = { text: '', sortBy: 'size', isDescending: true };

/** State before the index is open. */
export function initialState(index: IndexState): HubState {
  return {
    index,
    part: 'files',
    search: ALL_FILES,
    result: undefined,
    isSearching: false,
    selection: NO_ROWS,
    hasLostSelection: false,
    offers: {},
    saved: [],
    problem: undefined,
    previewed: undefined,
    action: undefined,
    fileError: undefined,
  };
}

/** Whether both find the same rows in the same order. */
export function isSameSearch(a: ProjectSearch, b: ProjectSearch): boolean {
  return a.text === b.text && a.sortBy === b.sortBy && a.isDescending === b.isDescending;
}

/** Groups to choose from. */
export function groupsToChoose(state: HubState, facet: ProjectFacet): readonly FacetGroup[] {
  const { result, offers, search } = state;
  const offer = offers[facet];
  const isValid =
    offer !== undefined &&
    hasCondition(search.text, offer.condition) &&
    withoutKeywordsOf(search.text, offer.condition) === offer.rest;
  return isValid ? offer.groups : (result?.facets[facet] ?? []);
}

/** Whether there is something to list: an index, or the read part of one. */
export function hasIndex({ index }: HubState): boolean {
  return index.files > 0 || index.asOf !== undefined;
}
