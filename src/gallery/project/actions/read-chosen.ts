import type { Problem } from '../../../base/errors';
import { isCancelled, toProblem } from '../../../base/errors';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { ProjectFile, ProjectIndex } from '../project-index';
import type { ChosenRows } from '../session/hub-action';

/** State of reading chosen files. */
export type ChosenState<Chosen> =
  | { readonly status: 'reading'; readonly done: number; readonly total: number }
  /** The list changed before all rows were read. */
  | { readonly status: 'outdated' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'read'; readonly chosen: Chosen };

/** Reads chosen files, once. */
export interface ChosenReader<Chosen> extends ReadonlyStore<ChosenState<Chosen>> {
  /** Reads all files, also after a failure. Never rejects. */
  readonly read: () => Promise<void>;
  readonly stop: () => void;
}

/** Collects files. */
export interface Collector<Chosen> {
  readonly add: (file: ProjectFile) => void;
  /** @returns `undefined` if the list has changed. */
  readonly finish: () => Chosen | undefined | Promise<Chosen | undefined>;
}

/** Rows read at a time: fewer than 50 ms of work. */
const CHUNK_ROWS = 1_000;

/**
 * Reads chosen rows in chunks.
 *
 * @param onFile Called with each file.
 * @param onProgress Called with the number of files read.
 * @returns Whether all were read: `false` if the list changed before.
 * @throws StaplerError if they cannot be read, CancelledError after an abort.
 */
export async function readChosen(
  index: Pick<ProjectIndex, 'readRows'>,
  { result, ranges }: ChosenRows,
  onFile: (file: ProjectFile) => void,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  let done = 0;
  for (const { from, until } of ranges)
    for (let row = from; row < until;) {
      const files = await index.readRows(result.id, row, Math.min(CHUNK_ROWS, until - row));
      signal.throwIfAborted();
      if (files.length === 0) return false;
      files.forEach(onFile);
      row += files.length;
      done += files.length;
      onProgress(done);
    }
  return true;
}

/** Creates a reader of the chosen rows. It keeps only as much of each file as the collector does. */
export function createChosenReader<Chosen>(
  index: Pick<ProjectIndex, 'readRows'>,
  rows: ChosenRows,
  createCollector: () => Collector<Chosen>,
): ChosenReader<Chosen> {
  const total = rows.ranges.reduce((sum, { from, until }) => sum + until - from, 0);
  const store = createStateStore<ChosenState<Chosen>>({ status: 'reading', done: 0, total });
  let controller = new AbortController();

  async function readAll(signal: AbortSignal): Promise<ChosenState<Chosen>> {
    const collector = createCollector();
    const tell = (done: number): void => store.setState({ status: 'reading', done, total });
    const isComplete = await readChosen(index, rows, collector.add, tell, signal);
    const chosen = isComplete ? await collector.finish() : undefined;
    signal.throwIfAborted();
    return chosen === undefined ? { status: 'outdated' } : { status: 'read', chosen };
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async read() {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      store.setState({ status: 'reading', done: 0, total });
      try {
        store.setState(await readAll(signal));
      } catch (error) {
        if (!signal.aborted && !isCancelled(error))
          store.setState({ status: 'failed', problem: toProblem(error) });
      }
    },

    stop: () => controller.abort(),
  };
}
