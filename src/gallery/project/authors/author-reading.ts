import type { Problem } from '../../../base/errors';
import { isCancelled, toProblem } from '../../../base/errors';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import { isAboutAll } from '../duplicates/is-about-all';
import type { ItemAuthors, ProjectIndex } from '../project-index';

/** State of reading the authors of files. */
export interface AuthorsState {
  readonly phase:
    | 'idle'
    | 'reading'
    | 'paused'
    | 'done'
    /** The list changed before its work items were known. */
    | 'outdated'
    /** `problem` tells why. `resume` continues. */
    | 'failed';
  /** Work items whose history was read, or cannot be read. */
  readonly done: number;
  readonly total: number;
  /** Files whose author was found. */
  readonly found: number;
  readonly problem: Problem | undefined;
}

/** Reads the authors of files from the histories of their work items, and tells the index. No method rejects. */
export interface AuthorReading extends ReadonlyStore<AuthorsState> {
  /** Reads the histories for a result, replacing an earlier reading. Resolves when it has ended or paused. */
  readonly start: (resultId: number) => Promise<void>;
  /** Ends the requests in progress. The index learns what is known so far. */
  readonly pause: () => void;
  /** Continues a paused or failed reading. */
  readonly resume: () => Promise<void>;
  /** Ends the reading. The index learns what is known so far. */
  readonly cancel: () => void;
}

/** Dependencies of `createAuthorReading`. */
export interface AuthorReadingOptions {
  readonly index: Pick<ProjectIndex, 'readAuthorless' | 'addAuthors'>;
  /** Reads the authors of the files of a work item, by attachment GUID, when the page has room for it. */
  readonly readAuthors: (workItemId: number, signal: AbortSignal) => Promise<ItemAuthors['authors']>;
}

/** Requests that wait for room at the same time: a refresh does not wait for more of them. */
const MAX_PARALLEL = 4;

/** Work items read before the index learns their authors: each time, the list is searched again. */
const ITEMS_PER_SAVE = 200;

const IDLE: AuthorsState = { phase: 'idle', done: 0, total: 0, found: 0, problem: undefined };

/** Work of one start. */
interface Job {
  readonly resultId: number;
  /** Work items to read; `undefined` before the index has told them. */
  rest: number[] | undefined;
  /** What the index does not know yet. */
  learned: ItemAuthors[];
}

/** Creates a reading. */
export function createAuthorReading({ index, readAuthors }: AuthorReadingOptions): AuthorReading {
  const store = createStateStore(IDLE);
  let current: Job | undefined;
  let controller = new AbortController();
  /** The runs, one after the other. */
  let working = Promise.resolve();

  /** Has no effect once another job has replaced this one. */
  function change(job: Job, facts: Partial<AuthorsState> | ((state: AuthorsState) => AuthorsState)): void {
    if (job !== current) return;
    store.setState(typeof facts === 'function' ? facts : (state) => ({ ...state, ...facts }));
  }

  /** @throws Error of the index; what was learned is kept then. */
  async function tellIndex(job: Job): Promise<void> {
    const told = job.learned;
    if (told.length === 0) return;
    job.learned = [];
    try {
      const added = await index.addAuthors(told);
      change(job, (state) => ({ ...state, found: state.found + added }));
    } catch (error) {
      job.learned = [...told, ...job.learned];
      throw error;
    }
  }

  /** @returns `undefined` if this history cannot be read. */
  async function readOne(workItemId: number, signal: AbortSignal): Promise<ItemAuthors | undefined> {
    try {
      return { workItemId, authors: await readAuthors(workItemId, signal) };
    } catch (error) {
      if (signal.aborted || isCancelled(error) || isAboutAll(toProblem(error))) throw error;
      return undefined;
    }
  }

  /** Reads one history after the other. The first failure ends the other readers as well. */
  async function readRest(job: Job, rest: number[], { signal, abort }: Ending): Promise<void> {
    for (let id = rest.shift(); id !== undefined; id = rest.shift()) {
      try {
        signal.throwIfAborted();
        const item = await readOne(id, signal);
        if (item) job.learned.push(item);
      } catch (error) {
        rest.unshift(id);
        abort();
        throw error;
      }
      change(job, (state) => ({ ...state, done: state.done + 1 }));
      if (job.learned.length >= ITEMS_PER_SAVE) await tellIndex(job);
    }
  }

  async function run(job: Job, rest: number[], ending: Ending): Promise<void> {
    const readers = Array.from({ length: MAX_PARALLEL }, () => readRest(job, rest, ending));
    const results = await Promise.allSettled(readers);
    const errors = results.flatMap((result): unknown[] =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    await tellIndex(job).catch((error: unknown) => void errors.push(error));
    const error = errors.find((each) => !isCancelled(each));
    if (error !== undefined) change(job, { phase: 'failed', problem: toProblem(error) });
    else if (errors.length === 0) change(job, { phase: 'done' });
  }

  /** Runs a job as soon as an earlier run has ended. */
  function begin(job: Job): Promise<void> {
    controller.abort();
    const own = new AbortController();
    controller = own;
    working = working.then(async () => {
      try {
        if (own.signal.aborted) return;
        if (!job.rest) {
          const ids = await index.readAuthorless(job.resultId);
          // The result is not there any more.
          if (ids.length === 0) change(job, { phase: 'outdated' });
          else change(job, { total: ids.length });
          job.rest = [...ids];
          if (ids.length === 0) return;
        }
        await run(job, job.rest, { signal: own.signal, abort: () => own.abort() });
      } catch (error) {
        change(job, { phase: 'failed', problem: toProblem(error) });
      }
    });
    return working;
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    start(resultId) {
      const job: Job = { resultId, rest: undefined, learned: [] };
      current = job;
      store.setState({ ...IDLE, phase: 'reading' });
      return begin(job);
    },

    pause() {
      if (!current || store.getSnapshot().phase !== 'reading') return;
      controller.abort();
      change(current, { phase: 'paused' });
    },

    async resume() {
      const { phase } = store.getSnapshot();
      if (!current || (phase !== 'paused' && phase !== 'failed')) return;
      change(current, { phase: 'reading', problem: undefined });
      await begin(current);
    },

    cancel() {
      controller.abort();
      current = undefined;
      store.setState(IDLE);
    },
  };
}

/** End of the readers of one run. */
interface Ending {
  readonly signal: AbortSignal;
  readonly abort: () => void;
}
