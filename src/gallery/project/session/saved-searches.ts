import { PROJECT_SORT_KEYS } from '../project-index';
import type { ProjectSearch } from '../project-index';

/** A search with a name. */
export interface SavedSearch extends ProjectSearch {
  readonly name: string;
}

/** Saved searches of one person and project. The setting has a limited length. */
export const MAX_SAVED_SEARCHES = 50;

/** Name of the setting with the saved searches of a project. @param project Its GUID or name. */
export function savedSearchesKey(project: string): string {
  return `hub-searches-${project}`;
}

/** Reads the setting. Leaves out entries that cannot be understood. */
export function readSavedSearches(setting: string | undefined): readonly SavedSearch[] {
  try {
    const entries: unknown = JSON.parse(setting ?? '[]');
    return Array.isArray(entries) ? entries.filter(isSavedSearch).slice(0, MAX_SAVED_SEARCHES) : [];
  } catch {
    return [];
  }
}

/** Returns the list with a search in front; one with the same name is replaced. */
export function withSavedSearch(
  searches: readonly SavedSearch[],
  search: SavedSearch,
): readonly SavedSearch[] {
  return [search, ...searches.filter(({ name }) => name !== search.name)].slice(0, MAX_SAVED_SEARCHES);
}

function isSavedSearch(entry: unknown): entry is SavedSearch {
  if (typeof entry !== 'object' || entry === null) return false;
  const { name, text, sortBy, isDescending } = entry as Partial<Record<keyof SavedSearch, unknown>>;
  return (
    typeof name === 'string' &&
    name !== '' &&
    typeof text === 'string' &&
    PROJECT_SORT_KEYS.some((key) => key === sortBy) &&
    typeof isDescending === 'boolean'
  );
}
