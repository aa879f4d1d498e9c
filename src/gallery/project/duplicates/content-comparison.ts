import type { Problem } from '../../../base/errors';
import { isCancelled, toProblem } from '../../../base/errors';
import type { Runtime } from '../../../base/runtime';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { ProjectFile, ProjectIndex } from '../project-index';
import type { ContentReaderOptions } from './content-reader';
import { createContentReader } from './content-reader';
import type { ContentStore, KnownContent } from './content-store';
import type { UnreadableFile } from './duplicate-finder';
import { createDuplicateFinder } from './duplicate-finder';

/** State of a comparison. */
export interface ComparisonState {
  readonly phase:
    | 'idle'
    /** The files to compare are read from the index. */
    | 'reading'
    | 'comparing'
    | 'paused'
    | 'done'
    /** The list changed before its files were read. */
    | 'outdated'
    /** `problem` tells why. `resume` continues. */
    | 'failed';
  /** Files with a result. */
  readonly done: number;
  readonly total: number;
  /** Bytes received. */
  readonly bytesRead: number;
  /** Groups found so far. */
  readonly groups: number;
  readonly unreadable: readonly UnreadableFile[];
  readonly problem: Problem | undefined;
}

/** Compares the contents of found files, and tells the index. No method rejects. */
export interface ContentComparison extends ReadonlyStore<ComparisonState> {
  /** Compares files of a result, replacing an earlier comparison. */
  readonly start: (resultId: number) => Promise<void>;
  /** Ends the requests in progress. The index learns what is known so far. */
  readonly pause: () => void;
  /** Continues a paused or failed comparison. */
  readonly resume: () => Promise<void>;
  /** Ends the comparison. Known contents are kept. */
  readonly cancel: () => void;
}

/** Dependencies of `createContentComparison`. */
export interface ContentComparisonOptions extends ContentReaderOptions {
  readonly index: Pick<ProjectIndex, 'readCandidates' | 'addContents'>;
  readonly contents: ContentStore;
  readonly runtime: Runtime;
}

/** Files read from the index at a time: fewer than 50 ms of work. */
const CHUNK_FILES = 1_000;

const IDLE: ComparisonState = {
  ...{ phase: 'idle', done: 0, total: 0, bytesRead: 0, groups: 0, unreadable: [], problem: undefined },
};

/** Creates a comparison. */
export function createContentComparison(options: ContentComparisonOptions): ContentComparison {
  const { index, contents, runtime, open, limit } = options;
  const learned = new Map<string, KnownContent>();
  const store = createStateStore(IDLE);
  const finder = createDuplicateFinder({
    reader: createContentReader({ open, limit }),
    contents: withListener(contents, (id, content) => learned.set(id, content)),
    runtime,
  });
  let controller = new AbortController();

  finder.state.subscribe(() => {
    const { phase, candidates, checked, bytesRead, groups, unreadable, error } = finder.state.getSnapshot();
    if (phase === 'idle') return;
    store.setState({
      phase: phase === 'finding' ? 'comparing' : phase,
      ...{ done: checked, total: candidates, bytesRead, groups: groups.length, unreadable },
      problem: phase === 'failed' ? toProblem(error) : undefined,
    });
  });

  /** @returns `undefined` if the result is no longer valid. */
  async function readFiles(
    resultId: number,
    signal: AbortSignal,
  ): Promise<readonly ProjectFile[] | undefined> {
    const files: ProjectFile[] = [];
    for (let isEnd = false; !isEnd;) {
      const some = await index.readCandidates(resultId, files.length, CHUNK_FILES);
      signal.throwIfAborted();
      files.push(...some);
      isEnd = some.length < CHUNK_FILES;
    }
    return files.length > 0 ? files : undefined;
  }

  /** Tells the index once: each time, the list is searched again. */
  async function tellIndex(): Promise<void> {
    const added = [...learned];
    learned.clear();
    // They are kept: the index reads them at its next opening.
    if (added.length > 0) await index.addContents(added).catch(() => undefined);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start(resultId) {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      finder.cancel();
      store.setState({ ...IDLE, phase: 'reading' });
      try {
        const files = await readFiles(resultId, signal);
        if (!files) {
          store.setState({ ...IDLE, phase: 'outdated' });
          return;
        }
        await finder.find(files);
        await tellIndex();
      } catch (error) {
        if (!signal.aborted && !isCancelled(error))
          store.setState({ ...IDLE, phase: 'failed', problem: toProblem(error) });
      }
    },

    pause: finder.pause,

    async resume() {
      await finder.resume();
      await tellIndex();
    },

    cancel() {
      controller.abort();
      finder.cancel();
      store.setState(IDLE);
    },
  };
}

/** Calls back with each content that is found or added. */
function withListener(
  { find, readAll, add }: ContentStore,
  onContent: (id: string, content: KnownContent) => void,
): ContentStore {
  return {
    readAll,
    async find(ids) {
      const found = await find(ids);
      found.forEach((content, id) => onContent(id, content));
      return found;
    },
    async add(id, content) {
      onContent(id, content);
      await add(id, content);
    },
  };
}
