import type { Problem } from '../../../base/errors';
import { isCancelled, toProblem } from '../../../base/errors';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { ProjectIndex, ProjectResult } from '../project-index';
import { writeList } from './list-rows';

/** State of an export. */
export type ExportState =
  | { readonly status: 'idle' }
  | { readonly status: 'writing'; readonly done: number; readonly total: number }
  /** The frame cannot save files: the person copies the text. */
  | { readonly status: 'written'; readonly text: string }
  /** The index changed during the export. */
  | { readonly status: 'outdated' }
  | { readonly status: 'failed'; readonly problem: Problem };

/** Exports a result as CSV, one at a time. */
export interface ListExport extends ReadonlyStore<ExportState> {
  readonly start: (result: ProjectResult) => Promise<void>;
  /** Cancels the export, or ends its message. */
  readonly cancel: () => void;
}

/** Dependencies of `createListExport`. */
export interface ListExportOptions {
  readonly index: Pick<ProjectIndex, 'readRows'>;
  /** Whether the frame can save files. */
  readonly maySave: () => boolean;
  readonly save: (bytes: Blob, name: string) => void;
}

/** Name of the exported file. */
const FILE_NAME = 'attachments.csv';

const IDLE: ExportState = { status: 'idle' };

/** Creates the export. */
export function createListExport({ index, maySave, save }: ListExportOptions): ListExport {
  const store = createStateStore<ExportState>(IDLE);
  let controller = new AbortController();

  async function write(result: ProjectResult, signal: AbortSignal): Promise<ExportState> {
    const total = result.count;
    const tell = (done: number): void => store.setState({ status: 'writing', done, total });
    tell(0);
    const parts = await writeList(index, result, signal, tell);
    if (!parts) return { status: 'outdated' };
    if (!maySave()) return { status: 'written', text: parts.join('') };
    save(new Blob([...parts], { type: 'text/csv' }), FILE_NAME);
    return IDLE;
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start(result) {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      try {
        const end = await write(result, signal);
        store.setState(end);
      } catch (error) {
        if (!signal.aborted && !isCancelled(error))
          store.setState({ status: 'failed', problem: toProblem(error) });
      }
    },

    cancel() {
      controller.abort();
      store.setState(IDLE);
    },
  };
}
