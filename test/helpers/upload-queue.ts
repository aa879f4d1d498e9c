import type { LinkableAttachment, LinkTarget } from '../../src/azure/work-item';
import type { PickedFile, Upload } from '../../src/upload/upload';
import type { LinkResult, LinkScheduler, LinkSchedulerOptions } from '../../src/upload/link-scheduler';
import { createLinkScheduler } from '../../src/upload/link-scheduler';
import { NO_JOURNAL } from '../../src/upload/upload-journal';
import type { UploadQueue, UploadQueueOptions } from '../../src/upload/queue/upload-queue';
import { createUploadQueue } from '../../src/upload/queue/upload-queue';
import type { Deferred } from './deferred';
import { createDeferred, flush } from './deferred';
import type { FakeRuntime } from './fake-runtime';
import { createFakeRuntime } from './fake-runtime';
import type { ManualTransport } from './manual-transport';
import { createManualTransport } from './manual-transport';
import { ITEM_7, pickedFile } from './uploads';

/** Patch to be answered by the test. */
export interface PendingLink extends Pick<Deferred<LinkResult>, 'reject'> {
  readonly workItemId: number;
  readonly attachments: readonly LinkableAttachment[];
  /** Names of the files, in order. */
  readonly names: readonly string[];
  /** Links all files in this revision, except the ones with an error in `failures`, by name. */
  answer(revision: number, failures?: Readonly<Record<string, unknown>>): void;
}

/** Queue with dependencies controlled by the test. */
export interface TestQueue {
  readonly queue: UploadQueue;
  readonly release: LinkScheduler['release'];
  readonly transport: ManualTransport;
  readonly runtime: FakeRuntime;
  /** All patches so far. */
  readonly links: readonly PendingLink[];
  /** Adds files of 100 bytes and settles promises. */
  readonly add: (names: string, target?: LinkTarget) => Promise<void>;
  /** Upload of the file with this name. */
  readonly upload: (name: string) => Upload;
  /** All uploads in order: `a queued, b uploading`. */
  readonly statuses: () => string;
  /** All published statuses of the upload, without repetitions. */
  readonly history: (name: string) => readonly string[];
  /** Completes the transfer of these files. */
  readonly finish: (names: string) => Promise<void>;
  /** Fails the latest attempt to send these files. */
  readonly fail: (names: string, error: Error) => Promise<void>;
}

/** Value of `limits` for a fixed number of parallel files. */
export function exactly(requests: number): { initialRequests: number; maxRequests: number } {
  return { initialRequests: requests, maxRequests: requests };
}

/** Options of `createTestQueue`. */
export type TestQueueOptions = Partial<
  Omit<UploadQueueOptions, 'guard'> &
    Pick<UploadQueueOptions['guard'], 'prepare' | 'verify'> &
    Pick<LinkSchedulerOptions, 'canLink'>
>;

/** Creates a queue and its link scheduler. Listeners are called at once, so the test sees every state. */
export function createTestQueue(options: TestQueueOptions = {}): TestQueue {
  const transport = createManualTransport();
  const runtime = createFakeRuntime();
  const links: PendingLink[] = [];
  const seen = new Map<string, string[]>();
  const {
    canLink = () => Promise.resolve(true),
    prepare = () => Promise.resolve(),
    verify = () => Promise.resolve(),
    ...queueOptions
  } = options;

  function link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<LinkResult> {
    const { promise, resolve, reject } = createDeferred<LinkResult>();
    links.push({
      workItemId,
      attachments,
      names: attachments.map(({ name }) => name),
      reject,
      answer(revision, failures = {}) {
        const failed = attachments.filter(({ name }) => name in failures);
        const reasons = failed.map(({ reference, name }) => [reference.id, failures[name]] as const);
        resolve({ revision, failures: new Map(reasons) });
      },
    });
    return promise;
  }

  const queue = createUploadQueue({
    transport,
    guard: { track: () => undefined, prepare, verify },
    runtime,
    ...queueOptions,
  });
  const { release } = createLinkScheduler({
    queue,
    link,
    canLink,
    commentOf: ({ folder }) => folder,
    journal: options.journal ?? NO_JOURNAL,
    runtime: options.runtime ?? runtime,
  });

  queue.subscribe(() => {
    for (const { file, state } of queue.getSnapshot()) {
      const statuses = seen.get(file.name) ?? [];
      if (statuses.at(-1) !== state.status) seen.set(file.name, [...statuses, state.status]);
    }
  });

  return {
    queue,
    release,
    transport,
    runtime,
    links,
    async add(names, target = ITEM_7) {
      queue.add(picked(names), target);
      await flush();
    },
    upload(name) {
      const found = queue.getSnapshot().find(({ file }) => file.name === name);
      if (!found) throw new Error(`There is no upload of ${name}.`);
      return found;
    },
    statuses: () =>
      queue
        .getSnapshot()
        .map(({ file, state }) => `${file.name} ${state.status}`)
        .join(', '),
    history: (name) => seen.get(name) ?? [],
    async finish(names) {
      for (const name of names.split(' ')) transport.sending(name).finish();
      await flush();
    },
    async fail(names, error) {
      for (const name of names.split(' ')) transport.sending(name).fail(error);
      await flush();
    },
  };
}

function picked(names: string): PickedFile[] {
  return names.split(' ').map((name) => pickedFile(name));
}
