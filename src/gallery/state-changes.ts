import type { SortKey } from './model/arrange';
import type { AttachedFile } from './model/attached-file';
import { attachedFilesOf, keyOfFile } from './model/attached-file';
import type { Filters } from './model/filters';
import type { SelectMode } from './model/selection';
import { NOTHING_SELECTED, select, selectAll } from './model/selection';
import type { Addition } from '../azure/rest/additions';
import type { WorkItem } from '../azure/work-item';
import type { GalleryState } from './gallery-state';
import { neighborOf } from './gallery-state';
import type { TextFiles } from './texts/texts-state';

/** Change of the state, for `GalleryStore.dispatch`. */
type StateChange = (state: GalleryState) => Partial<GalleryState>;

/** Sorts by `key`; reverses the order if already sorted by it. */
export const sortedBy =
  (key: SortKey): StateChange =>
  ({ arrangement }) => ({
    arrangement: {
      ...arrangement,
      sortBy: key,
      // People look for new or large files more often than for old or small ones.
      isDescending:
        arrangement.sortBy === key ? !arrangement.isDescending : key === 'addedAt' || key === 'size',
    },
  });

/** Keeps the files of each folder together, or not. */
export const groupedByFolder =
  (byFolder: boolean): StateChange =>
  ({ arrangement }) => ({ arrangement: { ...arrangement, byFolder } });

/** Changes some of the filters. */
export const withFilters =
  (filters: Partial<Filters>): StateChange =>
  ({ arrangement }) => ({ arrangement: { ...arrangement, ...filters } });

/** Replaces the files of the work item in the form by those that another component has read; keeps its relatives. */
export const withItemRead =
  (workItem: WorkItem, additions?: ReadonlyMap<string, Addition>): StateChange =>
  ({ files = [], members }) => {
    const { id, type, title } = workItem;
    return {
      files: [
        ...attachedFilesOf(workItem, additions),
        ...files.filter(({ workItemId }) => workItemId !== id),
      ],
      members: [
        { workItemId: id, type, title, kinship: 'own' },
        ...members.filter(({ workItemId }) => workItemId !== id),
      ],
      problem: undefined,
    };
  };

/** Replaces the files in texts. Keeps the sizes of those that were read. */
export const withTextsRead =
  (read: TextFiles): StateChange =>
  ({ texts }) => {
    const sizes = new Map(texts?.files.map((file) => [keyOfFile(file), file.size]));
    const files = read.files.map((file) => ({ ...file, size: file.size ?? sizes.get(keyOfFile(file)) }));
    return { texts: { ...read, files }, textsProblem: undefined };
  };

/** Adds the size of a file in texts, known after it was read. */
export const withSizeInTexts =
  (file: AttachedFile, size: number): StateChange =>
  ({ texts }) => {
    if (!texts) return {};
    const files = texts.files.map((each) => (keyOfFile(each) === keyOfFile(file) ? { ...each, size } : each));
    return { texts: { ...texts, files } };
  };

/** Selects a file. */
export const withSelected =
  (file: AttachedFile, mode: SelectMode): StateChange =>
  ({ selection, shown }) => ({
    selection: select(selection, shown.map(keyOfFile), keyOfFile(file), mode),
  });

/** Selects all shown files. */
export const withAllSelected: StateChange = ({ selection, shown }) => ({
  selection: selectAll(selection, shown.map(keyOfFile)),
});

/** Clears the selection and keeps the current file. */
export const withNoneSelected: StateChange = ({ selection: { current } }) => ({
  selection: { ...NOTHING_SELECTED, current },
});

/** Previews the next or previous file if there is one, and selects it or moves to it. */
export const withNextPreviewed =
  (step: 1 | -1, mode: SelectMode): StateChange =>
  (state) => {
    const { shown, selection } = state;
    const next = neighborOf(state, step);
    if (!next) return {};
    const key = keyOfFile(next);
    // After closing the preview, the keyboard continues from this file.
    return { previewed: key, selection: select(selection, shown.map(keyOfFile), key, mode) };
  };
