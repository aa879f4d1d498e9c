import type { ProjectFile, ProjectIndex } from '../../src/gallery/project/project-index';
import type { ContentStore } from '../../src/gallery/project/duplicates/content-store';
import { createMemoryContents } from '../../src/gallery/project/duplicates/content-store';
import { createLocalData } from '../../src/gallery/project/data/local-data';
import type { ProjectData } from '../../src/gallery/project/data/project-data';
import type { ProjectStore } from '../../src/gallery/project/store/project-store';
import { runAtOnce } from '../../src/base/steps';
import { createIsClosed } from '../../src/gallery/project/model/closed-states';
import type { ItemEntry } from '../../src/gallery/project/model/item-entry';
import { createItemTable } from '../../src/gallery/project/model/item-table';
import type { FoundRows, RowSearch } from '../../src/gallery/project/model/search-rows';
import { readRows, searchRows } from '../../src/gallery/project/model/search-rows';
import { createSnapshot } from '../../src/gallery/project/model/snapshot';
import { createSearches } from '../../src/gallery/project/reading/searches';

const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Data in this thread. */
export function createTestData(
  store?: ProjectStore,
  contents: Pick<ContentStore, 'readAll'> = createMemoryContents(),
): ProjectData {
  return createLocalData({ store, contents, compare, run: runAtOnce });
}

/** A worker that a page is barred from. */
export function barredWorker(): never {
  throw new Error('Barred.');
}

/** Returns the files that a search finds, in order. */
export async function findFiles(
  index: ProjectIndex,
  text = '',
  order: Partial<Parameters<ProjectIndex['search']>[0]> = {},
): Promise<readonly ProjectFile[]> {
  const { id, count } = await index.search({ text, sortBy: 'item', isDescending: false, ...order });
  return index.readRows(id, 0, count);
}

/** Searches of these files, as a dialog has them in an index. */
export function searchesOf(files: readonly ProjectFile[]): ProjectIndex['aside'] {
  const items = new Map<number, ItemEntry>();
  for (const { item, reference, name, size = NaN, ...file } of files) {
    const { id, url } = reference;
    const { comment, addedAt, addedBy, isInText } = file;
    const place = url.slice(0, url.toLowerCase().indexOf(id));
    const { title, type, state, area } = item;
    const before = items.get(item.id)?.files ?? [];
    const entry = { id, place, name, size, comment, addedAt, addedBy, isInText };
    items.set(item.id, { id: item.id, revision: 1, title, type, state, area, files: [...before, entry] });
  }
  const table = createItemTable();
  runAtOnce(table.change(items));
  const isClosed = createIsClosed([]);
  const snapshot = createSnapshot(table.segments(), { isClosed, digestsOf: () => undefined, compare });
  const results: FoundRows[] = [];
  const data = {
    search(search: RowSearch) {
      const found = runAtOnce(searchRows(snapshot, search));
      const { rows, bytes, facets } = found;
      const firstRows = readRows(found, 0, rows.length);
      return Promise.resolve({ id: results.push(found) - 1, count: rows.length, bytes, facets, firstRows });
    },
    readRows: (id: number, start: number, count: number) =>
      Promise.resolve(results[id] ? readRows(results[id], start, count) : []),
  };
  return createSearches(() => Promise.resolve(data as ProjectData), 'dialog');
}
