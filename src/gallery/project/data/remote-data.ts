import { StaplerError } from '../../../base/errors';
import { withTimeout } from '../../../base/async';
import type { Runtime } from '../../../base/runtime';
import type { DataAnswer, DataOrder } from './data-messages';
import { fromSentError } from './data-messages';
import type { DataPartition, ProjectData } from './project-data';

/** Part of a `Worker` in use here. */
export type DataWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/** Time for the code of the worker to load, in milliseconds. */
const LOAD_MS = 20_000;

/** Dependencies of `startRemoteData`. */
export interface RemoteDataOptions {
  /** May throw: a page can be barred from workers. */
  readonly startWorker: () => DataWorker;
  /** Keys of the stored data; `undefined` to keep them in memory only. */
  readonly partition: DataPartition | undefined;
  /** The user's locale, for the order of names. */
  readonly culture: string;
  readonly runtime: Runtime;
}

/** Starts a worker with the data. Resolves with `undefined` if none can be started. */
export async function startRemoteData({
  startWorker,
  partition,
  culture,
  runtime,
}: RemoteDataOptions): Promise<ProjectData | undefined> {
  let worker: DataWorker | undefined;
  try {
    worker = startWorker();
    const calls = connect(worker);
    worker.postMessage({ stapler: 'start', partition, culture } satisfies DataOrder);
    await withTimeout(calls.ready, LOAD_MS, runtime, () => new StaplerError('internal', 'No worker.'));
    return calls.data;
  } catch {
    worker?.terminate();
    return undefined;
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

function connect(worker: DataWorker): { readonly ready: Promise<void>; readonly data: ProjectData } {
  const pending = new Map<number, Pending>();
  let lastCall = 0;
  let setReady: (() => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    setReady = resolve;
    fail = reject;
  });

  worker.addEventListener('message', (event) => {
    const answer = (event as MessageEvent<DataAnswer>).data;
    if (answer.stapler === 'ready') {
      setReady?.();
      return;
    }
    const call = pending.get(answer.call);
    pending.delete(answer.call);
    if (answer.stapler === 'done') call?.resolve(answer.result);
    else call?.reject(fromSentError(answer.error));
  });
  worker.addEventListener('error', (event) => {
    // Browsers also report it as an error of the page.
    event.preventDefault();
    const error = new StaplerError('internal', 'The worker of the index ended.');
    fail?.(error);
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  });

  function call<N extends keyof ProjectData>(method: N): ProjectData[N] {
    const send = (...args: readonly unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const number = ++lastCall;
        pending.set(number, { resolve, reject });
        worker.postMessage({ stapler: 'call', call: number, method, args } satisfies DataOrder);
      });
    // The worker calls the same method with the same arguments.
    return send as unknown as ProjectData[N];
  }

  const data: ProjectData = {
    open: call('open'),
    apply: call('apply'),
    removeItems: call('removeItems'),
    retain: call('retain'),
    save: call('save'),
    clear: call('clear'),
    search: call('search'),
    readRows: call('readRows'),
    readReport: call('readReport'),
    readDuplicates: call('readDuplicates'),
    readCopies: call('readCopies'),
    readCandidates: call('readCandidates'),
    readAuthorless: call('readAuthorless'),
    addAuthors: call('addAuthors'),
    readContents: call('readContents'),
    addContents: call('addContents'),
  };
  return { ready, data };
}
