import { createIndexedDbStore } from '../store/indexed-db-store';
import { createLocalData } from './local-data';
import type { LocalDataOptions } from './local-data';
import type { ProjectData } from './project-data';

/**
 * Creates the data with the storage of the browser.
 *
 * @param partition Key of the stored index; `undefined` to keep it in memory only.
 * @param culture The user's locale, for the order of names.
 * @param run Runs work in steps.
 */
export function createBrowserData(
  partition: string | undefined,
  culture: string,
  run: LocalDataOptions['run'],
): ProjectData {
  const { compare } = new Intl.Collator(culture, { numeric: true, sensitivity: 'base' });
  const writer = `${Date.now()} ${Math.random()}`;
  const store =
    partition === undefined ? undefined : createIndexedDbStore({ partition, writer, now: () => Date.now() });
  return createLocalData({ store, compare, run });
}
