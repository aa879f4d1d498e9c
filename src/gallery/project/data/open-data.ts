import { createKeptContents } from '../duplicates/kept-contents';
import { createIndexedDbStore } from '../store/indexed-db-store';
import { createLocalData } from './local-data';
import type { LocalDataOptions } from './local-data';
import type { DataPartition, ProjectData } from './project-data';

/**
 * Creates the data with the storage of the browser.
 *
 * @param partition Keys of the stored data; `undefined` to keep them in memory only.
 * @param culture The user's locale, for the order of names.
 * @param run Runs work in steps.
 */
export function createBrowserData(
  partition: DataPartition | undefined,
  culture: string,
  run: LocalDataOptions['run'],
): ProjectData {
  const { compare } = new Intl.Collator(culture, { numeric: true, sensitivity: 'base' });
  const writer = `${Date.now()} ${Math.random()}`;
  const store =
    partition && createIndexedDbStore({ partition: partition.index, writer, now: () => Date.now() });
  const contents = createKeptContents(() => Promise.resolve(partition?.contents));
  return createLocalData({ store, contents, compare, run });
}
