import type { GalleryState } from '../gallery-state';
import { arrange } from '../model/arrange';
import type { AttachedFile } from '../model/attached-file';
import { NO_FILTERS } from '../model/filters';

/** Returns the files of the work item in the form, the latest first, whatever the list shows. */
export function latestFiles({
  files = [],
  workItemId,
}: Pick<GalleryState, 'files' | 'workItemId'>): readonly AttachedFile[] {
  return arrange(
    files.filter((file) => file.workItemId === workItemId),
    { sortBy: 'addedAt', isDescending: true, ...NO_FILTERS },
  );
}

/** Widths for `columnsIn`, in CSS pixels. */
const MIN_TILE_PX = 68;
const GAP_PX = 8;

/** More pictures would cost more than they tell. */
const MAX_COLUMNS = 8;

/** Returns the number of tiles that fit in a strip. */
export function columnsIn(widthPx: number): number {
  return Math.min(MAX_COLUMNS, Math.max(2, Math.floor((widthPx + GAP_PX) / (MIN_TILE_PX + GAP_PX))));
}

/** Returns the number of files in a strip: with fewer columns than files, the last column leads to the others. */
export function filesThatFit(count: number, columns: number): number {
  return count <= columns ? count : columns - 1;
}
