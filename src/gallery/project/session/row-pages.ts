import type { ProjectFile, ProjectIndex, ProjectResult } from '../project-index';
import { FIRST_ROWS } from '../project-index';

/** Rows per page. The first one comes with the result. */
export const PAGE_ROWS = FIRST_ROWS;

/** Pages kept in memory. The farthest from the shown rows are dropped first. */
const MAX_PAGES = 40;

/** Loaded pages of a result, by their number from 0. */
export type RowPages = ReadonlyMap<number, readonly ProjectFile[]>;

/** Returns a row; `undefined` while it is not loaded. */
export function rowOf(pages: RowPages, row: number): ProjectFile | undefined {
  return pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS];
}

/** Reads the pages of one result. */
export interface PageReader {
  readonly getPages: () => RowPages;
  /**
   * Reads the pages of these rows that are not loaded yet. `until` is exclusive. After a failure, the next call reads
   * the page again.
   *
   * @throws The reason why a page cannot be read.
   */
  readonly show: (from: number, until: number) => Promise<void>;
}

/** Creates a reader of pages. @param onPages Called after each loaded page. */
export function createPageReader(
  index: Pick<ProjectIndex, 'readRows'>,
  { id, firstRows = [] }: Pick<ProjectResult, 'id' | 'firstRows'>,
  onPages: (pages: RowPages) => void,
): PageReader {
  const reading = new Map<number, Promise<void>>();
  let pages: RowPages = new Map(firstRows.length > 0 ? [[0, firstRows]] : []);
  /** Page in the middle of the shown rows. */
  let middle = 0;

  async function read(page: number): Promise<void> {
    try {
      const rows = await index.readRows(id, page * PAGE_ROWS, PAGE_ROWS);
      // There are none if the result is no longer valid. The next search replaces it.
      if (rows.length === 0) return;
      pages = keepNear(new Map(pages).set(page, rows), middle);
      onPages(pages);
    } finally {
      reading.delete(page);
    }
  }

  return {
    getPages: () => pages,

    async show(from, until) {
      const first = Math.floor(from / PAGE_ROWS);
      const last = Math.floor(Math.max(from, until - 1) / PAGE_ROWS);
      middle = (first + last) >> 1;
      const wanted = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
      await Promise.all(
        wanted
          .filter((page) => !pages.has(page))
          .map((page) => {
            const task = reading.get(page) ?? read(page);
            reading.set(page, task);
            return task;
          }),
      );
    },
  };
}

function keepNear(pages: RowPages, middle: number): RowPages {
  if (pages.size <= MAX_PAGES) return pages;
  const nearest = [...pages].sort(([a], [b]) => Math.abs(a - middle) - Math.abs(b - middle));
  return new Map(nearest.slice(0, MAX_PAGES));
}
