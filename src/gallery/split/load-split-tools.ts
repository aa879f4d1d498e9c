import type { WorkItem } from '../../azure/work-item';
import { attachmentsOf } from '../../azure/work-item';
import { loadModule } from '../../base/load-module';
import type { GalleryStore } from '../gallery-state';

/** Loads the code for split files. @throws NetworkError, StaplerError */
export function loadSplitTools() {
  return loadModule(() => import(/* webpackChunkName: "split" */ './split-tools'));
}

/**
 * Loads the code for split files into the state before the first one is shown. Without the code, the list has their
 * parts.
 *
 * @returns `undefined` if nothing has to be loaded.
 */
export function loadForSplitFiles(
  store: GalleryStore,
  items: readonly WorkItem[],
): Promise<void> | undefined {
  // A mark has more; most comments have none.
  const hasMark = (item: WorkItem): boolean =>
    attachmentsOf(item).some(({ attributes }) => String(attributes['comment']).includes('[stapler '));
  if (store.getSnapshot().split || !items.some(hasMark)) return undefined;
  return loadSplitTools().then(
    (split) => store.change({ split }),
    () => undefined,
  );
}
