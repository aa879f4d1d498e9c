import type { FormEvent, RefreshOutcome } from '../../../../src/azure/host/host';
import type { FormSession, FormSessionOptions } from '../../../../src/upload/form/form-session';
import { createFormSession } from '../../../../src/upload/form/form-session';
import { createSaveGate } from '../../../../src/upload/form/save-gate';
import type { FormState, OpenForm } from '../../../../src/upload/form/form-state';
import type { PastedInserter } from '../../../../src/upload/form/pasted-images';
import { NetworkError } from '../../../../src/base/errors';
import { createStateStore } from '../../../../src/base/store';
import { createSameFileQuestions } from '../../../../src/upload/same-file-questions';
import { createDuplicateQuestions } from '../../../../src/upload/duplicate-questions';
import type { Picked } from '../../../../src/upload/intake/intake';
import type { LinkTarget, WorkItem } from '../../../../src/azure/work-item';
import type { UploadService, UploadServiceOptions } from '../../../../src/upload/upload-service';
import type { Deferred } from '../../../helpers/deferred';
import { createDeferred, flush } from '../../../helpers/deferred';
import type { TestHost } from '../../../helpers/host';
import { createTestHost } from '../../../helpers/host';
import { createTestJournal } from '../../../helpers/journal';
import type { TestQueue } from '../../../helpers/upload-queue';
import { createTestQueue } from '../../../helpers/upload-queue';
import { pickedFile, workItemWith } from '../../../helpers/uploads';

export const NOW = new Date(2026, 1, 3, 14, 5, 12);
export const PICKED: Picked = { accepted: [pickedFile('a')], rejected: [] };

/** A session with a fake host, reads and uploads. */
export type Stage = ReturnType<typeof stage>;

/** Starts a session; the host has not answered yet. */
export function stage(options: Pick<FormSessionOptions, 'isResuming'> = {}) {
  const test: TestQueue = createTestQueue({ canLink: (workItemId) => reports.canLink(workItemId) });
  const reads: (Deferred<WorkItem> & { id: number })[] = [];
  const readServerTime = jest.fn<Promise<number>, []>(() => Promise.resolve(NOW.getTime()));
  const attached: [Picked, LinkTarget, number][] = [];
  const journal = createTestJournal({ runtime: test.runtime });
  const connected = createDeferred<undefined>();
  let onFormEvent!: (event: FormEvent) => void;
  let reports!: Pick<UploadServiceOptions, 'canLink' | 'onLinked' | 'onRefreshed'>;
  let timeOutHost!: () => void;
  let isVisible = true;
  let onVisibilityChange!: () => void;

  const host: TestHost = createTestHost();
  host.connect.mockImplementation((listener) => {
    onFormEvent = listener;
    return connected.promise;
  });
  const intake = {
    fromInput: jest.fn<Promise<Picked>, [Iterable<File>]>(() => Promise.resolve(PICKED)),
    fromPaste: jest.fn<Picked, [Iterable<File>, string, Date]>(() => PICKED),
    fromDrop: jest.fn<Promise<Picked>, [DataTransfer]>(() => Promise.resolve(PICKED)),
  } satisfies UploadService['intake'];

  const gate = createSaveGate({ host, runtime: test.runtime });
  const inserter = {
    add: jest.fn<undefined, [readonly string[]]>(),
    whenIdle: jest.fn(() => Promise.resolve()),
  };
  const loadInserter = jest.fn<Promise<PastedInserter>, []>(() => Promise.resolve(inserter));
  const session: FormSession = createFormSession({
    host,
    gate,
    loadInserter,
    connect(listener) {
      reports = listener;
      return {
        intake,
        attach(picked, target, attachmentCount) {
          attached.push([picked, target, attachmentCount]);
          const ids = test.queue.add(picked.accepted, target);
          const added = new Map(picked.accepted.map((file, index) => [ids[index]!, file]));
          return { added, refused: new Map() };
        },
        fileLimit: { bytes: () => Infinity, learn: () => undefined },
        retry: (ids) => test.queue.retry(ids),
        queue: test.queue,
        sameFiles: createSameFileQuestions({
          queue: test.queue,
          open: () => Promise.resolve(undefined),
          onReuse: () => undefined,
          runtime: test.runtime,
        }),
        duplicates: createDuplicateQuestions({
          queue: test.queue,
          readBytes: () => Promise.reject(new NetworkError('No answer.')),
          replaceRefused: () => undefined,
        }),
        replaced: {
          ...createStateStore({ files: [], isUndoing: false }),
          undo: () => Promise.resolve(),
          dismiss: () => undefined,
        },
        release: test.release,
        restore: test.queue.restore,
        readServerTime,
        readWorkItem(id) {
          const read = createDeferred<WorkItem>();
          reads.push({ ...read, id });
          return read.promise;
        },
      };
    },
    ...options,
    journal,
    idPrefix: '',
    visibility: { isVisible: () => isVisible, onChange: (listener) => (onVisibilityChange = listener) },
    onHostTimeout: (callback) => (timeOutHost = callback),
    runtime: { ...test.runtime, now: () => NOW.getTime() },
  });
  void session.start();

  return {
    session,
    gate,
    /** Inserter of pasted images, and the function that loads it. */
    inserter,
    loadInserter,
    /** Sends a form event and lets the session react. */
    tell: async (event: FormEvent): Promise<void> => {
      gate.onFormEvent(event);
      onFormEvent(event);
      await flush();
    },
    /** Lets the host answer. */
    connectHost: async (): Promise<void> => {
      connected.resolve(undefined);
      await flush();
    },
    host,
    journal,
    /** Reads of work items, oldest first. */
    reads,
    readServerTime,
    /** Reports linked files and the outcome of the refresh. */
    linked: (workItem: WorkItem, outcome: RefreshOutcome, names: readonly string[] = ['a']): void => {
      reports.onLinked(workItem, names);
      reports.onRefreshed(workItem.id, outcome);
    },
    /** The person shows the page, or leaves it. */
    setVisible: (visible: boolean): void => {
      isVisible = visible;
      onVisibilityChange();
    },
    hostTimesOut: (): void => timeOutHost(),
    attached,
    intake,
    test,
  };
}

/** Event of an item in the form; without a positive number, it is new. */
export function loaded(workItemId: number, facts: Partial<FormEvent & { type: 'loaded' }> = {}): FormEvent {
  return { type: 'loaded', workItemId, isNew: workItemId <= 0, isReadOnly: false, ...facts };
}

/** State of a form with this item before its first read. */
export function openOn(id: number, facts: Partial<OpenForm> = {}): FormState & OpenForm {
  return {
    status: 'open',
    target: { kind: 'work-item', id },
    hostId: id,
    label: `Work item ${id}`,
    isReadOnly: false,
    attachmentCount: undefined,
    problem: undefined,
    notShown: undefined,
    former: undefined,
    ...facts,
  };
}

/** State of a form with the nth new item of its frame. */
export function openOnDraft(number: number, facts: Partial<OpenForm> = {}): FormState {
  return openOn(0, {
    target: { kind: 'draft', draftId: `draft ${number}` },
    label: 'New Bug',
    attachmentCount: 0,
    ...facts,
  });
}

/** Starts a connected session with work item 7 in its form, read and with two attachments. */
export async function stageWithItem7(): Promise<Stage> {
  const staged = stage();
  await staged.connectHost();
  await staged.tell(loaded(7));
  staged.reads[0]!.resolve(workItemWith([1, 2]));
  await flush();
  return staged;
}

/** State of the form after `stageWithItem7`. */
export const READ_7 = openOn(7, { label: 'Bug 7', attachmentCount: 2 });
