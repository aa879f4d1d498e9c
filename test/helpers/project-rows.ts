import type { ProjectFile, ProjectIndex } from '../../src/gallery/project/project-index';
import type { ContentStore } from '../../src/gallery/project/duplicates/content-store';
import { createMemoryContents } from '../../src/gallery/project/duplicates/content-store';
import { createLocalData } from '../../src/gallery/project/data/local-data';
import type { ProjectData } from '../../src/gallery/project/data/project-data';
import type { ProjectStore } from '../../src/gallery/project/store/project-store';
import { runAtOnce } from '../../src/base/steps';

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
